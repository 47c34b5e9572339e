"""What pdfLaTeX prints, which most journals run."""

from __future__ import annotations

from fascicle.latex.fonts.pdftex import pdftex_fonts


def test_the_signs_that_every_author_types_are_printed() -> None:
    assert pdftex_fonts("“‘…’” – — « » „ ‚ § † • · ° é ñ ß \u00a0 \u00ad").missing == frozenset()


def test_scripts_without_fonts_are_missing() -> None:
    assert pdftex_fonts("a中Жבφ").missing == frozenset("בφ")


def test_capitals_of_what_is_written_are_declared_too() -> None:
    """Classes print names and headings in capitals, which the text need not hold."""
    setup = pdftex_fonts("жǚ")
    assert r"{0416}{\fasciclecyrillic{\CYRZH}}" in setup.preamble
    assert "{01D9}" in setup.preamble
    assert pdftex_fonts("ǰ").missing == frozenset()
