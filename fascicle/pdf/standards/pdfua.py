"""PDF/UA-2 (ISO 14289-2), alone and with the archive standard PDF/A-4f (ISO 19005-4), as data: both are of PDF 2.0."""

from __future__ import annotations

from fascicle.pdf.standards.standard import Standard, Step

_UA = {"pdfuaid:part": "2", "pdfuaid:rev": "2024"}
_A = {"pdfaid:part": "4", "pdfaid:rev": "2020", "pdfaid:conformance": "F"}


def _steps() -> tuple[Step, ...]:
    from fascicle.pdf.standards.pdfa_steps import STEPS

    return STEPS


STANDARDS = {
    standard.name: standard
    for standard in (
        Standard("ua-2", "PDF/UA-2", "2.0", claims=_UA, needs_tags=True, steps=_steps),
        Standard(
            "a-4f",
            "PDF/UA-2 and PDF/A-4f",
            "2.0",
            claims={**_UA, **_A},
            intent="/GTS_PDFA1",
            needs_tags=True,
            informs=False,
            steps=_steps,
        ),
    )
}
"""A-4f for archives, since LaTeX embeds formulas' MathML as files; it allows no information dictionary."""
