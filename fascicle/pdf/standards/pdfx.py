"""PDF/X (ISO 15930), the printing standards, as data; `pdfx_steps` does what they demand."""

from __future__ import annotations

from collections.abc import Mapping

from fascicle.pdf.standards.standard import PRINT_INTENT, Standard, Step


def _steps() -> tuple[Step, ...]:
    from fascicle.pdf.standards.pdfx_steps import ANY

    return ANY


def _opaque_steps() -> tuple[Step, ...]:
    from fascicle.pdf.standards.pdfx_steps import ANY, OPAQUE_ONLY

    return (*ANY, *OPAQUE_ONLY)


def _standard(key: str, title: str, version: str, *, opaque: bool, info: Mapping[str, str]) -> Standard:
    """One conformance level. X-4 says what it is in XMP, the earlier ones in Info; readers look into both."""
    return Standard(
        name=key,
        title=title,
        version=version,
        claims={"pdfxid:GTS_PDFXVersion": title, "pdf:Trapped": "False"}
        if not opaque
        else {"pdf:Trapped": "False"},
        info=info,
        opaque=opaque,
        inks_alone=key.startswith("x-1a"),
        intent=PRINT_INTENT,
        dated=True,
        steps=_opaque_steps if opaque else _steps,
    )


def _earlier(key: str, level: str, year: int, version: str) -> Standard:
    """PDF/X-1a or X-3. The 2001 edition of X-1a names the family and the level apart (ISO 15930-1, 6.2)."""
    title = f"PDF/{level}:{year}"
    info = {"/GTS_PDFXVersion": title}
    if title == "PDF/X-1a:2001":
        info = {"/GTS_PDFXVersion": "PDF/X-1:2001", "/GTS_PDFXConformance": title}
    return _standard(key, title, version, opaque=True, info=info)


STANDARDS = {
    standard.name: standard
    for standard in (
        _standard("x-4", "PDF/X-4", "1.6", opaque=False, info={"/GTS_PDFXVersion": "PDF/X-4"}),
        _earlier("x-3", "X-3", 2003, "1.4"),
        _earlier("x-3-2002", "X-3", 2002, "1.3"),
        _earlier("x-1a", "X-1a", 2003, "1.4"),
        _earlier("x-1a-2001", "X-1a", 2001, "1.3"),
    )
}
"""X-4 keeps transparency (ISO 15930-7), X-3 allows colours with a profile (15930-6, -3), X-1a inks alone (15930-4, -1)."""
