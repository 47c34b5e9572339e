"""An alternative text is no part of what TeX prints, unless it is."""

from __future__ import annotations

import pytest

from fascicle.core.builtin_templates import builtin_folder
from fascicle.typeset.unprinted_source import printed

SHARED = (builtin_folder() / "shared/fascicle.tex").read_text()


def document(first: str, second: str) -> str:
    """A main file with two pictures and their alternative texts."""
    picture = "\\fasciclegraphics{0.5\\linewidth}{\\fasciclemaxheight}{%s}{figures/01-plate.png}\n"
    body = f"{picture % first}After.\n{picture % second}"
    return f"\\documentclass{{article}}\n{SHARED}\\begin{{document}}\n{body}\\end{{document}}\n"


ALT = document("A plate", "Another plate")


@pytest.mark.parametrize(
    "alt", ["", "A \\{ brace", "In {grey {and} black}", "\\textbackslash{}input", "50\\% \\\\"]
)
def test_another_alternative_text_changes_nothing(alt: str) -> None:
    assert printed(document(alt, "B")) == printed(ALT)
    assert printed(document("B", alt)) == printed(ALT)


def test_everything_else_is_a_change() -> None:
    for old, new in (
        ("0.5", "0.6"),
        ("01-plate", "02-plate"),
        ("After", "Afterwards"),
        ("maxheight}{", "textheight}{"),
    ):
        assert printed(ALT.replace(old, new)) != printed(ALT)


def test_a_line_more_is_a_change() -> None:
    """SyncTeX counts the lines."""
    assert printed(document("A\nplate", "B")) != printed(ALT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\\documentclass", "\\DocumentMetadata{tagging=on}\n\\documentclass"),
        ("\\begin{document}", "\\renewcommand\\fasciclegraphics[4]{#3}\n\\begin{document}"),
        ("\\begin{document}", "\\let\\mine\\fasciclegraphics\n\\begin{document}"),
        ("alt={#3}", "alt={#3},#3"),
        ("\\newcommand\\fasciclegraphics[4]{", "\\newcommand\\fasciclegraphics[4]{#3"),
    ],
)
def test_where_it_may_be_printed_it_counts(old: str, new: str) -> None:
    assert old in ALT
    tex = ALT.replace(old, new)
    assert printed(tex) == tex


def test_a_document_without_pictures_stays_as_it_is() -> None:
    for tex in ("", "Text.\n", f"{SHARED}\\begin{{document}}\nText.\n\\end{{document}}\n"):
        assert printed(tex) == tex
