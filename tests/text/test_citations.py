"""Citations as LaTeX: every form in every style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from fascicle.model import CitationStyle
from fascicle.text.styles import HEADINGS, STYLES, heading, spoken, style_setup
from fascicle.text.styles.words import FILMS, LOCATORS
from tests.text import citing

CASES = yaml.safe_load((citing.FIXTURES / "commands.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["cite"]) for case in CASES])
def test_every_form_in_every_style(case: dict[str, str]) -> None:
    printed = {style.value: citing.cite(case["cite"], style) for style in CitationStyle}
    assert printed == {name: latex for name, latex in case.items() if name != "cite"}


@pytest.mark.parametrize(
    ("source", "language", "expected"),
    [
        ("[@a, ch. 3]", "de", r"\parencite[{Kap.~3}]{a}"),
        ("[@a, fig. 3]", "fr", r"\parencite[{fig.~3}]{a}"),
        ("[@a, fig. 3]", "de-AT", r"\parencite[{Abb.~3}]{a}"),
        ("[@a, fig. 3]", "sv", r"\parencite[{fig.~3}]{a}"),
    ],
)
def test_locator_labels_follow_the_language(source: str, language: str, expected: str) -> None:
    assert citing.cite(source, CitationStyle.AUTHORYEAR, language) == expected


@pytest.mark.parametrize("style", list(CitationStyle))
def test_each_style_has_its_package_and_heading(style: CitationStyle) -> None:
    text = style_setup(style, "en-GB").setup
    assert f"]{{{STYLES[style].package}}}" in style_setup(style, "en-GB").package
    assert text.count(r"\makeatletter") == text.count(r"\makeatother") == 1
    assert heading(style, "en-GB") in ("References", "Works Cited", "Bibliography")


def test_headings_and_words_of_other_languages() -> None:
    assert heading(CitationStyle.APA, "zh-TW") == "參考文獻"
    assert heading(CitationStyle.MLA, "de-CH") == "Zitierte Werke"
    assert heading(CitationStyle.NUMERIC, "eo") == "References"
    assert r"{réal.}" in style_setup(CitationStyle.AUTHORYEAR, "fr-CA").setup


def test_styles_speak_english_where_they_have_no_other_words() -> None:
    assert spoken(CitationStyle.MLA, "de") == "en"
    assert spoken(CitationStyle.CHICAGO_NOTES, "it") == "en"
    assert spoken(CitationStyle.CHICAGO_NOTES, "de-CH") == "de-CH"
    assert "{english-mla}" in style_setup(CitationStyle.MLA, "de").setup
    assert "DeclareLanguageMapping" not in style_setup(CitationStyle.APA, "de").setup


def test_every_language_of_words_is_complete() -> None:
    languages = set(FILMS["standard"])
    assert all(set(table) == languages for table in FILMS.values())
    assert all(set(table) == languages for table in HEADINGS.values())
    assert all(set(table) == set(LOCATORS["en"]) for table in LOCATORS.values())


def test_the_documented_entries_are_what_the_styles_print(root: Path) -> None:
    shown = re.findall(
        r"^    ([a-z-]+) {2,}(\S.*)$", (root / "docs" / "bibliography.md").read_text("utf-8"), re.M
    )
    assert len(shown) == 2 * len(CitationStyle)
    for style, entry in shown:
        assert any(line.endswith(entry) for line in citing.expected(style)), f"{style}: {entry}"


def test_the_documented_citations_are_what_the_styles_print(root: Path) -> None:
    rows = re.findall(
        r"^\| ([a-z-]+) \| (.+) \|$", (root / "docs" / "bibliography.md").read_text("utf-8"), re.M
    )
    checked = 0
    for style, cells in rows:
        if style in set(CitationStyle) and style != "chicago-notes" and cells.count(" | ") == 3:
            normal, narrative, suppressed, listed = cells.replace("*", "").split(" | ")
            lines = citing.expected(style)
            assert [f"C2: {normal}", f"C5: {narrative}", f"C9: {suppressed}"] == [
                lines[1],
                lines[4],
                lines[8],
            ]
            assert listed == heading(CitationStyle(style), "en")
            checked += 1
    assert checked == len(CitationStyle) - 1
