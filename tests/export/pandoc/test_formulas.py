"""Every command that a formula may hold: pandoc, which writes Word, JATS, HTML and EPUB, converts it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import API, find_pandoc, warned
from fascicle.export.pandoc import formulas as pandoc_formulas
from fascicle.export.pandoc.formulas import known_to_pandoc
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from fascicle.project.math import commands
from tests.support.publications import SMALL, write

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
    for sign in ("(", "|", r"\{", *sorted(pandoc_formulas._UNSTRETCHED)):
        yield (
            rf"\left{sign} a \middle{sign} \big{sign} b \right{sign}^2"
            if sign in "|/"
            else rf"\left{sign} a \right{sign}"
        )
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
        (r"\left\uparrow x \right\downarrow", r"\left.\uparrow x \downarrow\right."),
        (r"\left( a \middle/ b \right)", r"\left( a / b \right)"),
        (r"\left( a \middle\vert b \right)", r"\left( a \middle\vert b \right)"),
        (r"\Bigl/ x", "/ x"),
    ],
)
def test_what_pandoc_lacks_stands_as_the_same_in_other_words(tex: str, known: str) -> None:
    assert known_to_pandoc(tex) == known


@pytest.mark.parametrize(
    ("edition", "shown"),
    [
        ("word", "$\\left\\uparrow x \\right\\downarrow$"),
        ("html", "<mtext>\\left\\uparrow x \\right\\downarrow</mtext></math>"),
        ("jats", "<tex-math>\\left\\uparrow x \\right\\downarrow</tex-math>"),
    ],
)
def test_what_pandoc_cannot_convert_stands_as_it_was_typed(
    edition: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc_formulas, "_UNSTRETCHED", frozenset())
    text = "---\ntitle: One\n---\n\nText, $\\left\\uparrow x \\right\\downarrow$.\n"
    root = write(tmp_path, {**SMALL, "content/01-one.md": text})
    result = build_edition(Request(root), edition, lambda event: None)
    assert [
        (found.code, str(found.severity), found.span and found.span.line) for found in result.diagnostics
    ] == [(Code.FORMULA_NOT_CONVERTED, "warning", 5)]
    made = (root / result.output).read_bytes()
    if edition == "word":
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            made = package.read("word/document.xml")
    assert shown in made.decode()
