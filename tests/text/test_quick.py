"""biblatex's loops gone through once: the pages are those that biblatex makes by itself."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from fascicle.model import CitationStyle
from fascicle.text.styles import part, style_setup

pytestmark = [pytest.mark.tex, pytest.mark.slow]

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


def pages(folder: Path, style: CitationStyle, *, quick: bool) -> bytes:
    """The PDF, in the style's own setup or without what makes it quick; without the trailer's /ID."""
    setup = style_setup(style, "en-GB")
    text = setup.setup if quick else setup.setup.replace(part("quick"), "")
    assert ("fascicle@quicken" in text) is quick
    packages = (
        f"\\usepackage{{csquotes}}\n{setup.package}\n\\usepackage{{ifthen}}\n\\usepackage[british]{{babel}}"
    )
    head = f"\\documentclass{{article}}\n{packages}\n{text}"
    folder.mkdir()
    (folder / "works.bib").write_text(BIB)
    (folder / "main.tex").write_text(f"{head}\\addbibresource{{works.bib}}\n{BODY}")
    engine = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "main"]
    for command in (engine, ["biber", "--noconf", "main"], engine, engine):
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, errors="replace"
        )
        assert done.returncode == 0, done.stdout[-2000:]
    return re.sub(rb"/ID\s*\[[^\]]*\]", b"", (folder / "main.pdf").read_bytes())


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
    told = "\\makeatletter\\typeout{KEPT \\ifdefined\\fascicle@tests yes\\else no\\fi}\\makeatother "
    for name, more in (("known", ""), ("unknown", stranger)):
        tex = f"\\documentclass{{article}}\n{setup.package}\n{setup.setup}{more}\n\\begin{{document}}{told}x\\end{{document}}"
        (tmp_path / f"{name}.tex").write_text(tex)
        command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "-draftmode", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:]
        assert f"KEPT {'yes' if name == 'known' else 'no'}" in done.stdout
