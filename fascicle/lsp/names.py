"""Where citation keys and labels stand in what an author writes: in text, YAML and bibliographies."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from fascicle.document.labels import heading_label, label_of
from fascicle.document.other_syntax.masks import outside_fences, outside_literals

_KEY = r"\w(?:\w|[:.#$%&\-+?<>~/](?=[\w{]))*"
_AT = re.compile(rf"(?<![\w\\])-?@(?:\{{(?P<braced>[^}}\s]+)\}}|(?P<bare>{_KEY}))")
_LINK = re.compile(r"\]\(#(?P<name>[\w:.-]+)\)")
_GIVEN = re.compile(r"\{[^{}\n]*?#(?P<name>[\w:.-]+)")
_ID = re.compile(r"^id:[ \t]*[\"']?(?P<name>[\w:.-]+)", re.MULTILINE)
_NOCITE = re.compile(r"^nocite:(?P<list>.*(?:\n[ \t]*-.*)*)", re.MULTILINE)
_WORD = re.compile(r"(?<![\w@])\w(?:[\w:.+/-]*\w)?")
_ENTRIES = {
    ".bib": re.compile(r"^[ \t]*@(?!string|comment|preamble)\w+\s*[{(]\s*(?P<name>[^\s,{}()=]+)\s*,", re.MULTILINE | re.IGNORECASE),
    ".json": re.compile(r'"id"\s*:\s*"(?P<name>[^"\\]+)"'),
    ".yaml": re.compile(r"^[-\s]*id:[ \t]*[\"']?(?P<name>[^\s\"']+)", re.MULTILINE),
    ".ris": re.compile(r"^ID {2}- (?P<name>\S+)", re.MULTILINE),
}  # fmt: skip
_PARENTS = re.compile(
    r"\b(?P<field>ids|crossref|xdata|related|entryset|xref)\s*=\s*[{\"](?P<list>[^}\"]*)", re.IGNORECASE
)


class NameKind(Enum):
    """What a name is of."""

    WORK = "work"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name at its place."""

    kind: NameKind
    """What it names."""
    name: str
    """The key, or the label in our spelling."""
    start: int
    """Its first character in the file, without @ or #."""
    end: int
    """The character behind it."""
    defines: bool = False
    """Whether it is given here."""


def names_in(path: str, text: str, works: Container[str]) -> Iterator[Occurrence]:
    """Every citation key and label that stands in a file of the project."""
    if path.startswith("content/") or path.endswith("figures.yaml"):
        yield from _written(path, text, works)
        return
    suffix = path[path.rfind(".") :].replace(".yml", ".yaml")
    for found in _ENTRIES[suffix].finditer(text) if suffix in _ENTRIES else ():
        yield _work(found["name"], found.start("name"), defines=True)
    for found in _PARENTS.finditer(text) if suffix == ".bib" else ():
        for name in re.finditer(r"[^\s,]+", found["list"]):
            given = found["field"].lower() == "ids"
            yield _work(name[0], found.start("list") + name.start(), defines=given)


def _written(path: str, text: str, works: Container[str]) -> Iterator[Occurrence]:
    plain = _plain(text)
    for found in _AT.finditer(plain):
        group = "braced" if found["braced"] else "bare"
        name, start = found[group], found.start(group)
        label = None if name in works else label_of(name)
        yield _label(label, start, len(name)) if label else _work(name, start)
    for found in _LINK.finditer(plain):
        yield _label(_called(found["name"]), found.start("name"), len(found["name"]))
    for found in _GIVEN.finditer(plain):
        yield _label(_called(found["name"]), found.start("name"), len(found["name"]), defines=True)
    if path.endswith(".md") and text.startswith("---"):
        head = text[: text.find("\n---", 3) + 1]
        for found in _ID.finditer(head):
            yield _label(heading_label(found["name"]), found.start("name"), len(found["name"]), defines=True)
    for found in _NOCITE.finditer(text) if path.endswith("publication.yaml") else ():
        for word in _WORD.finditer(found["list"]):
            yield _work(word[0], found.start("list") + word.start())


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    return outside_literals(outside_fences(text))


def _called(name: str) -> str:
    return label_of(name) or heading_label(name)


def _work(name: str, start: int, *, defines: bool = False) -> Occurrence:
    return Occurrence(NameKind.WORK, name, start, start + len(name), defines)


def _label(name: str, start: int, length: int, *, defines: bool = False) -> Occurrence:
    return Occurrence(NameKind.LABEL, name, start, start + length, defines)


def name_at(path: str, text: str, offset: int, works: Container[str]) -> Occurrence | None:
    """The name that the cursor stands on, its @ or # included."""
    return next((one for one in names_in(path, text, works) if one.start - 1 <= offset <= one.end), None)


def everywhere(
    texts: Mapping[str, str], kind: NameKind, name: str, works: Container[str]
) -> Iterator[tuple[str, Occurrence]]:
    """Each place of a name in all files."""
    for path, text in texts.items():
        for one in names_in(path, text, works):
            if one.kind is kind and one.name == name:
                yield path, one
