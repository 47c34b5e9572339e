"""The works of the scoreboard: records and the forms in which four styles print them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "scoreboard"
STYLES: Mapping[str, str] = {
    "chicago-author-date": "chicago",
    "chicago-notes": "chicago",
    "apa": "apa",
    "mla": "mla",
}
"""The styles by the program's keys, each with the name of its rules in sources.yaml."""
PARTS = ("list", "first", "again")
"""The forms of a work: its entry in the list, its first and its repeated citation."""


@dataclass(frozen=True)
class Form:
    """How one style prints a work."""

    texts: Mapping[str, tuple[str, ...]]
    """The permitted forms by part; none where the work is not printed, as a statute in a list."""
    source: tuple[str, str]
    """`example` or `rule`, and its name in sources.yaml."""


@dataclass(frozen=True)
class Work:
    """One work."""

    kind: str
    """The file that it stands in."""
    key: str
    """Its key."""
    record: str
    """Its BibLaTeX record."""
    locator: str
    """The place cited, as an author types it; empty for the whole work."""
    held_out: bool
    """True when it is kept apart: measured, and not looked at when anything is mended."""
    forms: Mapping[str, Form]
    """The forms by style."""


@cache
def works() -> tuple[Work, ...]:
    """All works, kind by kind."""
    return tuple(_work(path.stem, entry) for path in _files() for entry in _read(path))


def sources() -> dict[str, Any]:
    """Pages and rules that the forms are taken from."""
    found: dict[str, Any] = _read(FOLDER / "sources.yaml")
    return found


def by_kind() -> Mapping[str, Sequence[Work]]:
    """The works of each kind, in the order of their files."""
    found: dict[str, list[Work]] = {}
    for work in works():
        found.setdefault(work.kind, []).append(work)
    return found


def _files() -> Iterator[Path]:
    yield from sorted((FOLDER / "works").glob("*.yaml"))


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _work(kind: str, entry: dict[str, Any]) -> Work:
    forms = {style: _form(entry[style]) for style in STYLES if style in entry}
    return Work(kind, entry["key"], entry["record"], entry.get("at", ""), entry.get("held-out", False), forms)


def _form(entry: dict[str, Any]) -> Form:
    texts = {part: _permitted(entry.get(part)) for part in PARTS}
    if "again" not in entry:
        texts["again"] = texts["first"]
    kind = "example" if "example" in entry else "rule"
    return Form(texts, (kind, entry.get(kind, "")))


def _permitted(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
