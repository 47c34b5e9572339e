"""Every command that a formula may hold: pandoc, which writes Word, JATS, HTML and EPUB, converts it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import API, find_pandoc, warned
from fascicle.export.pandoc.formulas import known_to_pandoc
from fascicle.project.math import commands

_GIVEN = {
    "left": r"\left( a \right)", "right": r"\left[ a \right.", "middle": r"\left( a \middle| b \right)",
    "genfrac": r"\genfrac{(}{)}{0pt}{}{a}{b}", "sideset": r"\sideset{_1}{^2}\sum", "hspace": r"a\hspace{1em}b",
    "mspace": r"a\mspace{1mu}b", "hline": r"\begin{array}{c}a \\ \hline b\end{array}",
}  # fmt: skip


def formulas() -> Iterator[str]:
    """One with each command, each environment, and each command and accent of text."""
    for name in sorted(commands.EVERY):
        if name in _GIVEN:
            yield _GIVEN[name]
        elif name in commands.DELIMITED:
            yield rf"\{name}( a"
        elif name in commands.TEXT_ARGUMENTS:
            yield rf"a \{name}{{b}}"
        else:
            yield rf"a \{name}" + "{b}" * commands.WITH_ARGUMENTS.get(name, 0) + " c"
    for name in sorted(commands.TEXT_COMMANDS | commands.TEXT_SYMBOLS):
        yield rf"\text{{a\{name} b}}"
    for name in sorted(commands.TEXT_ACCENTS):
        yield rf"\text{{a\{name}{{e}} b}}"
    given = {"columns": "{c}", "number": "{1}", "": ""}
    for name, argument in {**commands.ENVIRONMENTS, **commands.DISPLAYS}.items():
        yield rf"\begin{{{name}}}{given[argument]}a & b \\ c & d\end{{{name}}}"


def test_pandoc_converts_what_a_formula_may_hold() -> None:
    pandoc = find_pandoc(Collector(), "to write formulas")
    assert pandoc
    blocks = [p.plain([p.math(known_to_pandoc(one), display=True)]) for one in formulas()]
    answer = pandoc.run(p.pandoc(API, blocks, {}), "html5", "--mathml")
    assert [message["contents"] for message in warned(answer, "CouldNotConvertTeXMath")] == []


@pytest.mark.parametrize(
    ("tex", "known"),
    [
        (r"a \tag{1$'$}", r"a \qquad\text{(1$'$)}"),
        (r"\text{i\d{s} \P 3, $\dbinom{n}{k}$}", r"\text{iṣ ¶3, $\binom {n}{k}$}"),
        (r"\sideset{_1}{^2}\sum x", r"{}_1\sum^2 x"),
        (r"a\vphantom{\frac{b}{c}}\nonumber", "a"),
        (r"\textsc {comm}x", r"\text{comm}x"),
        (r"\begin{subarray}{c}a\end{subarray}", r"\begin{array}{c}a\end{array}"),
        (r"a \thicksim b", r"a \mathrel{∼} b"),
        (r"\alpha x", r"\alpha x"),
    ],
)
def test_what_pandoc_lacks_stands_as_the_same_in_other_words(tex: str, known: str) -> None:
    assert known_to_pandoc(tex) == known
