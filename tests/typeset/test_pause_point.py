"""Lines at which an engine waits: where they are, and that the engine's command is one that TeX can read."""

from __future__ import annotations

import pytest

from fascicle.typeset import pause_point
from fascicle.typeset.passes import structure


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        ("\\documentclass{article}\n\\begin{document}\n", 2),
        ("\\begin {document}\n", 1),
        ("a\nb\n  \\begin{document} text\n", 3),
        ("no document at all\n", 1),
    ],
)
def test_the_line_of_the_begin(tex: str, line: int) -> None:
    assert pause_point.begin_line(tex) == line


def test_the_command_holds_nothing_that_tex_would_take_apart() -> None:
    lua = pause_point.argument("main", 7).partition("\\directlua{")[2].partition("}\\csname")[0]
    assert not set("%#~\\\n") & set(lua)
    assert lua.count("{") == lua.count("}")
    assert "skip, park = 'main.tex', 'parked.txt', 'pages.txt', 3, 7 " in pause_point.argument(
        "main", 7, skip=3
    )


@pytest.mark.parametrize("name", ["a'b", "a}b", "a\\b", "a%b", "a#b"])
def test_a_name_that_means_something_to_lua_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be quoted"):
        pause_point.argument(name, 7)


def test_orders() -> None:
    assert pause_point.until(12) == b"until 12\n"
    assert pause_point.park(12) == b"park 12\n"
    assert pause_point.GO != pause_point.DRAFT


BODY = "\\documentclass{article}\n\\begin{document}\n\\section{One}\\label{a}\nText.\n\\end{document}\n"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Text.", "Another text.", True),
        ("One", "Two", False),
        ("{a}", "{b}", False),
        ("article", "book", False),
    ],
)
def test_structure_is_what_tex_reads_back(old: str, new: str, same: bool) -> None:
    assert (structure(BODY) == structure(BODY.replace(old, new))) is same
