"""What is shown of a work: author, year, title, and its entry in the citation style in use."""

from __future__ import annotations

import re

from fascicle.document.tree import Emph, Inline, Link, Strong, plain
from fascicle.lsp.open_project import OpenProject, Reading
from fascicle.project.bibliography.fields.markup import plain as without_markup
from fascicle.project.bibliography.library import BibEntry, complete

_AND = re.compile(r"\s+and\s+")


def entry_of(reading: Reading, key: str) -> BibEntry | None:
    """The work of a key, with what it inherits."""
    library = reading.bibliography
    key = library.aliases.get(key, key)
    return complete(library, key) if key in library.entries else None


def author(entry: BibEntry) -> str:
    """The first author, editor or director, by family name, and whether there are more."""
    names = next((text for name in ("author", "director", "editor") if (text := entry.text(name))), "")
    first, *others = _AND.split(names)
    family = without_markup(first).partition(",")[0].strip("{} ") if "," in first else without_markup(first)
    return f"{family} et al." if len(others) > 2 else " and ".join([family, *map(_family, others)]).strip()


def _family(name: str) -> str:
    plain_name = without_markup(name)
    return plain_name.partition(",")[0].strip() if "," in plain_name else plain_name.rpartition(" ")[2]


def year(entry: BibEntry) -> str:
    """The year, as far as a date has one."""
    found = re.search(r"-?\d{3,4}", entry.text("date") or entry.text("year"))
    return found[0] if found else ""


def title(entry: BibEntry) -> str:
    """The title without markup."""
    return without_markup(entry.text("title") or entry.text("booktitle"))


def in_short(entry: BibEntry) -> str:
    """`Small 2001, A Small Book`."""
    head = " ".join(part for part in (author(entry), year(entry)) if part)
    return ", ".join(part for part in (head, title(entry)) if part)


def reference(project: OpenProject, key: str) -> str:
    """The entry of the list of works as the citation style words it, as Markdown; in short where it is not listed."""
    manuscript = project.checked.manuscript
    works = manuscript.document.works.works if manuscript else ()
    worded = next((markdown(work.content) for work in works if work.key == key), "")
    entry = entry_of(project.reading, key) if project.reading else None
    return worded or (in_short(entry) if entry else "")


def markdown(content: tuple[Inline, ...]) -> str:
    """Words with their emphasis."""
    return "".join(_piece(node) for node in content)


def _piece(node: Inline) -> str:
    match node:
        case Emph():
            return f"*{markdown(node.content)}*"
        case Strong():
            return f"**{markdown(node.content)}**"
        case Link():
            return f"[{markdown(node.content)}]({node.target})"
    return re.sub(r"([*_\[\]`<])", r"\\\1", plain((node,)))
