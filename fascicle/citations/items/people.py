"""Names of an entry as CSL has them."""

from __future__ import annotations

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


def _person(name: Name) -> Person:
    native = plain(name.native)
    if name.body:
        return Person(literal=plain(name.family), native=native)
    return Person(
        family=plain(name.family),
        given=plain(name.given),
        particle=plain(name.prefix),
        keeps_particle=name.use_prefix is not False,
        suffix=plain(name.suffix),
        eastern=name.eastern,
        native=native,
    )
