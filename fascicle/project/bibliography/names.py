"""Names in bibliography fields: family and given parts, bodies, order of the parts, and the name in its own script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fascicle.core.scripts import is_letter
from fascicle.project.bibliography.entry import BibEntry
from fascicle.project.bibliography.markup import plain

_AMONG_THEM = "々〇·"
_EXTENDED_PART = re.compile(r"^\s*([a-z-]+)\s*=\s*(.*)$", re.DOTALL)
_EXTENDED = re.compile(r"^\s*(family|given|prefix|suffix)\s*=", re.MULTILINE)
_ANNOTATION = re.compile(r"(?<![0-9])([0-9]{1,4})\s*=\s*(?:\"([^\"]*)\"|([^;\"]*))")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a list, its parts still in the field's TeX markup."""

    family: str
    """Family name, the whole name of a body, or a name in East Asian script."""
    given: str = ""
    """Given names."""
    prefix: str = ""
    """Particles such as `van der`."""
    suffix: str = ""
    """Jr, III."""
    body: bool = False
    """True for a body or any name that is never taken apart."""
    use_prefix: bool | None = None
    """Whether the particle counts as part of the family name; None when the entry does not say."""
    eastern: bool = False
    """True when the family name is printed first everywhere, without a comma."""
    native: str = ""
    """The name in its own script, printed after it in lists."""
    offset: int = 0
    """Index of its first character in the field's value."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one field."""

    names: tuple[Name, ...]
    """In order."""
    others: bool = False
    """True when the list ends in `and others`."""


def east_asian(text: str) -> bool:
    """True for a text in Han characters, kana or hangul alone."""
    signs = re.sub(r"[\s,\u3000]+", "", text)
    return bool(signs) and all(sign in _AMONG_THEM or is_letter(sign) for sign in signs)


def split(value: str) -> Iterator[tuple[int, str]]:
    """The items of a list joined by `and` outside braces, each with its index in `value`."""
    depth, start = 0, 0
    for match in re.finditer(r"(?<!\\)[{}]|(?<=\s)and(?=\s)", value):
        if match[0] == "and":
            if depth == 0:
                yield start, value[start : match.start()]
                start = match.end()
        else:
            depth += 1 if match[0] == "{" else -1
    yield start, value[start:]


def read_names(entry: BibEntry, field: str) -> Names:
    """The names of a field with what its annotations `+an:order` and `+an:native` say of them."""
    found: list[Name] = []
    others = False
    for offset, item in split(entry.text(field)):
        stripped = item.strip()
        if stripped.lower() == "others":
            others = True
        elif stripped:
            name = _name(stripped)
            found.append(replace(name, offset=offset + len(item) - len(item.lstrip())))
    order, native = item_annotations(entry, field, "order"), item_annotations(entry, field, "native")
    return Names(
        tuple(
            replace(name, eastern=order.get(number) == "eastern", native=native.get(number, ""))
            for number, name in enumerate(found, 1)
        ),
        others,
    )


def item_annotations(entry: BibEntry, field: str, name: str) -> dict[int, str]:
    """What a biblatex data annotation says of each item of a field: `author+an:order = {1=eastern}`."""
    value = entry.text(f"{field}+an:{name}")
    return {int(m[1]): (m[2] if m[2] is not None else m[3]).strip() for m in _ANNOTATION.finditer(value)}


def _name(item: str) -> Name:
    """One name in any of the four ways of writing it."""
    if item.startswith("{") and item.endswith("}") and _whole(item):
        return Name(item[1:-1], body=True)
    if east_asian(plain(item)) and not _EXTENDED.search(item):
        return Name(re.sub(r"[\s,\u3000]+", "", plain(item)), body=True)
    if _EXTENDED.search(item):
        return _extended(item)
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(item, strict=False)
    name = Name(" ".join(parts.last), " ".join(parts.first), " ".join(parts.von), " ".join(parts.jr))
    return replace(name, family=name.given, given="") if not name.family else name


def _extended(item: str) -> Name:
    """A name in biblatex's extended format: `family=Jia, given=Zhangke, prefix=…, useprefix=true`."""
    values: dict[str, str] = {}
    for part in re.split(r",(?![^{]*\})(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", item):
        if match := _EXTENDED_PART.match(part):
            values[match[1]] = match[2].strip().strip('"')
    family, given = values.get("family", ""), values.get("given", "")
    if east_asian(family + given):
        return Name(family + given, body=True)
    use = {"true": True, "false": False}.get(values.get("useprefix", ""))
    return Name(family, given, values.get("prefix", ""), values.get("suffix", ""), use_prefix=use)


def _whole(item: str) -> bool:
    """True when the first brace is closed by the last."""
    depth = 0
    for match in re.finditer(r"(?<!\\)[{}]", item):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end() == len(item)
    return False
