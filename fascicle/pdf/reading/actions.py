"""What a PDF can start: actions that hang on its pages, links and bookmarks, and files inside it."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject

from fascicle.core.link_targets import link_target
from fascicle.pdf.objects import array, dictionaries, dictionary, entry, follow, name, reachable, text
from fascicle.pdf.reading.inspection import Inspection

FORBIDDEN = {
    "/JavaScript": "starts a script", "/Launch": "starts a program", "/Movie": "starts a film",
    "/Sound": "starts a sound", "/Rendition": "starts a film", "/ImportData": "starts the reading of data",
    "/ResetForm": "starts the clearing of a form", "/SubmitForm": "starts the sending of a form",
    "/GoTo3DView": "starts a moving picture", "/Hide": "starts the hiding of something",
    "/GoToR": "leads to another file", "/GoToE": "leads to a file inside this one",
}  # fmt: skip
"""Actions that do more than show another place or a page of the web (ISO 32000-1, table 198)."""
OWN_FILES = ("latex-list-css.html", "latex-align-css.html", "pdf-A4f.txt")
"""What LaTeX embeds in a tagged file: style sheets for those who make HTML of it, and a note that PDF/A-4f asks for."""


def acts(file: Inspection) -> Iterator[tuple[int, str]]:
    """Everything that does more than a link may, with its page, 0 when it is on none."""
    for index, page in enumerate(file.reader.pages, start=1):
        for holder in (page, *array(page, "/Annots")):
            for what in _told(holder):
                yield index, f"something on page {index} {what}"
            if name(holder, "/Subtype") == "/FileAttachment":
                yield index, f"a file hangs on page {index}"
    for item in dictionaries(reachable([entry(file.root, "/Outlines")]).values()):
        if "/Title" in item:
            for what in _told(item):
                yield 0, f"the bookmark '{text(item.get('/Title'))}' {what}"
    if any(map(_undeclared, _embedded(file))):
        yield 0, "files are embedded that nobody has declared"


def _embedded(file: Inspection) -> Iterator[object]:
    """What names files inside the document; the list of their names itself, when it names none."""
    yield from array(file.root, "/AF")
    names = dictionary(file.root, "/Names")
    if "/EmbeddedFiles" in names:
        below = dictionaries(reachable([names.raw_get("/EmbeddedFiles")]).values())
        yield from [item for item in below if "/EF" in item] or [names]


def _undeclared(file: object) -> bool:
    """Whether an associated file is another than those that LaTeX itself embeds."""
    return text(entry(file, "/UF")) not in OWN_FILES


def _told(holder: object) -> Iterator[str]:
    for action in _actions(holder):
        kind = name(action, "/S")
        if kind in FORBIDDEN:
            yield FORBIDDEN[kind]
        elif kind == "/URI" and link_target(address := text(entry(action, "/URI"))) is None:
            yield f"leads to '{address[:80]}'"


def _actions(holder: object) -> Iterator[DictionaryObject]:
    """The actions that hang on a page, a link or a bookmark, those that follow one another included."""
    waiting: list[object] = [entry(holder, "/A"), *map(follow, dictionary(holder, "/AA").values())]
    for _ in range(100):
        if not waiting:
            return
        action = waiting.pop()
        if isinstance(action, DictionaryObject):
            yield action
            following = entry(action, "/Next")
            waiting += map(follow, following) if isinstance(following, ArrayObject) else [following]
