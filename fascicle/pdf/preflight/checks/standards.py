"""Checks of claimed standards: a claim that the file does not keep is an error."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.objects import array, dictionary, name, number
from fascicle.pdf.preflight import verapdf
from fascicle.pdf.preflight.check import Check, CheckContext
from fascicle.pdf.preflight.external_tools import ProgramError
from fascicle.pdf.reading.glyphs import Glyphs


def claims_kept(proof: CheckContext) -> Iterator[str]:
    """The standard that was asked for is claimed and its output intent is there; no other one is claimed."""
    if not proof.output_options:
        return
    standard, claimed = proof.output_options.standard, proof.file.xmp
    for key, value in standard.claims.items():
        if claimed.get(key) != value:
            yield f"{standard.title} is not claimed: {key} is '{claimed.get(key, '')}', not '{value}'"
    for key in claimed:
        if key.startswith(("pdfaid:", "pdfuaid:", "pdfxid:")) and key not in standard.claims:
            yield f"the file claims {key}, which was not asked for"
    intents = {name(intent, "/S"): intent for intent in array(proof.file.root, "/OutputIntents")}
    if standard.intent and not dictionary(intents.get(standard.intent), "/DestOutputProfile"):
        yield f"{standard.title} has no output intent with a colour profile"


def annotations_shown(proof: CheckContext) -> Iterator[str]:
    """In an archive file, every annotation is shown and printed."""
    for index, page in enumerate(proof.file.reader.pages, start=1):
        for annotation in array(page, "/Annots"):
            if number(annotation, "/F") & (4 | 1 | 2 | 32 | 256) != 4:
                yield f"an annotation on page {index} is not both shown and printed"


def every_glyph_known(proof: CheckContext) -> Iterator[str]:
    """In an archive file of level U, every glyph that is shown has its character."""
    glyphs = Glyphs(proof.file.reader)
    for index, page in enumerate(proof.file.reader.pages, start=1):
        for font, codes in glyphs.without_character(page).items():
            shown = ", ".join(map(str, sorted(codes)[:5]))
            yield f"the font {font} shows glyphs without a character on page {index} (codes {shown})"


def no_archive(proof: CheckContext) -> str:
    """Only archives ask for it."""
    return "" if "pdfaid:part" in proof.claims else "the file is no PDF/A"


def no_characters(proof: CheckContext) -> str:
    """Only level U of PDF/A asks for every character."""
    return "" if proof.claims.get("pdfaid:conformance") == "U" else "the file is no PDF/A of level U"


def verapdf_agrees(proof: CheckContext) -> Iterator[str]:
    """veraPDF, which knows every rule of PDF/A, finds none that is broken."""
    if not proof.tool_runner:
        return
    data = proof.file.data
    for flavour in verapdf.flavours(proof.claims):
        judged = partial(verapdf.failures, data, flavour)
        found = proof.tool_runner.answer(f"veraPDF {flavour}", data, judged)
        yield from (f"veraPDF: {one}" for one in found) if isinstance(found, list) else ()


def no_verapdf(proof: CheckContext) -> str:
    """It judges archive files, when it is asked for and here."""
    if not verapdf.flavours(proof.claims):
        return "the file claims nothing that veraPDF judges"
    if not (proof.tool_runner and proof.tool_runner.verapdf):
        raise ProgramError("preflight asks it with --verapdf")
    if reason := verapdf.not_here():
        raise ProgramError(reason)
    return ""


CHECKS = (
    Check(
        "claims",
        "The standard is claimed, with its output intent",
        Code.CLAIM_NOT_KEPT,
        claims_kept,
        True,
        press="identification of the standard in Info and XMP",
    ),
    Check(
        "glyphs",
        "Every glyph has its character",
        Code.TEXT_WITHOUT_UNICODE,
        every_glyph_known,
        left_out=no_characters,
    ),
    Check(
        "annotations",
        "Links are shown and printed",
        Code.CLAIM_NOT_KEPT,
        annotations_shown,
        left_out=no_archive,
    ),
    Check(
        "verapdf",
        "veraPDF finds the standard kept",
        Code.CLAIM_NOT_KEPT,
        verapdf_agrees,
        left_out=no_verapdf,
        slow=True,
    ),
)
"""In the order of the report."""
