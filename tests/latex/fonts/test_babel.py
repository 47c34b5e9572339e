"""Languages: locales, hyphenation patterns, line breaking of East Asian text."""

from __future__ import annotations

import pytest

from fascicle.latex.fonts.babel import LOCALES, hyphenation, language_setup, locale
from fascicle.latex.fonts.pdftex import pdftex_languages

LATIN = set("abc")


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        *(("en-GB", "british"), ("en", "english"), ("en-US", "american"), ("en-IE", "british")),
        *(("de", "ngerman"), ("de-DE", "ngerman"), ("de-AT", "naustrian"), ("fr-CA", "french")),
        *(("pt-BR", "brazilian"), ("zh", "chinese-simplified"), ("zh-Hans", "chinese-simplified")),
        *(("zh-Hans-HK", "chinese-simplified"), ("zh-TW", "chinese-traditional"), ("no", "norsk")),
    ],
)
def test_locales(tag: str, name: str) -> None:
    found = locale(tag)
    assert found is not None
    assert LOCALES[found] == name


def test_a_language_that_babel_does_not_know() -> None:
    setup = language_setup("en-GB", {"tlh", "fr"}, LATIN)
    assert setup.unknown == {"tlh"}
    assert "fasciclesetlanguage{fr}{french}" in setup.preamble
    assert "tlh" not in setup.preamble


def test_the_main_language_alone() -> None:
    setup = language_setup("en-GB", (), LATIN)
    assert r"\babelprovide[import=en-GB,main]{british}" in setup.preamble
    assert "chinese" not in setup.preamble
    assert list(setup.files) == ["hyphenation-en-GB.txt"]


def test_american_patterns_are_in_the_format() -> None:
    assert not language_setup("en-US", (), LATIN).files


def test_han_breaks_without_markup() -> None:
    setup = language_setup("en-GB", (), {"户"})
    assert r"\babelprovide[import=zh-Hans,onchar=ids," in setup.preamble


def test_han_follows_the_texts_own_language() -> None:
    assert "[import=ja,onchar=ids," in language_setup("en-GB", {"ja"}, {"人"}).preamble
    assert "[import=zh-Hant,main,onchar=ids," in language_setup("zh-Hant", {"ja"}, {"人"}).preamble
    assert "[import=ja,onchar=ids," in language_setup("en-GB", (), {"人", "カ"}).preamble
    assert "[import=ko,onchar=ids," in language_setup("en-GB", (), {"한"}).preamble


def test_right_to_left_text_loads_what_orders_it() -> None:
    assert "[bidi=basic]{babel}" in language_setup("en-GB", (), {"ש"}).preamble
    assert "bidi" not in language_setup("en-GB", (), LATIN).preamble


@pytest.mark.parametrize("name", [name for name in LOCALES if hyphenation(name)])
def test_patterns_are_what_tex_reads(name: str) -> None:
    lines = (hyphenation(name) or "").splitlines()
    assert len(lines) > 100
    for line in lines:
        assert line.strip(".'’") != ""
        assert not set(line) & set("/=,%#\\{} \t")
        assert any(character.isdigit() for character in line)


def test_british_words_part_as_in_britain() -> None:
    patterns = set((hyphenation("en-GB") or "").splitlines())
    assert ".1ab" in patterns
    assert "UTF-8" not in patterns
    assert not any(line.startswith("LEFT") for line in patterns)


@pytest.mark.parametrize(
    ("tag", "table"),
    [
        ("fr", r"\setlocalecaption{french}{table}{Tableau}"),
        ("es-MX", "{table}{Tabla}"),
        ("pl", "{table}{Tabela}"),
    ],
)
def test_captions_have_the_word_that_the_text_refers_by(tag: str, table: str) -> None:
    assert table in language_setup(tag, (), LATIN).preamble
    assert table in pdftex_languages(tag, ()).preamble


def test_captions_in_english_and_in_languages_without_words_are_left_alone() -> None:
    for tag in ("en-GB", "en", "fi"):
        assert "setlocalecaption" not in language_setup(tag, (), LATIN).preamble
