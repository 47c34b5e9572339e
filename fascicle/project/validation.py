"""Holds YAML to the model: every problem at once, each at its line, in words that name what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import MOST_HINTS, Collector, Span
from fascicle.core.model import Places, PublicationData, SectionData
from fascicle.core.suggestions import did_you_mean, get_close_matches
from fascicle.core.text.person_names import family_and_given
from fascicle.core.text.yaml_lines import authors_line, list_line, quoted
from fascicle.project.edition_keys import edition_hint
from fascicle.project.model_paths import choices_at, keys_at
from fascicle.project.yaml_reader import KeyPath, Located, Value

M = TypeVar("M", bound=BaseModel)

_KINDS: Mapping[str, str] = {
    "string_type": "must be a text",
    "tuple_type": "must be a list, one item a line after '- '",
    "list_type": "must be a list, one item a line after '- '",
    "model_type": "must be keys with values, not a single text",
    "model_attributes_type": "must be keys with values, not a single text",
    "dict_type": "must be keys with values",
    "mapping_type": "must be keys with values",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "float_parsing": "must be a number",
    "date_type": "must be a date such as 2026-11-23",
    "string_too_short": "must not be empty",
    "too_short": "must have at least one item",
}
_STAND_INS: Mapping[str, Any] = {
    "title": "Untitled",
    "authors": [{"literal": "Unknown"}],
    "permission": "own",
    "name": "Unknown",
    "text": "Unknown",
    "funder": "Unknown",
}
_PATTERNS: Mapping[str, str] = {
    "email": "must be an e-mail address such as name@example.org",
    "url": "must be a web address that begins with https://",
    "size": "must be a width and a height such as 150x100mm",
    **dict.fromkeys(("bleed", "margin", "gutter"), "must be a length with its unit, such as 3mm or 0.125in"),
    "gutter-by-pages": "must give a length with its unit, such as 0.5in, for each number of pages",
    "id": "must begin with a letter and hold letters, digits, '.', ':', '_' and '-' alone",
}


def validate(
    model: type[M], located: Located, file: str, problems: Collector, first_line: int = 1
) -> M | None:
    """The validated model; problems are told at their places, and what is wrong is left out if it can be.

    Returns None only when nothing of use can be made, so that later steps find their problems too.
    """
    value = _without_nulls(located.value)
    if value is None:
        value = {}
    if not isinstance(value, dict):
        span = located.spans.get((), Span(file, first_line))
        problems.add(Code.WRONG_VALUE, f"{file} must hold keys with values, such as 'title: …'", span)
        return None
    for attempt in range(5):
        try:
            return model.model_validate(value)
        except ValidationError as error:
            errors = error.errors()
        if located.broken:
            problems = Collector()  # the syntax error has been told; what it hides is not missing
        meant = _meant(model, errors)
        for details in errors:
            # Later attempts judge what the first one left; only rules over whole records are news there.
            news = attempt == 0 or details["type"] == "value_error"
            if news and tuple(details["loc"]) not in meant and not _follows(details, errors):
                _report(model, details, located, Span(file, first_line), problems)
        for details in reversed(errors):
            if _follows(details, errors):
                continue  # a stand-in would hide what is wrong with the items
            _remove(value, _real_path(details["loc"]), known=details["type"] != "extra_forbidden")
    return None


def places(located: Located, file: str) -> Places:
    """Where the values of a YAML file stand."""
    return Places(file=file, spans=located.spans)


_AUTHOR = "write 'family: …' and under it 'given: …', or 'literal: …' for a body or a person of one name"


_OF_THE_WHOLE = (
    "subtitle",
    "abstract",
    "keywords",
    "language",
    "date",
    "license",
    "bibliography",
    "affiliations",
)
"""Keys of content/publication.yaml that other programs have in the text's own file."""
_NAMED_OTHERWISE = {
    "author": "authors",
    "tags": "keywords",
    "lang": "language",
    "csl": "citation-style",
    "licence": "license",
}
_OF_OTHERS = frozenset(
    {
        "output",
        "format",
        "execute",
        "jupyter",
        "engine",
        "toc",
        "documentclass",
        "geometry",
        "filters",
        "knit",
    }
)
"""Keys by which other programs are told what to make."""


def _name_hint(name: object) -> str:
    """What to write for an author who is given by the whole name."""
    if not isinstance(name, str) or not name.strip():
        return _AUTHOR
    family, given = family_and_given(name)
    return (
        f"write 'family: {family}' and under it 'given: {given}'" if given else f"write 'literal: {family}'"
    )


def _elsewhere(model: type[BaseModel], key: str) -> str:
    """Where a key of a section belongs that is known in the front matter of other programs; empty for others."""
    if model is not SectionData:
        return ""
    if key in _OF_OTHERS:
        return "this is the front matter of another program: `fascicle import` with the file's name makes a publication of it"
    whole = _NAMED_OTHERWISE.get(key, key if key in _OF_THE_WHOLE else "")
    return f"write {whole}: into content/publication.yaml, which speaks for the whole text" if whole else ""


def _of_an_edition(model: type[BaseModel], path: KeyPath, value: object) -> str:
    """Where a key of the publication belongs that is an edition's; empty for others."""
    return edition_hint(str(path[0]), value) if model is PublicationData and len(path) == 1 else ""


def _without_nulls(value: Value) -> Value:
    """A key without a value counts as not given."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value


def _follows(details: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """True for a list that is too short only because its items are wrong."""
    path = details["loc"]
    return details["type"] == "too_short" and any(
        len(other["loc"]) > len(path) and other["loc"][: len(path)] == path for other in errors
    )


def _meant(model: type[BaseModel], errors: list[ErrorDetails]) -> set[KeyPath]:
    """Paths of missing keys that a misspelt key beside them was meant to be."""
    found: set[KeyPath] = set()
    unknown = (details for details in errors if details["type"] == "extra_forbidden")
    for details in islice(unknown, MOST_HINTS):
        *parent, key = details["loc"]
        near = get_close_matches(str(key), keys_at(model, tuple(parent)), n=1, cutoff=0.6)
        found.update((*parent, name) for name in near)
    return found


def _remove(value: Any, path: KeyPath, *, known: bool) -> None:
    """Take the value at `path` out, so that the rest can be validated again.

    What must be there gets a stand-in; a key that is not known goes.
    """
    for step in path[:-1]:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return
    last = path[-1] if path else ""
    if not known and isinstance(value, dict) and "authors" in path and last == "name" in value:
        value["literal"] = str(value.pop("name"))  # or the author would count as one without a name
    elif known and isinstance(value, dict) and last in _STAND_INS:
        value[str(last)] = _STAND_INS[str(last)]
    elif isinstance(value, dict):
        value.pop(str(last), None)
    elif isinstance(value, list) and isinstance(last, int) and last < len(value):
        del value[last]


def _report(
    model: type[BaseModel], details: ErrorDetails, located: Located, whole: Span, problems: Collector
) -> None:
    path = _real_path(details["loc"])
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    kind = details["type"]
    if kind == "extra_forbidden":
        named = key == "name" and "authors" in path
        hints = [_name_hint(details["input"])] if named else []
        if not named and problems.wants_hint(Code.UNKNOWN_KEY):
            found = (
                _elsewhere(model, key)
                or _of_an_edition(model, path, details["input"])
                or _line_meant(path, details["input"])
            )
            hints = [found or did_you_mean(key, keys_at(model, path[:-1]))]
        problems.add(Code.UNKNOWN_KEY, f"unknown key '{key}'", located.keys.get(path, whole), *hints)
    elif kind == "missing":
        span = _around(located, path[:-1], whole)
        problems.add(Code.MISSING_KEY, f"the key '{key}' is missing", span, f"add a line '{key}: …'")
    elif kind == "enum":
        allowed = choices_at(model, path)
        given = str(details["input"])
        span = located.spans.get(path, whole)
        problems.add(
            Code.WRONG_VALUE, f"'{given}' is not a value of '{key}'", span, did_you_mean(given, allowed)
        )
    else:
        _report_value(model, path, details, located, whole, problems)


def _report_value(
    model: type[BaseModel],
    path: KeyPath,
    details: ErrorDetails,
    located: Located,
    whole: Span,
    problems: Collector,
) -> None:
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "the file")
    span = located.spans.get(path) or _around(located, path, whole)
    if details["type"] == "value_error":
        reason = str(details["ctx"]["error"])
        given = f"'{details['input']}' " if isinstance(details["input"], str) else ""
        problems.add(Code.WRONG_VALUE, f"{given}cannot be used for '{name}': {reason}", span)
    elif details["type"] == "string_pattern_mismatch":
        known = next((str(step) for step in reversed(path) if step in _PATTERNS), name)
        reason = _PATTERNS.get(known, "is not written as it must be")
        problems.add(Code.WRONG_VALUE, f"'{known}' {reason}", span)
    else:
        reason = _KINDS.get(details["type"]) or details["msg"].lower()
        hints = _keys_hint(model, path, details["input"]) if details["type"] == "model_type" else ()
        if details["type"] in ("tuple_type", "list_type") and (line := _list_meant(path, details["input"])):
            hints = (f"write {line}",)
        problems.add(Code.WRONG_VALUE, f"'{name}' {reason}", span, *hints)


def _keys_hint(model: type[BaseModel], path: KeyPath, given: object) -> tuple[str, ...]:
    """What to write where a single text stands in the place of keys."""
    if "authors" in path:
        return (_name_hint(given),)
    known = keys_at(model, path)
    return (f"write them under it, indented: {', '.join(f'{key}: …' for key in known[:4])}",) if known else ()


def _list_meant(path: KeyPath, given: object) -> str:
    """The line to write where a single text stands in the place of a list."""
    if path == ("authors",):
        return authors_line(given)
    key = path[-1] if path else ""
    return list_line(key, given) if isinstance(key, str) and isinstance(given, str) else ""


def _line_meant(path: KeyPath, given: object) -> str:
    """The line to write for a key that other programs have, of authors and where they work; empty for others."""
    if path == ("author",) and (line := authors_line(given)):
        return f"write {line}"
    if len(path) == 3 and path[0] == "authors" and path[2] in ("affiliation", "institution", "institute"):
        where = given if isinstance(given, str) else "University of Utrecht"
        name = quoted(where)
        return f"write affiliations: [home] here, and at the left margin affiliations: {{home: {{name: {name}}}}}"
    return ""


def _real_path(path: KeyPath) -> KeyPath:
    """Pydantic adds the step '[key]' where a mapping's key itself is wrong; the file knows no such step."""
    return tuple(step for step in path if step != "[key]")


def _around(located: Located, path: KeyPath, whole: Span) -> Span:
    """The key that holds `path`, or the nearest around it."""
    while path:
        if path in located.keys:
            return located.keys[path]
        if path in located.spans:
            return located.spans[path]
        path = path[:-1]
    return whole
