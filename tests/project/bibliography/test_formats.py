"""Bibliographies as people have them: untidy BibTeX, CSL-JSON, CSL-YAML and RIS, and files made to stop the reader."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from fascicle.core.diagnostics import Collector, Severity
from fascicle.project.bibliography.datamodel import NAME_FIELDS
from fascicle.project.bibliography.entry import BibEntry
from fascicle.project.bibliography.fields.markup import plain
from fascicle.project.bibliography.library import Bibliography, check, read_bibliography, resolved
from fascicle.project.bibliography.names import read_names, split
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources

FIXTURES = Path(__file__).parent / "fixtures"
CASES: list[dict[str, Any]] = [
    case
    for name in ("understood", "formats")
    for case in yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))
]


def read(folder: Path, name: str, text: str) -> tuple[Bibliography, Collector]:
    """One file read and all of its entries checked."""
    (folder / name).write_text(text, encoding="utf-8")
    problems = Collector()
    found = read_bibliography(Sources(folder), [(name, None)], problems)
    check(found, found.entries, problems)
    return found, problems


def _shown(entry: BibEntry, name: str) -> str:
    if name == "type":
        return entry.type
    if name.endswith(" as typed"):
        return entry.text(name.removesuffix(" as typed"))
    if name not in NAME_FIELDS:
        return entry.text(name) if name in {"url", "ids"} else plain(entry.text(name))
    found = read_names(entry, name)
    people = [
        f"{{{plain(one.family)}}}" if one.body else f"{one.given}|{one.prefix}|{one.family}|{one.suffix}"
        for one in found.names
    ]
    return "; ".join([*people, *(["others"] if found.others else [])])


@pytest.mark.parametrize("case", [pytest.param(case, id=case["title"]) for case in CASES])
def test_what_is_understood(case: dict[str, Any], tmp_path: Path) -> None:
    bibliography, problems = read(tmp_path, case.get("file", "t.bib"), case["input"])
    entries = {key: resolved(bibliography, key) for key in bibliography.entries}
    assert entries.keys() == case["as"].keys()
    for key, expected in case["as"].items():
        assert {name: _shown(entries[key], name) for name in expected} == expected
    reported = [
        f"{one.span.line}:{one.span.column} {one.code.value}" for one in problems.sorted() if one.span
    ]
    assert reported == case.get("told", [])


def test_a_publisher_with_an_and_is_one(tmp_path: Path) -> None:
    text = json.dumps([{"id": "a", "type": "book", "title": "T", "publisher": "Faber and Faber"}])
    bibliography, _ = read(tmp_path, "t.json", text)
    assert len(list(split(bibliography.entries["a"].text("publisher")))) == 1


def test_an_undated_work_has_neither_date_nor_year(tmp_path: Path) -> None:
    bibliography, _ = read(
        tmp_path, "t.bib", "@book{a, title = {T}, author = {A, B}, year = {n.d.}, month = 3}"
    )
    assert not resolved(bibliography, "a").fields.keys() & {"date", "year", "month", "pubstate"}


def test_a_broken_entry_is_an_error_for_those_who_cite_it(tmp_path: Path) -> None:
    bibliography, problems = read(
        tmp_path, "t.bib", "@book{a, title = {B\n\n@book{b, title = {C}, author = {A}, date = {2001}}"
    )
    assert [(one.code.value, one.severity) for one in problems] == [("bib-syntax", Severity.WARNING)]
    problems = Collector()
    check(bibliography, ["a", "b"], problems)
    assert [(one.code.value, one.severity) for one in problems] == [("bib-syntax", Severity.ERROR)]


def test_every_file_of_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "bib").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content/publication.yaml").write_text(
        "title: T\nauthors: [{given: A, family: B}]\nlanguage: en-GB\n"
    )
    (tmp_path / "content/01.md").write_text("---\ntitle: One\n---\n\nText.\n")
    (tmp_path / "bib/a.bib").write_text("@book{a, title = {T}}")
    (tmp_path / "bib/b.json").write_text(json.dumps([{"id": "b", "type": "book", "title": "T"}]))
    (tmp_path / "bib/c.yaml").write_text("- id: c\n  type: book\n  title: T\n")
    (tmp_path / "bib/d.ris").write_text("TY  - BOOK\nID  - d\nTI  - T\nER  -\n")
    publication = read_publication(Sources(tmp_path), Collector())
    assert publication
    assert sorted(publication.bibliography.entries) == ["a", "b", "c", "d"]


def test_a_bibliography_in_the_wrong_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/publication.yaml").write_text(
        "title: T\nauthors: [{given: A, family: B}]\nlanguage: en-GB\n"
    )
    (tmp_path / "content/01.md").write_text("---\ntitle: One\n---\n\nText.\n")
    (tmp_path / "references.bib").write_text("@book{a, title = {T}}")
    problems = Collector()
    assert read_publication(Sources(tmp_path), problems)
    (reported,) = [one for one in problems if one.code.value == "stray-bibliography"]
    assert "bibliography: [references.bib]" in reported.hints[0]


_XDATA = "\n".join(
    f"@xdata{{x{n}, xdata = {{x{n + 1}, y{n + 1}}}}}\n@xdata{{y{n}, xdata = {{x{n + 1}, y{n + 1}}}}}"
    for n in range(40)
)
_CHAIN = "\n".join(f"@xdata{{x{n}, xdata = {{x{n + 1}}}}}" for n in range(5000))
_STRINGS = "@string{s0 = {ha}}\n" + "\n".join(f"@string{{s{n + 1} = s{n} # s{n}}}" for n in range(30))
HOSTILE = {
    "xdata that doubles": f"{_XDATA}\n@book{{a, xdata = {{x0}}}}",
    "a chain of parents": f"{_CHAIN}\n@book{{a, xdata = {{x0}}}}",
    "strings that double": f"{_STRINGS}\n@book{{a, title = s30}}",
    "deep braces": f"@book{{a, title = {{{'{' * 50_000}x{'}' * 50_000}}}}}",
    "deep commands": f"@book{{a, title = {{{chr(92) + 'emph{'}{(chr(92) + 'emph{') * 50_000}x{'}' * 50_001}}}}}",
    "accents upon accents": "@book{a, title = {" + r"\'" * 50_000 + "}}",
    "formulas that never end": "@book{a, title = {" + r"\( " * 60_000 + "}}",
    "percent signs": "@book{a, title = {" + "%x " * 60_000 + "}}",
    "commands that are not known": "@book{a, title = {" + r"\foo " * 60_000 + "}}",
    "tags that never close": "@book{a, title = {" + "<i>" * 60_000 + "}}",
    "many people": "@book{a, author = {" + " and ".join(["Doe, Jane"] * 20_000) + "}}",
    "commas": "@book{a, author = {" + "a," * 60_000 + "}}",
    "entries that are never closed": "\n".join(f"@book{{k{n}, title = {{" for n in range(20_000)),
    "entries on one line that are never closed": "@a{" * 60_000,
    "spaces after the at": "@" + " " * 200_000 + "x",
    "spaces in a key": "@book{a" + " " * 200_000 + "b, title = {T}}",
    "nested JSON": "[" * 100_000,
    "a number without end": '[{"id": ' + "1" * 100_000 + ', "type": "book"}]',
}
"""Files that would take for ever, or all the memory, or Python's stack."""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read_in_time(name: str, tmp_path: Path) -> None:
    file = "t.json" if HOSTILE[name].startswith("[") else "t.bib"
    started = time.process_time()
    bibliography, _ = read(tmp_path, file, HOSTILE[name])
    for key in list(bibliography.entries)[-1:]:
        assert len(resolved(bibliography, key).text("title")) < 1_000_000
    assert time.process_time() - started < 20


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "t.bib").open("wb") as stream:
        stream.truncate(20_000_000_000)
    problems = Collector()
    assert not read_bibliography(Sources(tmp_path), [("t.bib", None)], problems).entries
    assert [one.code.value for one in problems] == ["bib-too-large"]
