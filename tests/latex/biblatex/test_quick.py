"""Loops gone through once, expressions read once: the pages are those that biblatex makes by itself."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from fascicle.core.model import CitationStyle
from fascicle.latex.biblatex.styles import QUICK, part, style_setup
from tests.support.pages import without_id

pytestmark = [pytest.mark.tex, pytest.mark.slow]

TEX = ["lualatex", "-interaction=nonstopmode", "-halt-on-error"]
BIB = r"""
@book{old, author={Varda, Agnès}, title={An Old Book}, date={1962}, publisher={Press}, location={Paris}}
@book{new, author={Varda, Agnès and Marker, Chris}, editor={Resnais, Alain}, title={A New Book}, date={2001-05/2003},
  related={old}, relatedtype={reprintof}, publisher={Press}, location={Lyon}}
@article{piece, author={Akerman, Chantal}, title={A Piece}, journaltitle={A Journal}, date={1975}, pages={1--9}}
@movie{film, author={Akerman, Chantal}, title={A Film}, date={1975}, publisher={Studio}}
@book{nameless, title={No Author}, date={-0050}, publisher={Press}}
"""
BODY = r"""\begin{document}
\nocite{old}\autocite[5]{new} and \parencite{piece}, \textcite{film}, \autocites[7]{old}[see][8--9]{piece}; \autocite{new}.
\ifthenelse{\boolean{true}}{\autocite{nameless}}{}
\printbibliography
\end{document}
"""


def told(command: list[str], folder: Path) -> str:
    """What a program says that must end well."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, errors="replace")
    assert done.returncode == 0, done.stdout[-2000:]
    return done.stdout


def test_no_name_is_taken_from_the_styles_and_templates(root: Path) -> None:
    """A name used for two things would be wrong only where both meet."""
    ours, others = set(), set()
    folders = (root / "fascicle", root / "templates")
    for path in [
        path for folder in folders for ending in ("tex", "py") for path in folder.rglob(f"*.{ending}")
    ]:
        names = re.findall(r"fascicle@\w+", path.read_text("utf-8"))
        (ours if path.stem in QUICK else others).update(names)
    assert len(ours) > 40
    assert not ours & others


def pages(folder: Path, style: CitationStyle, *, quick: bool) -> bytes:
    """The PDF, in the style's own setup or without what makes it quick; without the trailer's /ID."""
    setup = style_setup(style, "en-GB")
    text = setup.setup
    for name in QUICK if not quick else ():
        assert part(name) in text
        text = text.replace(part(name), "")
    packages = (
        f"\\usepackage{{csquotes}}\n{setup.package}\n\\usepackage{{ifthen}}\n\\usepackage[british]{{babel}}"
    )
    head = f"\\documentclass{{article}}\n{packages}\n{text}"
    folder.mkdir()
    (folder / "works.bib").write_text(BIB)
    (folder / "main.tex").write_text(f"{head}\\addbibresource{{works.bib}}\n{BODY}")
    engine = [*TEX, "main"]
    for command in (engine, ["biber", "--noconf", "main"], engine, engine):
        told(command, folder)
    return without_id(folder / "main.pdf")


@pytest.mark.parametrize("style", list(CitationStyle))
def test_the_pages_are_the_same(
    style: CitationStyle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_SOURCE_DATE", "1")
    assert pages(tmp_path / "quick", style, quick=True) == pages(tmp_path / "slow", style, quick=False)
    log = (tmp_path / "quick/main.log").read_text(errors="replace")
    assert "undefined" not in log


def test_an_unknown_hook_leaves_biblatex_alone(tmp_path: Path) -> None:
    """Of a biblatex whose tests are told in another way nothing is kept."""
    setup = style_setup(CitationStyle.NUMERIC, "en-GB")
    stranger = (
        "\\makeatletter\\appto\\blx@blxinit{\\appto\\blx@TE@hook{\\letcs\\iffieldnone{iftrue}}}\\makeatother"
    )
    tells = "\\makeatletter\\typeout{KEPT \\ifdefined\\fascicle@tests yes\\else no\\fi}\\makeatother "
    for name, more in (("known", ""), ("unknown", stranger)):
        tex = f"\\documentclass{{article}}\n{setup.package}\n{setup.setup}{more}\n\\begin{{document}}{tells}x\\end{{document}}"
        (tmp_path / f"{name}.tex").write_text(tex)
        assert f"KEPT {'yes' if name == 'known' else 'no'}" in told([*TEX, "-draftmode", name], tmp_path)


TESTS = [
    r"\told{1}{\ifnumless{1}{2}}",
    r"\told{2}{\ifnumless{2}{1}}",
    r"\told{3}{\ifstrequal{a b}{a b}}",
    r"\ifblank{}",
]
ATOMS = [
    *(f"test {{{test}}}" for test in TESTS), *(f"test{{{test}}}" for test in TESTS),
    "togl {on}", "togl{off}", "bool {yes}", "bool{no}", r"test {\ifboolexpr{togl {on} and not togl {off}}}",
]  # fmt: skip
SET_UP = r"""
\newtoggle{on}\toggletrue{on}\newtoggle{off}\newif\ifyes\yestrue\newif\ifno
\newcommand*{\told}[2]{\xdef\story{\story#1}#2}
\def\kind#1#2\kindend{\ifx#1\begingroup\else not read\fi}
\newcommand*{\answer}[1]{\def\story{}#1{\def\verdict{yes}}{\def\verdict{no}}\edef\answers{\answers\verdict-\story,}}
"""


@dataclass(frozen=True)
class Language:
    """How tests are joined."""

    tests: Sequence[str]
    joints: Sequence[str]
    negation: str
    brackets: tuple[str, str]
    spaces: Sequence[str]

    def expression(self, chance: random.Random, depth: int = 0) -> str:
        """Some tests at random."""
        words = []
        for number in range(chance.randrange(1, 4)):
            words += [chance.choice(self.joints)] if number else []
            words += [self.negation] * (chance.random() < 0.3)
            nested = depth < 2 and chance.random() < 0.3
            within = self.expression(chance, depth + 1) if nested else ""
            words.append(within.join(self.brackets) if nested else chance.choice(self.tests))
        return chance.choice(self.spaces).join(words)


ETOOLBOX = Language(ATOMS, ("and", "or"), "not", ("(", ")"), (" ", "  ", "%\n  "))
IFTHEN = Language(
    [r"\iftold{1}", r"\iftold {2}", r"\iffieldundef{title}", r"\NOT\iftold{3}", r"\ifcapital"],
    (r"\AND", r"\OR", r"\and", r"\or"), r"\NOT", (r"\(", r"\)"), (" ", ""),
)  # fmt: skip


def document(body: str, packages: str = r"\usepackage{etoolbox}") -> str:
    """A main file that has what makes expressions quick."""
    quick = "".join(part(name) for name in QUICK)
    return f"\\documentclass{{article}}{packages}\n\\makeatletter\n{quick}{SET_UP}\\begin{{document}}{body}\\end{{document}}"


def answers(cases: Iterable[str], slow: str, quick: str, key: str, folder: Path) -> list[str]:
    """For each case: what comes of it the slow way, the quick way, and once more, and which tests are made for that."""
    body = "\n".join(
        r"\def\answers{}"
        + "".join(rf"\answer{{{how}{{{case}}}}}" for how in (slow, quick, quick))
        + r"\typeout{CASE\expandafter\expandafter\expandafter\kind\csname "
        + rf"{key}\detokenize{{{case}}}\endcsname\kindend\answers}}"
        for case in cases
    )
    packages = r"\usepackage{etoolbox,ifthen}\usepackage[backend=biber]{biblatex}"
    test = r"\appto\blx@blxinit{\appto\blx@TE@hook{\def\iftold#1{\blx@TE{\told{#1}{\ifnumodd{#1}}}}}}"
    (folder / "main.tex").write_text(document(rf"{{\blx@blxinit {body}}}", rf"{packages}\makeatletter{test}"))
    return re.findall(r"^CASE(.*),$", told([*TEX, "-draftmode", "main"], folder), re.MULTILINE)


@pytest.mark.parametrize(
    ("language", "slow", "quick", "key"),
    [
        (ETOOLBOX, r"\fascicle@slowboolexpr", r"\ifboolexpr", "fascicle@if"),
        (IFTHEN, r"\fascicle@slowifthenelse", r"\ifthenelse", "fascicle@choice"),
    ],
    ids=["etoolbox", "ifthen"],
)
def test_expressions_come_to_the_same_by_the_same_tests(
    language: Language, slow: str, quick: str, key: str, tmp_path: Path
) -> None:
    chance = random.Random(20261125)
    cases = [language.expression(chance) for _ in range(300)]
    found = answers(cases, slow, quick, key, tmp_path)
    assert len(found) == len(cases)
    for case, three in zip(cases, found, strict=True):
        assert len(set(three.split(","))) == 1, case
    assert {three.split("-")[0] for three in found} == {"yes", "no"}


@pytest.mark.parametrize(
    "wrong",
    ["tess {\\iftrue}", "togl {on} xor togl {off}", "togl {unknown}", "not (togl {on}", "togl {on})", "bool {unknown}",
     "an", "\\undefined togl {on}"],
)  # fmt: skip
def test_what_is_wrong_in_an_expression_is_told_each_time_as_etoolbox_tells_it(
    wrong: str, tmp_path: Path
) -> None:
    def errors(name: str, how: str) -> list[str]:
        body = rf"{how}{{{wrong}}}{{}}{{}}" * 2
        (tmp_path / f"{name}.tex").write_text(document(body))
        command = ["lualatex", "-interaction=nonstopmode", "-draftmode", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return re.findall(r"^! .*", done.stdout, re.MULTILINE)

    slow = errors("slow", r"\fascicle@slowboolexpr")
    assert errors("quick", r"\ifboolexpr") == slow


def test_toggles_are_set_in_groups_and_globally_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    tells = r"\typeout{TOLD \iftoggle{on}{1}{0}\iftoggle{off}{1}{0}}"
    body = rf"{{\togglefalse{{on}}\toggletrue{{off}}{tells}}}{tells}{{\global\togglefalse{{on}}}}{tells}"
    (tmp_path / "main.tex").write_text(document(body))
    assert re.findall(r"TOLD (\d+)", told([*TEX, "-draftmode", "main"], tmp_path)) == ["01", "10", "00"]
    for number, use in enumerate((r"\toggletrue{x}", r"\togglefalse{x}", r"\iftoggle{x}{}{}")):
        (tmp_path / f"wrong{number}.tex").write_text(document(use))
        done = subprocess.run(
            [*TEX, f"wrong{number}"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert "Toggle 'x' undefined" in done.stdout
