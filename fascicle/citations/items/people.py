"""Names of an entry as CSL has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fascicle.citations.items.containers import has
from fascicle.citations.items.model import EDITOR_ROLES, OTHERS, ROLES, Person
from fascicle.project.bibliography.fields.markup import plain
from fascicle.project.bibliography.library import BibEntry
from fascicle.project.bibliography.names import Name, item_annotations, read_names


def people_of(entry: BibEntry) -> Iterator[tuple[str, tuple[Person, ...]]]:
    """CSL's name variables with the people in them."""
    found: dict[str, tuple[Person, ...]] = {}
    for field in ROLES:
        if not has(entry, field):
            continue
        role = _role(entry, field)
        if field == "bookauthor" and entry.type == "review":
            role = "reviewed-author"
        found[role] = (*found.get(role, ()), *_people(entry, field))
    if entry.type in {"inbook", "incollection"} and not found.get("author") and not found.get("editor"):
        found["author"] = found.get("container-author", ())
    if found.get("container-author") == found.get("author"):
        found["container-author"] = ()
    yield from ((role, people) for role, people in found.items() if people)


def _role(entry: BibEntry, field: str) -> str:
    if field == "editor":
        return EDITOR_ROLES.get(entry.text("editortype").strip(), "editor")
    if field == "author" and entry.type == "movie":
        return "director"
    return ROLES[field]


def _people(entry: BibEntry, field: str) -> tuple[Person, ...]:
    names = read_names(entry, field)
    dropped = "useprefix=false" in entry.text("options").replace(" ", "")
    handles = item_annotations(entry, field, "username")
    people = tuple(
        replace(
            person,
            keeps_particle=person.keeps_particle and not dropped,
            native=person.native or _handle(handles.get(number, "")),
        )
        for number, person in enumerate(map(_person, names.names), 1)
    )
    return (*people, OTHERS) if people and names.others else people


def _handle(name: str) -> str:
    """A screen name in the brackets that most styles have around it."""
    return f"[{name}]" if name else ""


_RUN_TOGETHER = re.compile(r"(?<![\w.’'-])([^\W\d_]{2,3})(?![\w.’'-])")


def spaced_initials(given: str, family: str) -> str:
    """`J. D.` for the `JD` that Google Scholar and PubMed write; a name in capitals alone stays."""
    if family.isupper():
        return given
    return _RUN_TOGETHER.sub(
        lambda match: " ".join(f"{letter}." for letter in match[0]) if match[0].isupper() else match[0], given
    )


def _spaced(part: str) -> str:
    """A part of a name as plain text; the ties that NASA's data system writes between initials are spaces."""
    return " ".join(plain(part).split())


def _person(name: Name) -> Person:
    native, family = plain(name.native), _spaced(name.family)
    if name.body:
        return Person(literal=family, native=native)
    return Person(
        family=family,
        given=spaced_initials(_spaced(name.given), family),
        particle=_spaced(name.prefix),
        keeps_particle=name.use_prefix is not False,
        suffix=plain(name.suffix),
        eastern=name.eastern,
        native=native,
    )
