"""Checks of claimed standards: a claim that the file does not keep is an error."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.codes import Code
from fascicle.pdf.glyphs import Glyphs
from fascicle.pdf.inspect import images_below
from fascicle.pdf.objects import array, dictionary, name, number
from fascicle.pdf.proof import Check, Proof


def claims_kept(proof: Proof) -> Iterator[str]:
    """The standard that was asked for is claimed and its output intent is there; no other one is claimed."""
    if not proof.wishes:
        return
    standard, claimed = proof.wishes.standard, proof.file.xmp
    for key, value in standard.claims.items():
        if claimed.get(key) != value:
            yield f"{standard.title} is not claimed: {key} is '{claimed.get(key, '')}', not '{value}'"
    for key in claimed:
        if key.startswith(("pdfaid:", "pdfuaid:", "pdfxid:")) and key not in standard.claims:
            yield f"the file claims {key}, which was not asked for"
    intents = {name(intent, "/S"): intent for intent in array(proof.file.root, "/OutputIntents")}
    if standard.intent and not dictionary(intents.get(standard.intent), "/DestOutputProfile"):
        yield f"{standard.title} has no output intent with a colour profile"


def annotations_shown(proof: Proof) -> Iterator[str]:
    """In an archive file, every annotation is shown and printed."""
    if not (proof.wishes and "pdfaid:part" in proof.wishes.standard.claims):
        return
    for index, page in enumerate(proof.file.reader.pages, start=1):
        for annotation in array(page, "/Annots"):
            if number(annotation, "/F") & (4 | 1 | 2 | 32 | 256) != 4:
                yield f"an annotation on page {index} is not both shown and printed"


def every_glyph_known(proof: Proof) -> Iterator[str]:
    """In an archive file of level U, every glyph that is shown has its character."""
    if not (proof.wishes and proof.wishes.standard.claims.get("pdfaid:conformance") == "U"):
        return
    glyphs = Glyphs(proof.file.reader)
    for index, page in enumerate(proof.file.reader.pages, start=1):
        for font, codes in glyphs.without_character(page).items():
            shown = ", ".join(map(str, sorted(codes)[:5]))
            yield f"the font {font} shows glyphs without a character on page {index} (codes {shown})"


def colours_fit(proof: Proof) -> Iterator[str]:
    """In an archive file, no picture's colours are of a process that the output intent does not describe."""
    if not (proof.wishes and "pdfaid:part" in proof.wishes.standard.claims):
        return
    intents = array(proof.file.root, "/OutputIntents")
    channels = number(dictionary(intents[0], "/DestOutputProfile"), "/N") if intents else 0
    foreign = {3: "/DeviceCMYK", 4: "/DeviceRGB"}.get(channels)
    for index, page in enumerate(proof.file.reader.pages, start=1):
        if foreign and any(name(image, "/ColorSpace") == foreign for image in images_below(page)):
            space = foreign.removeprefix("/Device")
            yield f"a picture on page {index} is in {space}, which the output intent does not describe"


CHECKS = (
    Check(
        "claims", "The standard is claimed, with its output intent", Code.CLAIM_NOT_KEPT, claims_kept, True
    ),
    Check("glyphs", "Every glyph has its character", Code.TEXT_WITHOUT_UNICODE, every_glyph_known, True),
    Check("colours", "Colours are those of the output intent", Code.WRONG_COLOUR_SPACE, colours_fit, True),
    Check("annotations", "Links are shown and printed", Code.CLAIM_NOT_KEPT, annotations_shown, True),
)
"""In the order of the report."""
