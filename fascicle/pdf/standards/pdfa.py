"""PDF/A-2 (ISO 19005-2), the archive standard, as data; `pdfa_steps` does what it demands."""

from __future__ import annotations

from fascicle.pdf.standards.standard import Standard, Step


def _steps() -> tuple[Step, ...]:
    from fascicle.pdf.standards.pdfa_steps import STEPS

    return STEPS


def _level(conformance: str) -> Standard:
    return Standard(
        name=f"a-2{conformance.lower()}",
        title=f"PDF/A-2{conformance.lower()}",
        claims={"pdfaid:part": "2", "pdfaid:conformance": conformance},
        intent="/GTS_PDFA1",
        tagged="a-4f",
        describe_prism=True,
        steps=_steps,
    )


STANDARDS = {standard.name: standard for standard in (_level("B"), _level("U"))}
"""Levels B (the look is kept) and U (every character has its Unicode too)."""
