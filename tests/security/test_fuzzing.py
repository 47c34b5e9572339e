"""The readers of Markdown, YAML, bibliographies and formulas take whatever is there: no traceback, no hang."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fascicle.citations.items.items import items_of
from fascicle.collection.settings.reader import read_collection
from fascicle.core.diagnostics import Collector
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.export.pandoc.blocks import render_blocks as pandoc_blocks
from fascicle.export.pandoc.context import PandocContext
from fascicle.export.zip_archive import zipped
from fascicle.importers.draft import ImportRefusedError
from fascicle.importers.latex.prepare import prepared
from fascicle.importers.markdown.front_matter import take
from fascicle.importers.markdown.myst import myst
from fascicle.importers.markdown.wiki import criticised, wiki
from fascicle.importers.references.reference_reader import read_reference
from fascicle.importers.report import Report
from fascicle.importers.word.package import Package
from fascicle.journals.cited_records import bib_records
from fascicle.latex.bibtex.keys import bibtex_keys
from fascicle.latex.bibtex.records import bibtex_records
from fascicle.latex.context import RenderContext
from fascicle.latex.writer.renderer import render_blocks
from fascicle.pipeline.manuscript import read_manuscript
from fascicle.pipeline.run import Request, Run
from fascicle.project.bibliography import library
from fascicle.project.bibliography.datamodel import PRINTED_FIELDS
from fascicle.project.bibliography.files.csl_reader import DATES, NAMES, TEXTS, TYPES
from fascicle.project.math.commands import DELIMITED, ENVIRONMENTS, EVERY, TEXT_COMMANDS
from fascicle.project.sources import Sources
from fascicle.redline.merge.pairing import paired_paragraphs
from fascicle.redline.merge.word_text import returned
from tests.document.markdown.test_markdown_properties import PIECES
from tests.support.everything import EVERYTHING
from tests.support.fuzzing import try_out
from tests.support.hostile import HOSTILE
from tests.support.publications import SMALL, write

pytestmark = pytest.mark.stress


def soup(pieces: list[str], size: int = 40) -> SearchStrategy[str]:
    """Pieces in any order, and now and then any text between them."""
    one = st.one_of(st.sampled_from(pieces), st.sampled_from(pieces), st.text(max_size=5))
    return st.lists(one, max_size=size).map("".join)


def spoilt(texts: list[str], pieces: list[str]) -> SearchStrategy[str]:
    """A sound text with some of it taken out, doubled or replaced."""
    edit = st.tuples(
        st.floats(0, 1), st.integers(0, 30), st.sampled_from(pieces) | st.text(max_size=3), st.booleans()
    )

    def edited(text: str, edits: list[tuple[float, int, str, bool]]) -> str:
        for where, length, more, twice in edits:
            at = int(where * len(text))
            text = (
                text[:at]
                + (text[at : at + length] if twice else "")
                + more
                + text[at + (0 if twice else length) :]
            )
        return text

    return st.builds(edited, st.sampled_from(texts), st.lists(edit, min_size=1, max_size=6))


def texts(ending: str) -> list[str]:
    """The sound files of this ending."""
    files = [*EVERYTHING.items(), *HOSTILE.items()]
    return [text for name, text in files if name.endswith(ending) and isinstance(text, str)]


def read(files: Mapping[str, str | bytes]) -> None:
    """Steps 1 to 4, as far as they go."""
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder) / "p", {**SMALL, **files})
        read_manuscript(Run(Request(root, no_trust=True), "screen", lambda event: None))


# -- Markdown ----------------------------------------------------------------------------------------------

MARKDOWN = ["|", "| ", *PIECES.split("|"), "::: {.csv-table file=x}", "::: {.callout-note}", "+---+---+\n", "(@a)", "a.  ",
            "{.here width=5%}", "[](", "[x](run:y)", "  ", "\r", "```{r}\n", "<div>", "</div>", ":::: ", "---\n", "\u202e"]  # fmt: skip


def read_markdown(text: str) -> None:
    blocks = parse_blocks(text, Origin("a.md", 1, 1), ParseOptions("en-GB", False), Collector())
    render_blocks(blocks, RenderContext())
    pandoc_blocks(blocks, PandocContext())


def test_markdown() -> None:
    try_out(read_markdown, soup(MARKDOWN), spoilt(texts(".md"), MARKDOWN))


def test_markdown_of_a_section() -> None:
    """With its front matter, through all that a document is made of."""
    sections = soup(["---\n", "title: One\n", "\n", *MARKDOWN]) | spoilt(texts(".md"), MARKDOWN)
    try_out(lambda text: read({"content/01-one.md": text}), sections.filter(lambda text: "@" not in text))


# -- YAML --------------------------------------------------------------------------------------------------

YAML = ["title: ", "authors:\n", "  - ", "family: A\n", "literal: B\n", "{", "}", "[", "]", ", ", ": ", "\n", "  ", "|\n", ">-\n", '"',
        "'", "#", "&a ", "*a", "<<: ", "!!python/object ", "!x ", "? ", "- ", "~", "null", "yes", "1e999", "0x1F", "2024-02-31", ".inf",
        "12:30:45", "%YAML 1.2\n", "---\n", "...\n", "\t", "editions:\n", "screen: ", "language: ", "date: ", "figures/a.png", "\ufeff",
        "bibliographies: ", "journal: ", "macros: ", "trust: ", "permission: own", "\\x41", "\\u202e", "0o17", "=", "-1"]  # fmt: skip


@pytest.mark.parametrize("name", ["content/publication.yaml", "figures/figures.yaml", "bib/works.yaml"])
def test_yaml(name: str) -> None:
    sound = [
        *texts(".yaml"),
        "references:\n- id: a\n  type: book\n  title: T\n  issued: {date-parts: [[2001]]}\n",
    ]
    try_out(lambda text: read({name: text}), soup(YAML), spoilt(sound, YAML))


def test_front_matter() -> None:
    sound = ["title: One\nid: a\nepigraph: {text: A, source: B}\nauthors: [{literal: A}]\nwords: {max: 5}\n"]
    try_out(
        lambda text: read({"content/01-one.md": f"---\n{text}\n---\n\nText.\n"}),
        soup(YAML),
        spoilt(sound, YAML),
    )


# -- Bibliographies ----------------------------------------------------------------------------------------

FIELDS = sorted(PRINTED_FIELDS)
BIB = ["@book{a,", "@article{", "@movie(", "@string{s = ", "@xdata{", "@comment{", "@set{", "@preamble{", "title = {", "author = ",
       "date = {2001", "/", "2001-13-45", "~", "?", "{", "}", "},\n", '"', ",", "\n", " # ", "s", "%", "\\", "\\'", "\\emph{", "\\ss", "$x$", "$",
       " and ", "others", "von ", ", ", "family=A", "crossref = {a}", "xdata = {a}", "ids = {a}", "related = {a}", "options = {", "--", "pages = {",
       "<i>", "</i>", "\u00e9", "\x00", "@", "=", "\\{", "\\}", "jan", "author+an = {", "1=eastern", *(f"{field} = {{" for field in FIELDS)]  # fmt: skip
RIS = [
    "TY  - BOOK\n",
    "ER  - \n",
    "AU  - A, B\n",
    "TI  - T\n",
    "PY  - ",
    "DA  - 2001/13/45",
    "\n",
    "DO  - ",
    "  - ",
    "XX",
    "SP  - 1",
    "KW  - x\n",
]
_JSON: SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(BIB),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "family",
                    "given",
                    "literal",
                    "date-parts",
                    "season",
                    "raw",
                    "circa",
                    "suffix",
                    "non-dropping-particle",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
_ITEM = st.dictionaries(
    st.sampled_from(["id", "type", *TEXTS, *NAMES, *DATES, "note", "custom"]), _JSON, max_size=9
)
CSL = st.lists(
    st.tuples(_ITEM, st.sampled_from(sorted(TYPES))).map(lambda given: {"id": "a", "type": given[1], **given[0]}), max_size=4
).map(json.dumps)  # fmt: skip


def read_bibliography(name: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sources = Sources(write(Path(folder), {name: text}))
        problems = Collector()
        found = library.read_bibliography(sources, [(name, None)], problems)
        library.check(found, found.entries, problems)
        items = items_of(found, found.entries, "en")
        bibtex_records(items, bibtex_keys(item.key for item in items))
        bib_records(found, found.entries)


@pytest.mark.parametrize(
    ("name", "examples"),
    [
        ("bib/a.bib", (soup(BIB, 60), spoilt(texts(".bib"), BIB))),
        ("bib/a.ris", (soup(RIS), spoilt(["TY  - JOUR\nAU  - A, B\nTI  - T\nPY  - 2001\nER  - \n"], RIS))),
        (
            "bib/a.json",
            (CSL, spoilt(['[{"id": "a", "type": "book", "title": "T"}]'], ['"', "{", "[", ",", "\\u"])),
        ),
    ],
    ids=["bib", "ris", "json"],
)
def test_bibliographies(name: str, examples: tuple[SearchStrategy[str], ...]) -> None:
    try_out(lambda text: read_bibliography(name, text), *examples)


# -- Formulas ----------------------------------------------------------------------------------------------

MATH = [*(f"\\{name}" for name in sorted(EVERY | DELIMITED | TEXT_COMMANDS)), *(f"\\begin{{{name}}}" for name in ENVIRONMENTS),
        *(f"\\end{{{name}}}" for name in ENVIRONMENTS), *("{", "}", "^", "_", "&", "\\\\", "[", "]", "\n", " ", "$", "x", "'", "~", "%", "#1", "\\"),
        "\\left", "\\right", "\\ce{", "\\qty{", "\\text{", "\\tag{", "\\SI{1}{m}", "\\newcommand{\\a}", "\\directlua{", "\\sqrt[", "^^5c"]  # fmt: skip


def test_formulas() -> None:
    try_out(lambda text: read_markdown(f"$${text}$$\n\n${text}$\n"), soup(MATH, 25))


# -- What comes from others, and what goes around their texts ----------------------------------------------

WORD = ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>a</w:t>", '<w:ins w:id="1">', "</w:ins>", "<w:del>", "</w:del>", "<w:tbl>", "<w:tr>", "<w:tc>", "&#13;",
        '<w:footnoteReference w:id="1"/>', '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>', "<w:instrText>CITATION a</w:instrText>",
        '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>', '<w:bookmarkStart w:name="_f0123456789ab"/>', "<!--", "-->", "<![CDATA[", "&e;",
        'xmlns:a="b"', "<w:rPr><w:i/></w:rPr>", "<m:oMath/>", "<w:sdt>", "\ufffe", "\x00"]  # fmt: skip
_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>One.</w:t></w:r></w:p></w:body></w:document>'


def read_word(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(ImportRefusedError):
        path = Path(folder) / "a.docx"
        path.write_bytes(zipped({"word/document.xml": text.encode("utf-8", "replace")}, 1_700_000_000))
        document = returned(Package(path))
        paired_paragraphs(document.rejected.body, document.accepted.body)


def test_word_that_comes_back() -> None:
    inner = soup(WORD, 20).map(lambda text: _WORD.replace("<w:p>", f"<w:p>{text}", 1))
    try_out(read_word, inner, spoilt([_WORD], WORD))


COLLECTION = [*YAML, "kind: issue\n", "journal:\n", "articles:\n", "  - a\n", "groups:\n", "path: ../b", "volume: 1\n", "pages: {", "cover: ", "front: [",
              "date: 2026-11-30\n", "deposit:", "doi: 10.1/a\n", "state: draft"]  # fmt: skip


def read_issue(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read_collection(write(Path(folder), {"collection.yaml": text}), Collector())


def test_collections() -> None:
    sound = ["kind: issue\njournal: {title: J}\nvolume: 1\ndate: 2026-11-30\ngroups:\n  - title: A\n    articles: [a, {path: b, doi: 10.1/a}]\n"]  # fmt: skip
    try_out(read_issue, soup(COLLECTION), spoilt(sound, COLLECTION))


OTHERS = ["\\begin{verbatim}", "\\end{verbatim}", "\\begin{tikzpicture}", "\\end{tikzpicture}", "\\begin{a}", "\\end{a}", "\\begin{document}", "\\author{", "\\and ",
          "\\replaced{", "\\subfloat[", "\\footnotemark", "\\footnotetext{", "\\cites[3]{a}[", "\\multicolumn{2}{c}{", "&", "\\\\", "{", "}", "[", "]", "%", "\n", "$",
          "```{note}\n", "```\n", ":::{figure} a\n", "{ref}`a <b>`", "![[a|b]]", "[[a#b]]", "{++", "++}", "{~~", "~>", "~~}", "==a==", "> [!note] a\n", "---\n", "a: b\n", "(a)=\n# b"]  # fmt: skip


def read_others(text: str) -> None:
    report = Report()
    prepared(text, report)
    _, text = take(text, "a.md", report)
    wiki(criticised(myst(text, report), "accept", report), report)
    read_reference(text)


def test_dialects_of_others() -> None:
    try_out(read_others, soup(OTHERS, 60))
