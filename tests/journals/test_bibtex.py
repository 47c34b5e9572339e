r"""Packages for journals whose production wants `\cite`, a .bib file and a BibTeX style of its own."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.journals.bibtex_proof import in_runs, order_of
from fascicle.journals.journal_edition import SubmitOptions
from fascicle.journals.submission import Submitted, submit
from fascicle.latex.context import BibtexList
from fascicle.pipeline.run import Request
from tests.conftest import need
from tests.support.publications import write

RECORDS = """\
@book{zoë2016, author = {Zöllner, Eva}, title = {A Last Book}, date = {2016}, publisher = {Verso}}
@article{doe2019, author = {Doe, Jane}, title = {Rooms of {Rome}}, journaltitle = {Art}, volume = {3}, number = {1}, pages = {5--9}, date = {2019-05}}
@movie{jia2008, director = {Jia, Zhangke}, director+an:order = {1=eastern}, title = {24 {City}}, date = {2008}}
@book{own2020, author = {Xylander, Quentin}, title = {My Own Book}, date = {2020}, publisher = {Verso}}
@book{unread, author = {Never, Ann}, title = {A Book That Nobody Cites}, date = {2001}, publisher = {Verso}}
"""
TEXT = """\
---
title: One
---

All three [@zoë2016; @doe2019; @jia2008], two pages [see @doe2019, p. 5; @zoë2016, pp. 7-9 and more],
and @jia2008 [00:12:30] as well.^[So says @doe2019 [p. 6].]

| Head | Two |
|---|---|
| Cell [@doe2019] | x |

: A caption [@zoë2016, chap. 2]. {#tbl:t}
"""
SETTINGS = """\
title: Rooms of one
authors: [{family: Xylander, given: Quentin, email: q@example.org, affiliations: [leeds]}]
affiliations: {leeds: {name: University of Leeds, country: United Kingdom}}
language: en-US
abstract: Short.
keywords: [a, b, c]
nocite: [unread]
bibliographies:
  - {title: Films, types: [movie]}
  - {title: Others}
"""


def sent(root: Path, journal: str = "acm") -> Submitted:
    return submit(Request(root), SubmitOptions(journal, draft=True), lambda event: None)


def reported(result: Submitted, severity: str) -> list[str]:
    return [f"{one.code.value}: {one.message}" for one in result.diagnostics if one.severity == severity]


@pytest.mark.tex
@pytest.mark.release
def test_a_package_for_acm(tmp_path: Path) -> None:
    need("bibtex")
    need("pdftotext")
    root = write(
        tmp_path, {"content/publication.yaml": SETTINGS, "content/01-one.md": TEXT, "bib/works.bib": RECORDS}
    )
    result = sent(root)
    assert reported(result, "error") == []
    folder = root / "build/submit/acm/rooms-of-one"
    assert sorted(path.suffix for path in folder.iterdir()) == [".bbl", ".bib", ".tex"]
    tex = " ".join((folder / "rooms-of-one.tex").read_text("utf-8").split())
    assert r"All three \cite{zoe2016,doe2019,jia2008}, two pages \cite[see][" not in tex
    assert r"All three \cite{zoe2016,doe2019,jia2008}" in tex
    assert r"\citetext{\citealp[see][p.~5]{doe2019}; \citealp[pp.~7–9 and more]{zoe2016}}" in tex
    assert r"Jia \cite[00:12:30]{jia2008}" in tex
    assert r"\bibliographystyle{ACM-Reference-Format}" in tex
    assert r"\bibliography{references}" in tex
    records = (folder / "references.bib").read_text("utf-8")
    assert re.findall(r"@\w+\{(\w+)", records) == ["zoe2016", "doe2019", "jia2008", "unread"]
    listed = (folder / "rooms-of-one.bbl").read_text("utf-8")
    assert "Do NOT edit" in listed
    (pdf,) = (root / "build/submit/acm").glob("*rooms-of-one.pdf")
    printed = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(printed.split())
    assert "All three [1, 2, 4]" in words
    assert "[see 1, p. 5; 4, pp. 7–9 and more]" in words
    assert "Jia [2, 00:12:30]" in words
    assert [line for line in reported(result, "note") if "one list" in line]


@pytest.mark.tex
def test_a_profile_of_ones_own_with_another_style(tmp_path: Path) -> None:
    need("bibtex")
    profile = """\
name: Small
publisher: Small Press
sources: {guide: {title: Guide, date: 2026-08}}
rules:
  formats: {value: [latex], source: guide}
  template: {value: elsarticle, source: guide}
  citation-style: {value: elsevier-vancouver, source: guide}
  references: {value: bibtex, source: guide}
  bibtex-style: {value: elsarticle-num, source: guide}
"""
    files = {
        "content/publication.yaml": SETTINGS,
        "content/01-one.md": TEXT,
        "bib/works.bib": RECORDS,
        "templates/journals/small.yaml": profile,
    }
    root = write(tmp_path, files)
    assert reported(sent(root, "small"), "error") == []
    missing = profile.replace("elsarticle-num", "no-such-style")
    write(root, {"templates/journals/small.yaml": missing})
    assert any("no-such-style" in line for line in reported(sent(root, "small"), "error"))
    write(root, {"templates/journals/small.yaml": profile.replace("  bibtex-style", "  # bibtex-style")})
    assert reported(sent(root, "small"), "error") == [
        "wrong-value: 'references: bibtex' and 'bibtex-style' go together"
    ]


def test_the_order_of_a_list() -> None:
    names = BibtexList("plain", "references", {"b": "b", "ä": "a", "alias": "a"}, numeric=True, records="")
    listed = "\\bibitem[{Doe et~al\\mbox{.}}(2019)]%\n  {a}\nDoe {b}.\n\\bibitem{b}\nRoe."
    assert order_of(listed, names) == {"ä": 1, "alias": 1, "b": 2}


def test_runs_of_numbers() -> None:
    assert in_runs(iter([3, 1, 2, 7, 5, 8])) == "1–3, 5, 7, 8"


@given(st.sets(st.integers(1, 60), min_size=1))
def test_runs_say_every_number_once(numbers: set[int]) -> None:
    said = []
    for part in in_runs(iter(numbers)).split(", "):
        first, _, last = part.partition("–")
        said += range(int(first), int(last or first) + 1)
    assert said == sorted(numbers)
