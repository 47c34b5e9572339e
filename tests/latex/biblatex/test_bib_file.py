"""The .bib file that we write: cited entries alone, complete, escaped, as each style wants them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fascicle.core.diagnostics import Collector, Severity
from fascicle.core.model import CitationStyle
from fascicle.latex.biblatex import bib_text
from fascicle.latex.biblatex.bib_file import check_style, write_bib
from fascicle.project.bibliography.library import Bibliography
from fascicle.project.bibliography.parser import BibFile
from tests.support import citing

CASES = yaml.safe_load((citing.FIXTURES / "written.yaml").read_text("utf-8"))


def bibliography(text: str) -> Bibliography:
    problems = Collector()
    entries = {entry.key: entry for entry in BibFile(text, "t.bib", {}, problems).entries()}
    assert not list(problems)
    aliases = {entry.text("ids"): key for key, entry in entries.items() if entry.text("ids")}
    return Bibliography(entries, ("t.bib",), aliases)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["title"]) for case in CASES])
def test_written(case: dict[str, Any]) -> None:
    style = CitationStyle(case.get("style", "chicago-author-date"))
    assert write_bib(bibliography(case["input"]), case["cited"], style, "en-GB") == case["expected"]


def test_the_same_input_gives_the_same_file(root: Path) -> None:
    first, second = (citing.library(root, Collector()) for _ in range(2))
    for style in CitationStyle:
        assert write_bib(first, first.entries, style, "en") == write_bib(second, first.entries, style, "en")


def test_what_is_written_can_be_read_again(root: Path) -> None:
    whole = citing.library(root, Collector())
    for style in CitationStyle:
        again = bibliography(write_bib(whole, whole.entries, style, "en"))
        assert list(again.entries) == list(whole.entries)


def test_types_without_a_form_are_told() -> None:
    problems = Collector()
    entries = bibliography("@performance{a, title = {T}}\n@letter{b, title = {U}}\n@book{c, title = {V}}")
    check_style(entries, ["a", "b", "c"], CitationStyle.AUTHORYEAR, problems)
    (found,) = problems
    assert (found.severity, str(found.span)) == (Severity.WARNING, "t.bib:1:1")
    check_style(entries, ["a", "b", "c"], CitationStyle.CHICAGO_NOTES, problems)
    assert len(problems) == 1


def test_transliteration_heads_no_entry_where_readers_know_the_script() -> None:
    entries = bibliography("@movie{a, title = {小城之春}, transliteration = {Xiaocheng zhi chun}}")
    assert "title = {小城之春}" in write_bib(entries, ["a"], CitationStyle.APA, "zh")
    assert "title = {{Xiaocheng zhi chun}}" in write_bib(entries, ["a"], CitationStyle.APA, "fr")


COMMANDS = re.compile(r"\\(?:text[a-z]+\{\}|mkbib[a-z]+|fascicle[a-z]+|textsc|textup|[&%$#_-]|ppno|pno)")


@given(st.text(max_size=60))
def test_any_plain_text_stays_text(text: str) -> None:
    r"""No character is left that TeX or BibTeX would act on; every brace is closed."""
    written = bib_text.characters(text)
    rest = COMMANDS.sub("", re.sub(r"\\fascicle(?:fixed)?space\{[.\d]+em\}", "", written))
    assert not re.search(r"[\\$&#%^_\"]", rest)
    assert rest.count("{") == rest.count("}")


@given(st.text(alphabet="abC {}\\\"'`$&#~^_=,@\n-é贾emphtxi", max_size=80))
def test_any_field_is_written_with_closed_braces(value: str) -> None:
    written = re.sub(r"(?<!\\)\$.*?(?<!\\)\$", "", bib_text.field(value))  # without formulas
    depth = 0
    for brace in re.findall(r"[{}]", written):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
    assert set(re.findall(r"\\([a-zA-Z]+)", written)) <= {
        "mkbibemph", "mkbibbold", "textsc", "mkbibsuperscript", "mkbibsubscript", "textup", "mkbibquote",
        "textquotedbl", "textquotesingle", "textasciigrave", "textbackslash", "textasciicircum", "textasciitilde",
        "textbraceleft", "textbraceright", "fasciclefixedspace",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "written"),
    [("german", "ngerman"), ("de-AT", "ngerman"), ("ngerman", "ngerman"), ("French", "french"), ("ca", "catalan"), ("Klingon", "")],
)  # fmt: skip
def test_a_language_is_known_by_all_its_names_so_that_apa_keeps_its_capitals(
    stated: str, written: str
) -> None:
    entry = f"@book{{a, title = {{Stimme und Film}}, langid = {{{stated}}}}}"
    found = write_bib(bibliography(entry), ["a"], CitationStyle.APA, "en")
    assert re.findall(r"langid = \{(.*)\}", found) == ([written] if written else [])


def test_newspapers_have_a_day_in_apa() -> None:
    entry = "@article{a, title = {News}, date = {1977-03-21}, entrysubtype = {newspaper}}"
    for style in (CitationStyle.APA, CitationStyle.CHICAGO_NOTES):
        word = "nonacademic" if style is CitationStyle.APA else "newspaper"
        assert f"entrysubtype = {{{word}}}" in write_bib(bibliography(entry), ["a"], style, "en")
