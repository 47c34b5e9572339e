r"""Authors of a LaTeX text: `\author` as article, IEEEtran, acmart, elsarticle, revtex and authblk have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fascicle.importers.metadata.people import People
from fascicle.importers.reading import LATEX, SourceReader
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import plain

_HEAD = 200_000
"""Characters in which authors are looked for."""
_GROUP = r"\{((?:[^{}]++|\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\})*+)\}"
_AUTHOR = re.compile(rf"\\author\s*(?:\[([^\]]*)\])?\s*{_GROUP}")
_AFFILIATION = re.compile(
    rf"\\(?:affil|affiliation|address|institute|icmlaffiliation)\s*(?:\[([^\[\]]*+)\])?\s*{_GROUP}"
)
_ORCID = re.compile(r"(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_DROPPED = re.compile(
    rf"\\(?:thanks|footnote|footnotemark|textsuperscript|inst|IEEEauthorrefmark|orcidlink|orcidID|orcid|fnref|corref|"
    rf"thanksref|tnoteref|vspace\*?|hspace\*?|email|href|url|texttt|sup)\s*(?:\[[^\]]*\])?{_GROUP}(?:{_GROUP})?"
)
_PARTED = re.compile(r"\\(?:and|And|AND|quad|qquad)\b")
_WEAK = re.compile(r"\s*(?:,\s*and\s+|,\s*(?![IVJS]{1,3}r?\.?(?:\W|$))|\s+and\s+|\s*&\s*)")


def authors_of(
    text: str, reader: SourceReader, report: Report
) -> tuple[list[dict[str, Any]], dict[str, dict[str, str]]]:
    """The authors and their institutions."""
    people = People(report)
    begin = max(text.find("\\begin{document}"), 0)
    heading = re.compile(r"\\(?:chapter|section)\s*[*{[]").search(text, begin)
    head = text[: min(heading.start() if heading else begin + 60_000, _HEAD)]
    given: list[dict[str, Any]] = []
    for mark, name in _places(head):
        words = _words(
            re.sub(r"(?:organization|city|country|postcode|addressline|state)\s*=\s*", "", name), reader
        )
        people.institutions(
            [{"name": words.replace("{", "").replace("}", ""), "id": mark or words}]
        ) if words else None
    matches = list(_AUTHOR.finditer(head))
    for number, found in enumerate(matches):
        end = matches[number + 1].start() if number + 1 < len(matches) else found.end() + 2000
        given += _named(found[1] or "", found[2], head[found.end() : end], reader, several=len(matches) == 1)
    return people.authors(given), people.affiliations


def _places(head: str) -> Iterator[tuple[str, str]]:
    r"""Each institution with its mark; those that one command parts by `\and` are counted."""
    for mark, name in _AFFILIATION.findall(head):
        parts = re.split(r"\\and\b", name)
        yield from (
            ((mark, name),) if len(parts) == 1 else ((str(n), part) for n, part in enumerate(parts, start=1))
        )


def _named(
    marks: str, inner: str, after: str, reader: SourceReader, *, several: bool
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for part in _PARTED.split(inner):
        if blocked := re.search(r"\\IEEEauthorblockN\s*" + _GROUP, part):
            place = re.search(r"\\IEEEauthorblockA\s*" + _GROUP, part)
            part = blocked[1] + (rf"\\{place[1]}" if place else "")
        lines = [line for line in re.split(r"\\\\(?:\[[^\]]*\])?|\\newline", part) if line.strip()]
        if not lines:
            continue
        orcid = _ORCID.search(lines[0]) or (_ORCID.search(after) if not several else None)
        refs = re.findall(
            r"\\(?:inst|textsuperscript|IEEEauthorrefmark|sup)\s*\{([^{}]*)\}|\$\^\{?([^}$]*)\}?\$", lines[0]
        )
        first = _words(re.sub(r"\$[^$]*\$", "", _DROPPED.sub("", lines[0])), reader)
        names = [name for name in _WEAK.split(first) if name.strip()] if several or "," in first else [first]
        places = [_words(_DROPPED.sub("", line), reader) for line in lines[1:] if "@" not in line]
        places = [place.strip(" ,.") for place in places if place.strip(" ,.")] or _of_acmart(after, reader)
        for name in names:
            author: dict[str, Any] = {"name": name.strip()}
            if orcid and len(names) == 1:
                author["orcid"] = orcid[1]
            keys = marks or ",".join(one or two for one, two in refs)
            if keys and not places:
                author["affiliation"] = keys
            elif places and len(" ".join(places)) < 250:
                author["affiliation"] = ", ".join(places)
            made.append(author)
    return made


def _of_acmart(after: str, reader: SourceReader) -> list[str]:
    """The institution that acmart has in parts after each author."""
    found = re.search(r"\\affiliation\s*" + _GROUP, after)
    parts = (
        re.findall(r"\\(?:department|institution|city|state|country)\s*" + _GROUP, found[1]) if found else []
    )
    return [words for part in parts if (words := _words(part, reader))]


def _words(text: str, reader: SourceReader) -> str:
    if not re.search(r"[\\{}$~]", text):
        return " ".join(text.split())
    return " ".join(plain(reader.piece(text, LATEX)).split())
