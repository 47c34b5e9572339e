"""Scripts that need shaping: who prints them, and what to install where nobody does."""

from __future__ import annotations

import pytest

from fascicle.latex.fonts import scripts
from fascicle.latex.fonts.babel import language_setup
from fascicle.latex.fonts.fonts import _printer, font_setup
from fascicle.latex.fonts.scripts import font_of, hint_for, is_leftward, script_of


@pytest.fixture(autouse=True)
def _fresh() -> None:
    _printer.cache_clear()


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("ك", "Arabic"), ("ﻙ", "Arabic"), ("ש", "Hebrew"), ("ܐ", "Syriac"), ("न", "Devanagari"), ("ব", "Bengali"),
        ("த", "Tamil"), ("ภ", "Thai"), ("አ", "Ethiopic"), ("ⲧ", "Coptic"), ("a", None), ("я", None), ("影", None), ("1", None),
    ],
)  # fmt: skip
def test_scripts_of_characters(char: str, name: str | None) -> None:
    script = script_of(char)
    assert (script.name if script else None) == name
    assert is_leftward(char) == (name in ("Arabic", "Hebrew", "Syriac"))


def test_the_best_font_that_is_there_prints_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf", "NotoSerifThai-Regular.ttf"}
    monkeypatch.setattr(scripts, "_installed", lambda: frozenset(there))
    arabic, thai = script_of("ك"), script_of("ภ")
    assert arabic is not None
    assert thai is not None
    assert font_of(arabic, bold=True) == "NotoNaskhArabic-Bold.ttf"
    assert font_of(thai, bold=True) is None
    setup = font_setup("كتاب", "en")
    assert "[NotoNaskhArabic-Regular.ttf]:mode=harf;script=arab;" in setup.preamble
    assert "['LinLibertine_RB.otf']={'[NotoNaskhArabic-Bold.ttf]:mode=harf;script=arab;'" in setup.preamble
    assert not setup.missing


def test_arabic_is_shaped_without_a_font_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "_installed", frozenset)
    setup = font_setup("كتاب", "en")
    assert "[DejaVuSans.ttf]:mode=harf;script=arab;" in setup.preamble
    assert not setup.missing


def test_what_is_missing_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "_installed", frozenset)
    assert font_setup("नम a", "en").missing == {"न", "म"}
    assert hint_for("नम") == "install fonts-noto-core (Debian's packages), which print Devanagari"
    assert hint_for("影") is None


def test_a_text_from_right_to_left_is_ordered() -> None:
    quoted = language_setup("en-GB", ["ar"], "كتاب and")
    assert r"\usepackage[bidi=basic]{babel}" in quoted.preamble
    assert r"\babelprovide[import=ar]{arabic}" in quoted.preamble
    whole = language_setup("he", [], "ספר")
    assert (
        r"\usepackage[bidi=basic,layout=sectioning.lists.tabular.footnotes.captions.graphics]{babel}"
        in whole.preamble
    )
    assert r"\babelprovide[import=he,main]{hebrew}" in whole.preamble
    assert "bidi" not in language_setup("en-GB", [], "abc").preamble
