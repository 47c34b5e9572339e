"""What PDF/A-2 (ISO 19005-2) demands of a file beyond what every finished file has, put right step by step."""

from __future__ import annotations

from pypdf.generic import BooleanObject, DictionaryObject, NameObject, NumberObject

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.objects import array, dictionary, follow, name, number
from fascicle.pdf.standards.standard import FinishingDocument, Step

PRINT = 4
"""Annotation flag "print" (ISO 32000-1, table 165)."""
SHOWN = ~(1 | 2 | 32 | 256)
"""All annotation flags but invisible, hidden, no view and toggle no view."""
ALLOWED_ACTIONS = frozenset({"/GoTo", "/GoToR", "/GoToE", "/URI", "/Named", "/Thread", "/SubmitForm"})
"""Action types that ISO 19005-2, 6.5.1 leaves; the rest may run programs or change what is seen."""
PAGE_TURNS = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
"""The named actions that it leaves."""


def show_annotations(draft: FinishingDocument) -> None:
    """Set the flags of every annotation."""
    for page in draft.writer.pages:
        for annotation in map(follow, array(page, "/Annots")):
            if isinstance(annotation, DictionaryObject):
                annotation[NameObject("/F")] = NumberObject((number(annotation, "/F") | PRINT) & SHOWN)


def drop_actions(draft: FinishingDocument) -> None:
    """Remove actions that the standard forbids, and say so: a link without its action does nothing."""
    for item in draft.dictionaries:
        if name(item, "/Subtype") or name(item, "/Type") in ("/Catalog", "/Page"):
            item.pop("/AA", None)
        action = dictionary(item, "/A")
        if "/S" in action and not _allowed(action):
            del item["/A"]
            kind = name(action, "/S").lstrip("/")
            draft.problems.add(
                Code.PDF_ACTION_DROPPED,
                f"an action of the kind {kind} is not allowed in PDF/A and was taken out",
            )


def _allowed(action: DictionaryObject) -> bool:
    kind = name(action, "/S")
    return name(action, "/N") in PAGE_TURNS if kind == "/Named" else kind in ALLOWED_ACTIONS


def drop_glyph_lists(draft: FinishingDocument) -> None:
    """Remove /CIDSet and /CharSet: optional, and wrong in many pictures that other programs made."""
    for item in draft.dictionaries:
        if name(item, "/Type") == "/FontDescriptor":
            item.pop("/CIDSet", None)
            item.pop("/CharSet", None)


def no_smoothing(draft: FinishingDocument) -> None:
    """Show the pixels of pictures as they are; cairo and others ask viewers to smooth them."""
    for item in draft.dictionaries:
        if name(item, "/Subtype") == "/Image" and "/Interpolate" in item:
            item[NameObject("/Interpolate")] = BooleanObject(False)


def drop_transfer(draft: FinishingDocument) -> None:
    """Remove transfer functions and halftone phases, which would make colours depend on a device."""
    for item in draft.dictionaries:
        for key in ("/TR", "/HTP") if name(item, "/Type") == "/ExtGState" else ():
            item.pop(key, None)


def number_glyphs(draft: FinishingDocument) -> None:
    """State that codes are glyph numbers where a TrueType font leaves it unsaid; cairo's SVG to PDF does."""
    for item in draft.dictionaries:
        if name(item, "/Subtype") == "/CIDFontType2" and "/FontFile2" in dictionary(item, "/FontDescriptor"):
            item.setdefault(NameObject("/CIDToGIDMap"), NameObject("/Identity"))


STEPS = (
    Step("annotations", "Every annotation is shown and printed (6.3.2)", show_annotations),
    Step("actions", "No action runs a program, plays media or changes the page (6.5.1, 6.5.2)", drop_actions),
    Step(
        "glyph-lists",
        "Lists of glyphs in font descriptors are complete or absent (6.2.11.4.2)",
        drop_glyph_lists,
    ),
    Step("glyph-numbers", "TrueType glyphs are numbered by a map that is stated (6.2.11.3.2)", number_glyphs),
    Step("smoothing", "Pictures are not interpolated (6.2.8)", no_smoothing),
    Step("transfer", "No transfer functions, no halftone phase (6.2.5)", drop_transfer),
)
"""What is put right, in order."""
