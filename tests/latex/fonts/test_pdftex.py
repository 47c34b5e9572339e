"""What pdfLaTeX prints, which most journals run."""

from __future__ import annotations

from fascicle.latex.fonts.pdftex import pdftex_fonts


def test_the_signs_that_every_author_types_are_printed() -> None:
    assert pdftex_fonts("“‘…’” – — « » „ ‚ § † • · ° é ñ ß \u00a0 \u00ad").missing == frozenset()


def test_scripts_without_fonts_are_missing() -> None:
    assert pdftex_fonts("a中Жבφ").missing == frozenset("בφ")
