"""Names in bibliography fields.

Family and given parts, bodies, order of the parts, and the name in its own script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from fascicle.core.text.scripts import is_letter
from fascicle.project.bibliography.bodies import is_body, turned
from fascicle.project.bibliography.entry import BibEntry
from fascicle.project.bibliography.fields.markup import plain

_AMONG_THEM = "々〇·"
_JOINTS = re.compile(r"(?<!\\)[{}]|(?<=\s)(?:and|AND|And)(?=\s)")
_CONNECTORS = frozenset({"y", "e", "i", "ir"})
"""Words that join two family names, as in Ortega y Gasset."""
_PARTICLES = frozenset({
    "van", "von", "de", "der", "den", "ter", "ten", "te", "du", "des", "da", "das", "do", "dos", "di", "del", "della",
    "degli", "la", "le", "zu", "zum", "zur", "af", "av", "vom", "het", "'t", "’t", "in", "op", "of", "el", "al",
})  # fmt: skip
"""Particles that may stand after the given names, as in `Goethe, Johann Wolfgang von`."""
_SUFFIX = re.compile(r"(?:jr|sr|jun|sen|ii|iii|iv|esq|ph\.?d|m\.?d|s\.?j)\.?", re.IGNORECASE)
_BETWEEN = " \t\r\n\f\v\u00a0\u2009\u202f,;"
_ET_AL = re.compile(r"(?<!\w)(?:et\.? ?al\.?|u\. ?a\.|y otros|and others)$", re.IGNORECASE)
_OTHERS = frozenset({"others", "et al", "et al.", "al", "al."})
_NUMBERED = re.compile(r"(?<=\w)\s0\d{3}$")
"""DBLP's number of a namesake: `Bing Liu 0001`."""
_INITIALS = re.compile(r"\s*(?:[^\W\d_]\.[\s-]*)+")
_BEGUN = re.compile(r"\s*(?:[^\W\d_]\.[\s-]*)+[^\W\d_][^\s.,]+")
"""A name that begins with initials, as all but the first do in `Doe, A., J. Roe, B. Poe`."""
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
    """Whether the particle counts as part of the family name. False where it stands after the given names, as in
    `Goethe, Johann Wolfgang von`; None where it stands before the family name and nothing more is said."""
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
    for match in _JOINTS.finditer(value):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0:
            yield start, value[start : match.start()]
            start = match.end()
    yield start, value[start:]


def name_items(value: str) -> Iterator[tuple[int, str]]:
    """The names of a list, each with its index: also of a list that is joined by semicolons, ampersands or commas."""
    for start, item in split(value):
        for offset, part in _taken_apart(item):
            lead = len(part) - len(part.lstrip(" \t\n,~"))
            if name := part.strip(" \t\n,~"):
                yield start + offset + lead, name


def _taken_apart(item: str) -> list[tuple[int, str]]:
    """One name, or the several that stand between two `and`."""
    parts = outside(item, ";")
    if len(parts) > 1:
        return [(at + inner, name) for at, part in parts for inner, name in _taken_apart(part)]
    parts = outside(item, "&")
    if len(parts) > 1 and all(_is_spaced(item, at) for at, _ in parts[1:]) and _alike(parts):
        return [(at, part.removesuffix("\\")) for at, part in parts]
    commas = outside(item, ",")
    while len(commas) > 3 and not commas[-1][1].strip():
        commas.pop()
    if len(commas) < 3 or _EXTENDED.search(item):
        return [(0, item)]
    if all(len(part.split()) > 1 for _, part in commas):
        return commas
    if _INITIALS.fullmatch(commas[1][1]) and all(_BEGUN.match(part) for _, part in commas[2:]):
        return [(0, item[: commas[2][0] - 1]), *commas[2:]]
    if len(commas) > 3 and len(commas) % 2 == 0 and not any(is_suffix(part) for _, part in commas):
        return [
            (at, item[at : following + len(rest)])
            for (at, _), (following, rest) in zip(commas[::2], commas[1::2], strict=True)
        ]
    return [(0, item)]


def _alike(parts: list[tuple[int, str]]) -> bool:
    """Whether all are whole names, family name first or last: no `Simon & Schuster`, no `Lovelace, Ada & Byron`."""
    turned = [len(outside(part, ",")) > 1 for _, part in parts]
    return all(turned) or (not any(turned) and all(len(part.split()) > 1 for _, part in parts))


def _is_spaced(item: str, at: int) -> bool:
    """Whether the ampersand before `at` stands between spaces."""
    return item[at : at + 1].isspace() and item[: at - 1].removesuffix("\\")[-1:].isspace()


def outside(item: str, sign: str) -> list[tuple[int, str]]:
    """The parts of `item` between the signs that stand outside braces, each with its index."""
    if sign not in item:
        return [(0, item)]
    depth, start, parts = 0, 0, []
    for match in re.finditer(rf"(?<!\\)[{{}}]|{re.escape(sign)}", item):
        if match[0] != sign:
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0 and not (
            sign == ";" and _ENTITY_BEFORE.search(item, max(0, match.start() - 12), match.end())
        ):
            parts.append((start, item[start : match.start()]))
            start = match.end()
    return [*parts, (start, item[start:])]


_ENTITY_BEFORE = re.compile(r"&#?\w+;$")


def is_suffix(part: str) -> bool:
    """True for Jr., III and the like."""
    return _SUFFIX.fullmatch(part.strip()) is not None


def read_names(entry: BibEntry, field: str) -> Names:
    """The names of a field with what its annotations `+an:order` and `+an:native` say of them."""
    found = _of_value(entry.text(field))
    order, native = item_annotations(entry, field, "order"), item_annotations(entry, field, "native")
    if not order and not native:
        return found
    names = enumerate(found.names, 1)
    return Names(
        tuple(
            replace(name, eastern=order.get(number) == "eastern", native=native.get(number, ""))
            for number, name in names
        ),
        found.others,
    )


@lru_cache(maxsize=1 << 12)  # checks, items and citations ask for the same names
def _of_value(value: str) -> Names:
    """The names of a field's value."""
    found: list[Name] = []
    others = False
    for offset, item in name_items(value):
        shortened = "" if item.lower() in _OTHERS else _without_others(item)
        others = others or shortened != item
        name = _name(_NUMBERED.sub("", shortened)) if shortened.strip(" ,") else None
        if name and plain(name.family + name.given):
            found.append(replace(name, offset=offset))
    return Names(tuple(found), others)


def _without_others(item: str) -> str:
    """A name without the “et al.” behind it."""
    bare = item.rstrip()
    found = _ET_AL.search(bare, max(len(bare) - 20, 0))
    return bare[: found.start()].rstrip(_BETWEEN) if found else item


def item_annotations(entry: BibEntry, field: str, name: str) -> dict[int, str]:
    """What a biblatex data annotation says of each item of a field: `author+an:order = {1=eastern}`."""
    value = entry.text(f"{field}+an:{name}")
    return {int(m[1]): (m[2] if m[2] is not None else m[3]).strip() for m in _ANNOTATION.finditer(value)}


def _name(item: str) -> Name:
    """One name in any of the four ways of writing it."""
    if item.startswith("{") and item.endswith("}") and _whole(item):
        return Name(item[1:-1], body=True)
    extended = _EXTENDED.search(item)
    if not extended and east_asian(plain(item)):
        return Name(re.sub(r"[\s,\u3000]+", "", plain(item)), body=True)
    if extended:
        return _extended(item)
    parts = [text for _, part in outside(item, ",") if (text := part.strip())]
    return _turned(parts) if len(parts) > 1 else _straight(words_of(item))


def _turned(parts: list[str]) -> Name:
    """`van der Berg, Jr., Jan Pieter`: the family name first."""
    if len(parts) == 2 and (body := turned(*parts)):
        return Name(body, body=True)
    family, suffix, given = parts[0], "", parts[-1]
    if len(parts) > 2:
        suffix, given = ", ".join(parts[1:-1]), parts[-1]
        if is_suffix(given) and not is_suffix(suffix):
            suffix, given = given, suffix
    words = words_of(family)
    if not suffix and len(words) > 1 and is_suffix(words[-1]):
        suffix = words.pop()
    prefix = _leading(words)
    names = words_of(given)
    after = _trailing(names)
    if after and not prefix:
        return Name(" ".join(words), " ".join(names), after, suffix, use_prefix=False)
    return Name(" ".join(words), given, prefix, suffix)


def _straight(words: list[str]) -> Name:
    """`Jan Pieter van der Berg Jr.`: the given names first."""
    if is_body(words):
        return Name(" ".join(words), body=True)
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1]) else ""
    small = [number for number, word in enumerate(words[:-1]) if _is_small(word)]
    first = next((n for n in small if n > 0 or not _all_small(words)), len(words) - 1)
    if first > 1 and words[first] in _CONNECTORS:
        return Name(" ".join(words[first - 1 :]), " ".join(words[: first - 1]), suffix=suffix)
    given, family = words[:first], words[first:]
    prefix = _leading(family)
    return Name(" ".join(family), " ".join(given), prefix, suffix)


def _all_small(words: list[str]) -> bool:
    return all(_is_small(word) for word in words)


def _leading(words: list[str]) -> str:
    """Take the particles that begin a family name off it; something of it stays."""
    count = 0
    while count < len(words) - 1 and _is_small(words[count]) and words[count] not in _CONNECTORS:
        count += 1
    particle = " ".join(words[:count])
    del words[:count]
    return particle


def _trailing(words: list[str]) -> str:
    """Take the particles that end the given names off them."""
    count = 0
    while count < len(words) - 1 and words[-1 - count].lower() == words[-1 - count] in _PARTICLES:
        count += 1
    particle = " ".join(words[len(words) - count :])
    del words[len(words) - count :]
    return particle


def _is_small(word: str) -> bool:
    """True for a word whose first letter is a small one; a word in braces is neither."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letter = next((sign for sign in plain(word) if sign.isupper() or sign.islower()), "")
    return letter.islower()


def words_of(item: str) -> list[str]:
    """The words of a name; white space inside braces does not part them."""
    words, depth, start = list[str](), 0, 0
    for match in re.finditer(r"(?<!\\)[{}]|(?<!\\)[\s~]+", item):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0:
            words.append(item[start : match.start()])
            start = match.end()
    return [word for word in [*words, item[start:]] if word]


def _extended(item: str) -> Name:
    """A name in biblatex's extended format: `family=Jia, given=Zhangke, prefix=…, useprefix=true`."""
    values: dict[str, str] = {}
    for part in _outside_quotes(item):
        if match := _EXTENDED_PART.match(part):
            values[match[1]] = match[2].strip().strip('"')
    family, given = values.get("family", ""), values.get("given", "")
    if east_asian(family + given):
        return Name(family + given, body=True)
    use = {"true": True, "false": False}.get(values.get("useprefix", ""))
    return Name(family, given, values.get("prefix", ""), values.get("suffix", ""), use_prefix=use)


def _outside_quotes(item: str) -> Iterator[str]:
    """The parts of `item` between commas that stand outside braces and quotes."""
    depth, start, quoted = 0, 0, False
    for match in re.finditer(r'(?<!\\)[{}",]', item):
        if match[0] == '"':
            quoted = not quoted
        elif match[0] != ",":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0 and not quoted:
            yield item[start : match.start()]
            start = match.end()
    yield item[start:]


def _whole(item: str) -> bool:
    """True when the first brace is closed by the last."""
    depth = 0
    for match in re.finditer(r"(?<!\\)[{}]", item):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end() == len(item)
    return False
