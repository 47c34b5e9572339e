"""Where lists of works stand, how they are divided, and what is listed: in the tree, in PDF, Word and JATS."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fascicle.citations.cite import Cited, cite
from fascicle.citations.styles.styles import find_style
from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.document import parse_document
from fascicle.document.resolve import resolve
from fascicle.document.tree import Heading, Link, Paragraph, ReferenceList, plain, walk
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support import reading_word as word
from tests.support.publications import reported, write

WORKS = """\
@book{adams, author={Adams, Ann}, title={Rivers}, date={1990}, publisher={Press}, keywords={primary, water}}
@movie{baker, director={Baker, Bob}, title={Trains}, date={1970}}
@book{clark, author={Clark, Cleo}, title={Bridges}, date={1980}, publisher={Press}}
@book{clark2, author={Clark, Cleo}, title={Canals}, date={1985}, publisher={Press}}
@book{davis, author={Davis, Dee}, title={Silence}, date={2000}, publisher={Press}}
"""
TEXT = "As [@davis; @adams; @clark2; @baker; @clark] say."


def _cited(
    folder: Path,
    sections: dict[str, str],
    more: str = "",
    style: str = "chicago-author-date",
    language: str = "en-GB",
) -> tuple[Cited, Collector]:
    """A publication with its citations worded, and what was told."""
    problems = Collector()
    sources = Sources(_write(folder, sections, more, style, language))
    publication = read_publication(sources, problems)
    assert publication is not None
    document = parse_document(publication, TrustSettings(), problems)
    found = find_style(style, sources, problems)
    assert found
    made = cite(document, resolve(document, problems), found, problems)
    assert made
    return made, problems


def _write(folder: Path, sections: dict[str, str], more: str, style: str, language: str) -> Path:
    head = f"title: T\nauthors: [{{literal: A}}]\nlanguage: {language}\ncitation-style: {style}\n"
    data = {"content/publication.yaml": head + more, "bib/works.bib": WORKS}
    return write(folder, data | {f"content/{name}.md": text for name, text in sections.items()})


def _section(text: str, title: str = "One", more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n{text}\n"


def _outline(cited: Cited, section: int = 0) -> list[str]:
    """A section's blocks in short: headings with their level, paragraphs, keys of a list."""
    return _shown(cited.document.sections[section].blocks)


def _shown(blocks: object) -> list[str]:
    lines = []
    for block in blocks:  # type: ignore[attr-defined]
        match block:
            case Heading():
                lines.append(
                    f"{'#' * block.level} {plain(block.content)} {' '.join(block.attributes.classes)}".strip()
                )
            case Paragraph():
                lines.append("text")
            case ReferenceList():
                lines.append(" ".join(work.key for work in block.works))
    return lines


ALL = "adams baker clark clark2 davis"


@pytest.mark.parametrize(
    ("text", "language", "outline"),
    [
        (f"{TEXT}\n\n## References\n\n## After\n\nMore.", "en-GB", ["text", "## References unnumbered", ALL, "## After", "text"]),
        (f"{TEXT}\n\n# References", "en-GB", ["text", "# References unnumbered", ALL]),
        (f"{TEXT}\n\n# Works cited", "de", ["text", "# Works cited unnumbered", ALL]),
        (f"{TEXT}\n\n# Literaturverzeichnis {{.unnumbered}}", "de", ["text", "# Literaturverzeichnis unnumbered", ALL]),
        (f"{TEXT}\n\n::: {{#refs}}\n:::\n\nAfter.", "en-GB", ["text", ALL, "text"]),
        (f"## Sources\n\n::: {{#refs}}\nA word before.\n:::\n\n{TEXT}", "en-GB", ["## Sources", "text", ALL, "text"]),
    ],
)  # fmt: skip
def test_the_text_says_where_the_list_stands(
    tmp_path: Path, text: str, language: str, outline: list[str]
) -> None:
    cited, problems = _cited(tmp_path, {"01-one": _section(text)}, language=language)
    assert _outline(cited) == outline
    assert cited.document.works.at_end == ()
    assert not problems.sorted()


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT}\n\n# References\n\nThese are others.",
        f"{TEXT}\n\n# References\n\n## Of one kind\n\nThese are others.",
        f"{TEXT}\n\n# Referenzen",
        f"{TEXT}\n\n# On references",
        TEXT,
    ],
)
def test_any_other_heading_is_the_authors_own(tmp_path: Path, text: str) -> None:
    cited, _ = _cited(tmp_path, {"01-one": _section(text)})
    assert "adams" not in " ".join(_outline(cited))
    assert _shown(cited.document.works.at_end) == [ALL]


def test_a_section_of_that_name_without_text_is_the_place(tmp_path: Path) -> None:
    sections = {
        "01-one": _section(TEXT),
        "02-refs": _section("", "References"),
        "03-end": _section("The end.", "End"),
    }
    cited, problems = _cited(tmp_path, sections)
    assert _outline(cited, 1) == [ALL]
    assert not cited.document.sections[1].section.data.numbered
    assert cited.document.works.at_end == ()
    assert not problems.sorted()


DIVISIONS = """\
bibliographies:
  - {title: Films, types: [movie]}
  - {title: Primary sources, keywords: [Primary], keys: [davis]}
  - {title: Others}
"""


def test_a_list_is_divided_by_type_keyword_and_key(tmp_path: Path) -> None:
    cited, problems = _cited(tmp_path, {"01-one": _section(TEXT)}, DIVISIONS)
    assert _shown(cited.document.works.at_end) == [
        "## Films unnumbered", "baker", "## Primary sources unnumbered", "adams davis", "## Others unnumbered", "clark clark2",
    ]  # fmt: skip
    assert not problems.sorted()


def test_divisions_stand_below_the_authors_own_heading(tmp_path: Path) -> None:
    cited, _ = _cited(tmp_path, {"01-one": _section(f"{TEXT}\n\n## References")}, DIVISIONS)
    assert _outline(cited)[1:3] == ["## References unnumbered", "### Films unnumbered"]


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ("style", "adams baker clark clark2 davis"),
        ("date", "baker clark clark2 adams davis"),
        ("title", "clark clark2 adams davis baker"),
        ("given", "davis adams baker clark clark2"),
    ],
)
def test_a_division_has_its_own_order(tmp_path: Path, order: str, keys: str) -> None:
    more = f"bibliographies: [{{title: All, keys: [davis, adams], types: [movie, book], order: {order}}}]\n"
    cited, _ = _cited(tmp_path, {"01-one": _section(TEXT)}, more)
    assert _shown(cited.document.works.at_end)[1] == keys


def test_what_fits_no_division_is_told_and_listed(tmp_path: Path) -> None:
    more = "bibliographies:\n  - {title: Films, types: [movie]}\n"
    cited, problems = _cited(tmp_path, {"01-one": _section(TEXT)}, more)
    assert _shown(cited.document.works.at_end) == ["adams clark clark2 davis", "## Films unnumbered", "baker"]
    (one,) = problems.sorted()
    assert (one.code.value, one.span.line if one.span else 0) == ("bibliography-rest", 6)


def test_a_key_of_a_division_that_is_not_there_is_an_error_at_its_line(tmp_path: Path) -> None:
    more = "bibliographies:\n  - title: All\n    keys:\n      - adams\n      - nobody\n"
    _, problems = _cited(tmp_path, {"01-one": _section(TEXT)}, more)
    assert [
        (one.code.value, one.span.line) for one in problems.sorted() if one.span and "nobody" in one.message
    ] == [("undefined-citation", 9)]


@pytest.mark.parametrize(
    ("more", "begun"),
    [
        ("", ["Clark", "---. "]),
        ("bibliographies: [{title: A, keys: [clark, clark2]}, {title: B}]\n", ["Clark", "---. "]),
        ("bibliographies: [{title: A, keys: [clark2]}, {title: B}]\n", ["Clark", "Clark"]),
        ("bibliographies: [{title: A, keys: [clark2, adams, clark], order: given}]\n", ["Clark", "Clark"]),
    ],
)
def test_each_division_begins_anew_with_the_dash_for_a_repeated_author(
    tmp_path: Path, more: str, begun: list[str]
) -> None:
    cited, _ = _cited(tmp_path, {"01-one": _section(TEXT)}, more, style="mla")
    words = {work.key: plain(work.content)[:5] for work in cited.works}
    assert [words["clark"], words["clark2"]] == begun


def test_a_sections_own_list_has_its_own_dashes(tmp_path: Path) -> None:
    sections = {
        "01-one": _section("[@clark]", more="bibliography: true\n"),
        "02-two": _section("[@clark2] [@davis]", "Two", "bibliography: true\n"),
    }
    cited, _ = _cited(tmp_path, sections, style="mla")
    works = [
        work
        for section in cited.document.sections
        for node in walk(section.blocks)
        if isinstance(node, ReferenceList)
        for work in node.works
    ]
    assert [plain(work.content)[:5] for work in works] == ["Clark", "Clark", "Davis"]


# -- Works that nothing cites ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nocite", "keys"),
    [("[adams]", "adams davis"), ("['*']", ALL), ("'*'", ALL), ("adams", "adams davis")],
)
def test_works_are_listed_though_nothing_cites_them(tmp_path: Path, nocite: str, keys: str) -> None:
    cited, problems = _cited(tmp_path, {"01-one": _section("As [@davis] says.")}, f"nocite: {nocite}\n")
    assert _shown(cited.document.works.at_end) == [keys]
    assert "davis" not in " ".join(one.message for one in problems.sorted())


def test_works_are_listed_in_a_text_without_citations(tmp_path: Path) -> None:
    cited, _ = _cited(tmp_path, {"01-one": _section("Nothing.")}, "nocite: [davis]\n")
    assert _shown(cited.document.works.at_end) == ["davis"]


def test_uncited_works_get_the_last_numbers(tmp_path: Path) -> None:
    cited, _ = _cited(tmp_path, {"01-one": _section("As [@davis] says.")}, "nocite: [adams]\n", "ieee")
    assert [(work.key, plain(work.label)) for work in cited.works] == [("davis", "[1]"), ("adams", "[2]")]


def test_a_work_to_be_listed_that_is_not_there(tmp_path: Path) -> None:
    _, problems = _cited(tmp_path, {"01-one": _section(TEXT)}, "nocite: [davies]\n")
    (one,) = problems.sorted()
    assert (one.code.value, one.hints) == ("undefined-citation", ("did you mean 'davis'?",))


# -- Lists of single sections ----------------------------------------------------------------------------

OWN = {
    "01-one": _section("As [@adams; @clark] say.", more="bibliography: true\n"),
    "02-two": _section("As [@clark; @davis] say.^[So [@baker].]", "Two", "bibliography: true\n"),
    "03-three": _section("As [@clark] says.", "Three"),
}


def test_a_section_has_a_list_of_its_own(tmp_path: Path) -> None:
    cited, problems = _cited(tmp_path, OWN)
    assert _outline(cited, 0) == ["text", "## References unnumbered", "adams clark"]
    assert _outline(cited, 1) == ["text", "## References unnumbered", "baker clark davis"]
    assert _shown(cited.document.works.at_end) == ["clark"]
    assert [_links(cited, number) for number in range(3)] == [
        ["ref-adams.s1", "ref-clark.s1"],
        ["ref-clark.s2", "ref-davis.s2", "ref-baker.s2"],
        ["ref-clark"],
    ]
    assert len(set(cited.document.works.places.values())) == 6
    assert {one.code.value for one in problems.sorted()} <= {"bib-unused"}


def _links(cited: Cited, section: int) -> list[str]:
    nodes = walk(cited.document.sections[section].blocks)
    return [node.target[1:] for node in nodes if isinstance(node, Link) and node.target.startswith("#")]


# -- The same in every output ----------------------------------------------------------------------------

CASES = {
    "divided": ({"01-one": _section(TEXT)}, DIVISIONS),
    "placed": ({"01-one": _section(f"{TEXT}\n\n## References\n\n## After\n\nMore.")}, DIVISIONS),
    "own": (OWN, ""),
}


@pytest.mark.tex
@pytest.mark.parametrize("case", CASES)
def test_the_same_entries_in_every_output(tmp_path: Path, case: str, need_program: object) -> None:
    need_program("pdftotext")  # type: ignore[operator]
    sections, more = CASES[case]
    root = _write(tmp_path, sections, more, "chicago-author-date", "en-GB")
    made = {}
    for edition in ("screen", "word", "jats"):
        result = build_edition(Request(root), edition, lambda event: None)
        assert result.output, reported(result)
        assert not [one for one in reported(result) if "bib-unused" not in str(one)], reported(result)
        made[edition] = root / result.output
    cited, _ = _cited(tmp_path, sections, more)
    entries = sorted(_bare(plain(work.content)) for work in cited.works)
    document = word.opened(made["word"].read_bytes())
    assert sorted(_bare(entry) for entry in word.styled(document, "Bibliography")) == entries
    article = ET.fromstring(made["jats"].read_bytes())
    assert sorted(_bare("".join(node.itertext())) for node in article.iter("mixed-citation")) == entries
    names = [node.get("id") for node in article.iter("ref")]
    assert len(names) == len(set(names))
    assert {node.get("rid") for node in article.iter("xref") if node.get("ref-type") == "bibr"} <= set(names)
    printed = _bare(_text_of(made["screen"]))
    assert all(printed.count(entry) >= entries.count(entry) for entry in entries)


def _text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
