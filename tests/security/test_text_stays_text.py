"""Hostile values in every field of every kind of file at once: TeX, BibTeX and Lua get them as text alone."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.export.metadata.citation_formats import bibtex
from fascicle.export.metadata.record import work_of
from fascicle.journals.cited_records import bib_records
from fascicle.journals.profile import JournalFile, Rules, file_name
from fascicle.latex.bibtex.listed import bibtex_list
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.run import Request, Run
from tests.conftest import STRESS
from tests.support.publications import SOUND, write

MARK = "Zebrawort"
PAYLOADS = (
    r"\directlua{os.execute('x')}", r"\input{/etc/passwd}", r"\immediate\write18{x}", r"\zzown", "^^5czzown{}",
    r"}\zzown{", r"\end{document}\zzown", r"\}, execute = {\zzown}, note = {", "]]' .. os.execute('x') .. '",
    "') os.execute('x') --", r"\begin{filecontents}{x}", "% ", "((( x ))) ((* if *))", "$\\zzown$", "`\\zzown`{=latex}",
    "\n\n\\zzown\n\n", "\ufdd0\ufdd1\\zzown", "\x00\x1b\\zzown", "(%stdin) (r) file cvx exec", "$(touch x); `touch x` | sh",
)  # fmt: skip
VALUES = st.builds(
    lambda before, payload, after: f"{MARK} {before}{payload}{after}",
    st.text("\\{}$%#&~^_-\"'`<>[]()|@!ab ,=:*\u00e9", max_size=6),
    st.sampled_from(PAYLOADS),
    st.text("\\{}$%#&~^_-\"'`<>[]()|@!ab ,=:*", max_size=6),
)
# How often these may stand in what TeX is given: as often as with harmless values.
WATCHED = ("directlua", "latelua", "luaexec", "input", "include", "openin", "openout", "write", "immediate", "special",
           "csname", "catcode", "def", "let", "usepackage")  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z@]+|.)", re.DOTALL)


class Values:
    """Gives each field a value of its own."""

    def __init__(self, drawn: list[str]) -> None:
        self._drawn, self._at = drawn, 0

    def __call__(self) -> str:
        self._at += 1
        return self._drawn[self._at % len(self._drawn)]

    def line(self) -> str:
        """One without line ends, which many fields refuse."""
        return " ".join(self().split())


def publication(drawn: list[str]) -> dict[str, str | bytes]:
    """Every kind of file, a value in each field that takes words."""
    value = Values(drawn)
    line = value.line
    data = {
        "title": line(), "subtitle": line(), "short-title": line(), "abstract": value(), "rights": line(),
        "authors": [
            {"family": line(), "given": line(), "native": line(), "note": line(), "affiliations": ["a"]},
            {"literal": line()},
        ],
        "affiliations": {"a": {"name": line(), "country": line()}},
        "keywords": [line(), line()], "highlights": [line()], "language": "en-GB", "date": "2024-02-29",
        "version": line(), "publisher": line(), "place": line(), "acknowledgements": value(),
        "journal": {"title": line(), "volume": line(), "issue": line()},
        "funding": [{"funder": line(), "award": line()}],
        "declarations": [{"title": line(), "text": value()}],
        "bibliographies": [{"title": line(), "types": ["book"]}, {"title": line()}],
        "nocite": "*",
    }  # fmt: skip
    front = {
        "title": line(),
        "epigraph": {"text": value(), "source": line()},
        "authors": [{"literal": line()}],
    }
    fields = (
        "title",
        "subtitle",
        "publisher",
        "location",
        "note",
        "series",
        "edition",
        "addendum",
        "url",
        "doi",
        "pages",
    )
    record = "".join(f"  {name} = {{{line()}}},\n" for name in fields)
    names = (
        "title",
        "container-title",
        "publisher",
        "publisher-place",
        "note",
        "page",
        "volume",
        "URL",
        "DOI",
        "genre",
    )
    item = {
        "id": "csl",
        "type": "chapter",
        "author": [{"family": line(), "given": line()}],
        "issued": {"literal": line()},
    }
    ledger = {
        "d.svg": {"permission": "own", "alt": line(), "credit": line(), "holder": line(), "source": line()}
    }
    cell = '"' + line().replace('"', '""') + '"'
    return {
        "content/publication.yaml": _yaml(data),
        "content/01-one.md": f"---\n{_yaml(front)}---\n\n{value()}\n\n# {line()}\n\nSee @fig:d and [@rec, {line()}; @csl].\n\n"
        f"![{line()}](figures/d.svg){{#fig:d}}\n\n::: {{#tbl:t .csv-table file=data/x.csv}}\n{line()}\n:::\n\n"
        f"```\n{value()}\n```\n\n| a | b |\n|---|---|\n| {line()} | c |\n\nA note.^[{line()}]\n",
        "bib/works.bib": f"@book{{rec,\n  author = {{{line()}}},\n  date = {{2001}},\n{record}}}\n",
        "bib/items.json": json.dumps([item | {name: line() for name in names}]),
        "figures/figures.yaml": _yaml(ledger),
        "figures/d.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"/>',
        "data/x.csv": f"a,b\n{cell},{cell}\n",
    }  # fmt: skip


def _yaml(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def read(files: dict[str, str | bytes]) -> tuple[Manuscript | None, Collector]:
    """Steps 1 to 4."""
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Request(write(Path(folder) / "p", files), no_trust=True), "screen", lambda event: None)
        return read_manuscript(run), run.problems


def commands(tex: str) -> Counter[str]:
    """The commands in it, comments left out."""
    bare = "\n".join(re.split(r"(?<!\\)(?:\\\\)*%", line)[0] for line in tex.split("\n"))
    return Counter(_COMMAND.findall(bare))


def depths(tex: str) -> Iterator[int]:
    """How deep each brace leads, those that print left out."""
    depth = 0
    for sign in re.findall(r"[{}]", _COMMAND.sub("", tex)):
        depth += 1 if sign == "{" else -1
        yield depth


def bibtex_depths(records: str) -> list[int]:
    """The same as BibTeX counts."""
    counted, depth = [], 0
    for sign in re.findall(r"[{}]", records):
        depth += 1 if sign == "{" else -1
        counted.append(depth)
    return counted


@cache
def harmless() -> Counter[str]:
    """The commands of the same publication with plain words in each field."""
    manuscript, _ = read(publication([MARK]))
    assert manuscript
    assert manuscript.assembled
    return commands(body_of(manuscript.assembled.tex))


def body_of(tex: str) -> str:
    """What comes after the preamble, which holds programs of our own for Lua."""
    return tex.partition(r"\begin{document}")[2]


def prove(manuscript: Manuscript) -> None:
    """That TeX and BibTeX are given nothing but text."""
    if manuscript.assembled:
        tex = manuscript.assembled.tex
        found, usual = commands(body_of(tex)), harmless()
        assert "zzown" not in commands(tex)
        for name in WATCHED:
            assert found[name] <= usual[name], name
        assert tex.count(r"\end{document}") == 1
        assert tex.rstrip().endswith(r"\end{document}")
        assert r"\begin{filecontents}" not in tex
        assert not re.search(r"\^\^", tex)
        assert not set("\ufdd0\ufdd1\x00\x1b") & set(tex)
        assert min(depths(body_of(tex)), default=0) >= 0
        assert [*depths(body_of(tex)), 0][-2] == 0
    if manuscript.cited:
        library = manuscript.publication.bibliography
        own = work_of(manuscript.publication, Collector())
        for records in (
            bibtex_list(manuscript.cited, "plain").records, bib_records(library, library.entries), bibtex(own),
        ):  # fmt: skip
            counted = bibtex_depths(records)
            assert min(counted, default=0) >= 0
            assert counted[-1:] in ([0], [])
            assert "^^" not in records
            assert not {"zzown", "directlua", "input", "write", "immediate"} & set(_COMMAND.findall(records))
            assert not re.search(r"(?m)^\s*execute\s*=", records)


@pytest.mark.stress
@settings(max_examples=1000 if STRESS else 8)
@given(st.lists(VALUES, min_size=1, max_size=9))
def test_whatever_the_fields_hold_is_text(drawn: list[str]) -> None:
    manuscript, problems = read(publication(drawn))
    assert Code.PROGRAM_FAULT not in {one.code for one in problems}
    if manuscript:
        prove(manuscript)


@pytest.mark.parametrize("payload", PAYLOADS if STRESS else PAYLOADS[::3])
def test_each_payload_is_text_in_every_field(payload: str) -> None:
    manuscript, _ = read(publication([f"{MARK} {payload}"]))
    if manuscript:
        prove(manuscript)


def test_the_words_come_through() -> None:
    """The test itself: with these values a document is made, in which the marks stand."""
    manuscript, _ = read(publication([f"{MARK} a \\zzown b", f"{MARK} $(touch x) & %c"]))
    assert manuscript
    assert manuscript.assembled
    assert manuscript.cited
    assert len(manuscript.cited.works) == 2
    assert manuscript.assembled.tex.count(MARK) > 30
    assert r"\textbackslash{}zzown" in manuscript.assembled.tex


@given(VALUES)
def test_a_journals_profile_names_nothing_but_names(value: str) -> None:
    names = {"slug": value, "surname": value, "number": value, "journal": value}
    for pattern in ("{slug}", "{surname}-{number}", value):
        assert re.fullmatch(r"[A-Za-z0-9_-]+", file_name(pattern, names))
    for key in ("bibtex-style", "classes", "figure-name", "file-name"):
        with pytest.raises(ValueError, match=key):
            Rules.model_validate({"formats": ["latex"], key: [value] if key == "classes" else value})
    with pytest.raises(ValueError, match="sources"):
        JournalFile.model_validate({"name": value, "publisher": value, "sources": {}, "rules": {}})


def test_a_description_is_text_in_jats(tmp_path: Path) -> None:
    """Pandoc writes it as it is given."""
    alt = 'a <b> & </alt-text><script/> &e; "q"'
    files = {
        **SOUND,
        "figures/figures.yaml": _yaml({"plate.png": {"permission": "own", "alt": alt, "credit": "C"}}),
    }
    result = build_edition(Request(write(tmp_path, files), no_trust=True), "jats", lambda event: None)
    made = ElementTree.fromstring((tmp_path / result.output).read_bytes())
    assert [found.text for found in made.iter("alt-text")] == [alt]
    assert not list(made.iter("script"))
