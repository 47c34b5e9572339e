"""Markdown of other programs, brought in: what its syntax becomes here."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.support.importing import bring_in, picture

CASES = yaml.safe_load((Path(__file__).parent / "fixtures" / "markdown.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_syntax(case: dict[str, str], tmp_path: Path) -> None:
    """Each input gives the expected Markdown, which the program's own check takes."""
    name = case.get("file", "text.md")
    bib = "@book{doe2019, author={Doe, Jane}, title={A Title}, date={2019}, publisher={House}}\n@book{roe, author={Roe}, title={B}, date={2001}}"
    done = bring_in(
        tmp_path, {name: case["input"], "a.png": picture(), "b.png": picture(50), "references.bib": bib}
    )
    assert done.body == case["expected"].strip()
    assert done.errors == []
    for words in case.get("told", ()):
        assert words in done.report


JOSS = """\
---
title: 'Gala: A *small* package'
tags:
  - Python
  - astronomy
authors:
  - name: Adrian M. van der Berg
    orcid: 0000-0002-1825-0097
    corresponding: true
    affiliation: "1, 2"
  - name: The Gala Team
    affiliation: 2
affiliations:
  - name: Institute One, Town, Country
    index: 1
  - name: Institute Two
    index: 2
date: 12 March 2024
bibliography: paper.bib
---

# Summary

Words [@doe2019].

# References
"""


def test_joss_front_matter(tmp_path: Path) -> None:
    """Numbered institutions, tags, a spelt-out date, an ORCID; the empty heading for references goes."""
    bib = "@book{doe2019, author={Doe, Jane}, title={A Title}, date={2019}, publisher={House}}"
    done = bring_in(tmp_path, {"paper.md": JOSS, "paper.bib": bib})
    facts = yaml.safe_load(done.facts)
    assert facts["title"] == "Gala: A *small* package"
    assert facts["authors"][0] == {
        "family": "van der Berg",
        "given": "Adrian M.",
        "orcid": "0000-0002-1825-0097",
        "affiliations": ["i1", "i2"],
        "corresponding": True,
    }
    assert facts["authors"][1] == {"literal": "The Gala Team", "affiliations": ["i2"]}
    assert facts["affiliations"]["i1"] == {"name": "Institute One, Town, Country"}
    assert facts["keywords"] == ["Python", "astronomy"]
    assert facts["date"] == "2024-03-12"
    assert facts["citation-style"] == "apa"
    assert sorted(path.name for path in (done.folder / "content").iterdir()) == [
        "01-summary.md",
        "publication.yaml",
    ]
    assert done.text("bib/paper.bib") == bib
    assert done.errors == []


def test_manubot(tmp_path: Path) -> None:
    """A Manubot repository: sections in order, tags of works, DOIs cited without a record, the abstract."""
    files = {
        "content/metadata.yaml": "title: A Review\nauthors:\n  - name: Jane Doe\n    affiliations: [Somewhere]\nkeywords: [one]\n",
        "content/00.front-matter.md": "{{authors}}",
        "content/01.abstract.md": "## Abstract {.page_break_before}\n\nIn short.",
        "content/02.intro.md": "## Introduction\n\nSaid [@tag:deep; @doi:10.1371/JOURNAL.1].\n\n[@tag:deep]: doi:10.1000/xyz",
        "content/90.back-matter.md": '## References {.page_break_before}\n\n<!-- Explicitly insert bibliography here -->\n<div id="refs"></div>',
    }
    done = bring_in(tmp_path, files, main="")
    facts = yaml.safe_load(done.facts)
    assert facts["abstract"].strip() == "In short."
    assert done.body == "Said [@doi:10.1000/xyz; @doi:10.1371/journal.1]."
    assert '"DOI": "10.1000/xyz"' in done.text("bib/imported.json")
    assert "a work is cited and has no record" in done.report
    assert done.errors == []


def test_pictures(tmp_path: Path) -> None:
    """Pictures are copied under true names and entered in the ledger; what is missing gets a plate."""
    text = "![One.](<img/my plot.jpg>)\n\n![Two.](gone.png)\n\n![](anim.gif)\n"
    done = bring_in(tmp_path, {"t.md": text, "img/my plot.jpg": picture(), "anim.gif": picture(form="GIF")})
    ledger = yaml.safe_load(done.text("figures/figures.yaml"))
    assert ledger["my-plot.png"]["permission"] == "own"
    assert ledger["gone.png"]["permission"] == "pending"
    assert (done.folder / "figures/anim.png").read_bytes().startswith(b"\x89PNG")
    assert "![One.](figures/my-plot.png)" in done.body
    assert done.errors == []


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    """Includes and pictures that lead out of the source's folder are told, not read."""
    (tmp_path / "secret.md").write_text("SECRET", encoding="utf-8")
    (tmp_path / "secret.png").write_bytes(picture())
    done = bring_in(tmp_path, {"t.qmd": "{{< include ../secret.md >}}\n\nText.\n\n![x](../secret.png)\n"})
    assert "SECRET" not in done.body
    assert not (done.folder / "figures/secret.png").exists()
    assert "a file that is included and is not beside the source" in done.report


def test_stub_for_a_work_without_record(tmp_path: Path) -> None:
    """A key that no bibliography has gets a record to be verified."""
    done = bring_in(tmp_path, {"t.md": "Said [@nobody2020]."})
    assert '"id": "nobody2020"' in done.text("bib/imported.json")
    assert done.errors == []


MYST = {
    "myst.yml": "project:\n  title: Lamps\n  authors:\n    - name: Ann Roe\n  toc:\n    - file: one.md\n    - title: Part\n"
    "      children:\n        - file: two.md\n",
    "one.md": '+++ {"part": "abstract"}\nIn short.\n+++\n\n# First\n\n```{include} parts/inner.md\n```\n',
    "parts/inner.md": "---\ntitle: No\n---\nThe inner words.\n\n:::{include} deeper.md\n:::\n",
    "parts/deeper.md": "The deeper words.\n\n```{literalinclude} run.py\n:lines: 1\n```\n",
    "parts/run.py": "% no comment\nprint(1)\n",
    "two.md": "# Second\n\n```{include} absent.md\n```\n\nThe end.\n",
}


def test_a_folder_of_myst_is_read_with_what_it_includes(tmp_path: Path) -> None:
    """Its contents give the order, `myst.yml` the authors; included files stand where they are named."""
    done = bring_in(tmp_path, MYST, ".")
    assert done.errors == []
    assert "The inner words.\n\nThe deeper words.\n\n" in done.body
    assert "% no comment\nprint(1)" in done.body
    assert done.body.index("The deeper words.") < done.body.index("The end.")
    assert "abstract: In short." in done.facts
    assert "family: Roe" in done.facts
    for told in ("absent.md", "Part", "options say (lines)"):
        assert told in done.report


def test_latex_in_markdown(tmp_path: Path) -> None:
    """Tables and notes of LaTeX in R Markdown are read as in LaTeX, a caption before a table is the table's."""
    text = r"""---
author: ["Ann Roe^[A University, roe@example.org. Corresponding author.]"]
thanks: To all.
---

Said.\footnote{The note.} See \ref{sums}.

\centering
\captionof{table}{Of the sums.\label{sums}}
\begin{tabular}{@{\extracolsep{5pt}}>{\itshape}lD{.}{.}{-3}}
\hline \\[-1.8ex]
\multicolumn{2}{c}{The head} \\
\hline
One & 1.2^{*}$ $(0.3) \\
\hline
\end{tabular}
"""
    done = bring_in(tmp_path, {"t.Rmd": text})
    assert done.errors == []
    for words in ("The note.", "Of the sums.", "The head", "$1.2^{*}$ $(0.3)$", "@tbl:sums"):
        assert words in done.body
    facts = yaml.safe_load(done.facts)
    assert facts["acknowledgements"] == "To all."
    author = facts["authors"][0]
    assert (author["family"], author["email"], author["corresponding"]) == ("Roe", "roe@example.org", True)
    assert "A University" in str(facts["affiliations"])


def test_chapters_of_bookdown_in_a_subfolder(tmp_path: Path) -> None:
    """`rmd_subdir` names the folder of the chapters."""
    files = {
        "_bookdown.yml": "rmd_subdir: Rmd/\n",
        "index.Rmd": "---\ntitle: T\n---\n\n# First\n",
        "Rmd/02-b.Rmd": "# Third\n",
        "Rmd/01-a.Rmd": "# Second\n",
    }
    done = bring_in(tmp_path, files, ".")
    names = sorted(path.name for path in (done.folder / "content").glob("*.md"))
    assert [name[3:-3] for name in names] == ["first", "second", "third"]
