"""What PDF/X (ISO 15930) demands of a file beyond what every finished file has, put right step by step."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf.generic import DictionaryObject, NameObject

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.objects import array, dictionaries, dictionary, entry, follow, name, number, reachable
from fascicle.pdf.standards.pdfa_steps import drop_glyph_lists, drop_transfer, no_smoothing, number_glyphs
from fascicle.pdf.standards.standard import FinishingDocument, Step

OPAQUE = frozenset({"", "/Normal", "/Compatible"})
"""Blend modes that blend nothing."""


def drop_annotations(draft: FinishingDocument) -> None:
    """Remove links and all else that is laid over the page, and what acts."""
    for page in draft.writer.pages:
        for key in ("/Annots", "/AA", "/Tabs", "/B"):
            page.pop(key, None)
    root = draft.writer.root_object
    for key in ("/AcroForm", "/Threads", "/URI", "/Collection", "/Perms", "/Requirements", "/AF"):
        root.pop(key, None)
    if isinstance(names := entry(root, "/Names"), DictionaryObject):
        for key in ("/JavaScript", "/EmbeddedFiles", "/Renditions"):
            names.pop(key, None)


def plain_bookmarks(draft: FinishingDocument) -> None:
    """Let bookmarks name their places themselves: actions are forbidden, destinations are not."""
    for item in _bookmarks(draft.writer.root_object):
        action = dictionary(item, "/A")
        if name(action, "/S") == "/GoTo" and "/D" in action and "/Dest" not in item:
            item[NameObject("/Dest")] = action.raw_get("/D")
        for key in ("/A", "/AA"):
            item.pop(key, None)


def _bookmarks(root: DictionaryObject) -> Iterator[DictionaryObject]:
    outlines = entry(root, "/Outlines")
    if isinstance(outlines, DictionaryObject):
        found = [outlines.get("/First")]
        seen: set[int] = set()
        while found:
            item = follow(found.pop())
            if not isinstance(item, DictionaryObject) or id(item) in seen:
                continue
            seen.add(id(item))
            yield item
            found.extend(item.raw_get(key) for key in ("/Next", "/First") if key in item)


def drop_print_hints(draft: FinishingDocument) -> None:
    """Remove other programs' preview pictures and screening, which a press sets itself."""
    for item in draft.dictionaries:
        if name(item, "/Type") == "/ExtGState":
            item.pop("/HT", None)
            if name(item, "/TR2") != "/Default":
                item.pop("/TR2", None)
        if name(item, "/Subtype") == "/Image":
            for key in ("/Alternates", "/OPI"):
                item.pop(key, None)
    for page in draft.writer.pages:
        page.pop("/Thumb", None)


def refuse_transparency(draft: FinishingDocument) -> None:
    """Name what is transparent; groups in which nothing is are made plain forms."""
    drawn = _drawn(draft)
    found = dict.fromkeys(kind for item in drawn for kind in _transparent(item))
    for kind in found:
        message = f"the standard allows no transparency, and a picture has {kind}"
        hint = "save the picture without transparency, or use the standard x-4"
        draft.problems.add(Code.TRANSPARENCY, message, None, hint)
    if not found:
        for item in drawn:
            if name(dictionary(item, "/Group"), "/S") == "/Transparency":
                del item["/Group"]
            for key in ("/SMask", "/CA", "/ca", "/BM", "/AIS", "/TK") if _is_state(item) else ():
                item.pop(key, None)


def _drawn(draft: FinishingDocument) -> tuple[DictionaryObject, ...]:
    """Every dictionary that a page can reach now."""
    pages = [page.indirect_reference for page in draft.writer.pages]
    return tuple(dictionaries(reachable([page for page in pages if page is not None]).values()))


def _is_state(item: DictionaryObject) -> bool:
    keys = ("/CA", "/ca", "/BM", "/AIS", "/TK", "/LW", "/SA", "/OP", "/op", "/OPM")
    return name(item, "/Type") == "/ExtGState" or any(key in item for key in keys)


def _transparent(item: DictionaryObject) -> Iterator[str]:
    if name(item, "/Subtype") == "/Image":
        if isinstance(follow(item.get("/SMask")), DictionaryObject) or number(item, "/SMaskInData"):
            yield "a soft mask"
        return
    if not _is_state(item):
        return
    if isinstance(follow(item.get("/SMask")), DictionaryObject):
        yield "a soft mask"
    if any(_real(item, key) < 1 for key in ("/CA", "/ca")):
        yield "a colour that is partly transparent"
    modes = [str(mode) for mode in array(item, "/BM")] or [name(item, "/BM")]
    if not OPAQUE.issuperset(modes):
        yield "a blend mode"


def _real(item: DictionaryObject, key: str) -> float:
    value = follow(item.get(key))
    return float(value) if isinstance(value, (int, float)) else 1.0


def no_layers(draft: FinishingDocument) -> None:
    """Remove layers' switches: before X-4 everything is shown."""
    draft.writer.root_object.pop("/OCProperties", None)
    for item in draft.dictionaries:
        item.pop("/OC", None)


ANY = (
    Step("annotations", "No annotations, forms, scripts or attachments (6.11 to 6.13)", drop_annotations),
    Step("bookmarks", "Bookmarks lead to places and do nothing else (6.12)", plain_bookmarks),
    Step("glyph-lists", "Lists of glyphs in font descriptors are complete or absent", drop_glyph_lists),
    Step("glyph-numbers", "TrueType glyphs are numbered by a map that is stated", number_glyphs),
    Step("smoothing", "Pictures are not interpolated", no_smoothing),
    Step("transfer", "No transfer functions", drop_transfer),
    Step("screening", "No previews, no halftones of a device", drop_print_hints),
)
"""What every level demands, in order."""
OPAQUE_ONLY = (
    Step("transparency", "Nothing is transparent", refuse_transparency),
    Step("layers", "There are no layers", no_layers),
)
"""What the levels without transparency demand besides."""
