"""Authors found in any spelling, taken for nobody else, and taken out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.citations.cite import cite
from fascicle.citations.styles.styles import named_style
from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.anonymity.anonymise import Anonymous, anonymise
from fascicle.document.anonymity.name_matching import NamedPerson, fold, same_person
from fascicle.document.anonymity.self_references import self_references
from fascicle.document.citation_format import CitationFormat
from fascicle.document.document import parse_document
from fascicle.document.resolve import resolve
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.publications import write

HEAD = """\
title: T
authors:
  - {family: Li, given: Na, native: 李娜, email: na.li@leeds.example, affiliations: [l]}
  - {family: Müller, given: Jörg Heinrich}
  - {family: Иванов, given: Олег}
affiliations: {l: {name: University of Leeds}}
funding: [{funder: Leverhulme Trust, award: RPG-2020}]
"""
BIB = """\
@book{own, author = {Li, N.}, title = {Alpha}, publisher = {P}, date = {2014}}
@book{other, author = {Li, Na-Young and Lin, Bo}, title = {Gamma Ray Li}, publisher = {University of Leeds Press}, date = {2012}}
"""


def anonymous(
    root: Path,
    text: str,
    head: str = HEAD,
    bib: str = BIB,
    *allowed: str,
    format: CitationFormat = CitationFormat.AUTHOR_DATE,
) -> tuple[Anonymous, list[str]]:
    """The publication without authors, and what is told, as `line:column code message`."""
    section = f"---\ntitle: One\n---\n\n{text}\n"
    write(root, {"content/publication.yaml": head, "content/01.md": section, "bib/b.bib": bib})
    problems, reported = Collector(), Collector()
    publication = read_publication(Sources(root, trusted=True), problems)
    assert publication
    document = parse_document(publication, TrustSettings(), problems)
    result = anonymise(document, resolve(document, problems), allowed, format, reported)
    return result, [
        f"{found.span.line if found.span else 0}:{found.span.column if found.span else 0} {found.code} {found.message}"
        for found in reported.sorted()
    ]


SAME = [
    (NamedPerson("Li", "Na"), NamedPerson("Li", "N.")),
    (NamedPerson("Li", "Na"), NamedPerson("LI", "NA")),
    (NamedPerson("Li", "Na", "李娜"), NamedPerson("李娜")),
    (NamedPerson("Müller", "Jörg"), NamedPerson("Mueller", "J. H.")),
    (NamedPerson("Müller", "Jörg"), NamedPerson("Muller", "Jorg Heinrich")),
    (NamedPerson("Ivanov", "Oleg", "Олег Иванов"), NamedPerson("Иванов", "О.")),
    (NamedPerson("Wang", "Xiaoming"), NamedPerson("Wang", "Xiao-Ming")),
    (NamedPerson("Wang", "Xiao-Ming"), NamedPerson("Wang", "X.-M.")),
    (NamedPerson("Wang", "Xiaoming"), NamedPerson("Xiaoming", "Wang")),
    (NamedPerson("The Film Group"), NamedPerson("the film group")),
    (NamedPerson("Søby", "Åse"), NamedPerson("Soby", "A.")),
]
DIFFERENT = [
    (NamedPerson("Li", "Na"), NamedPerson("Li", "Nan")),
    (NamedPerson("Li", "Na"), NamedPerson("Li", "Na-Young")),
    (NamedPerson("Li", "Na"), NamedPerson("Li", "Wei")),
    (NamedPerson("Li", "Na"), NamedPerson("Lin", "Na")),
    (NamedPerson("Li", "Na"), NamedPerson("Li")),
    (NamedPerson("Li", "Na", "李娜"), NamedPerson("李纳")),
    (NamedPerson("The Film Group"), NamedPerson("The Film Club")),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_one_person(one: NamedPerson, two: NamedPerson) -> None:
    assert same_person(one, two)
    assert same_person(two, one)


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_two_people(one: NamedPerson, two: NamedPerson) -> None:
    assert not same_person(one, two)
    assert not same_person(two, one)


@given(st.text())
def test_folding_keeps_places(text: str) -> None:
    seen = fold(text)
    assert len(seen.text) == len(seen.origins)
    assert list(seen.origins) == sorted(seen.origins)
    assert all(0 <= origin < len(text) for origin in seen.origins)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("LI said so.", ["5:1 author-in-text the text names the family name of an author: 'LI'"]),
        ("As *Müller* has it.", ["5:5 author-in-text the text names the family name of an author: 'Müller'"]),
        ("As MUELLER has it.", ["5:4 author-in-text the text names the family name of an author: 'MUELLER'"]),
        ("By Na\nLi.", ["5:4 author-in-text the text names the whole name of an author: 'Na Li'"]),
        ("Written by 李娜.", ["5:12 author-in-text the text names the whole name of an author: '李娜'"]),
        ("ИВАНОВ said.", ["5:1 author-in-text the text names the family name of an author: 'ИВАНОВ'"]),
        ("Say.^[Ask na.li@leeds.example.]", ["5:11 author-in-text the text names a way to reach an author: 'na.li@leeds.example'"]),
        ("The University\nof Leeds.", ["5:5 author-in-text the text names an author's institution: 'University of Leeds'"]),
        ("See [here](https://x.example/mueller).", ["5:29 author-in-text the text names the family name of an author: 'mueller'"]),
    ],
)  # fmt: skip
def test_authors_in_the_text(tmp_path: Path, text: str, places: list[str]) -> None:
    reported = anonymous(tmp_path, f"{text} [@other]")[1]
    if "here" in text:  # a link's target has the place of the link
        assert [one.split(" ", 1)[1] for one in reported] == [one.split(" ", 1)[1] for one in places]
    else:
        assert reported == places


@pytest.mark.parametrize(
    "text",
    [
        "Lina wears linen.", "Li Na-Young says so.", "Na-Young Li says so.", "Licence and limits, mullers.",
        "[@other, p. 4] and @other.", "The author says so [@own].",
    ],
)  # fmt: skip
def test_who_is_nobody_of_ours(tmp_path: Path, text: str) -> None:
    assert anonymous(tmp_path, f"{text} [@other; @own]")[1] == []


@pytest.mark.parametrize(
    "shown",
    [
        "(Li and Lin 2012, 4)", "Lin and Li (2012)", "Li et al. (2012)", "Li, N.-Y.", "Li, Na-Young, and Bo Lin. 2012. "
        "Gamma Ray Li. University of Leeds Press.", "GAMMA RAY LI",
    ],
)  # fmt: skip
def test_pages_may_show_somebody_elses_name(tmp_path: Path, shown: str) -> None:
    assert list(anonymous(tmp_path, "[@other; @own]")[0].secrets.find(shown)) == []


@pytest.mark.parametrize(
    "shown", ["LI", "Li 2014", "NA\nLI", "Li, Na.", "J. Müller", "University of\nLeeds", "RPG-2020"]
)
def test_pages_may_not_show_ours(tmp_path: Path, shown: str) -> None:
    assert list(anonymous(tmp_path, "[@other; @own]")[0].secrets.find(shown))


def test_words_that_are_no_names(tmp_path: Path) -> None:
    head = "title: T\nauthors: [{family: Young, given: Ann}]\n"
    assert anonymous(tmp_path, "The young and Ann Young.", head)[1] == [
        "5:5 author-in-text the text names the family name of an author: 'young'",
        "5:15 author-in-text the text names the whole name of an author: 'Ann Young'",
    ]
    assert anonymous(tmp_path, "The young.", head, BIB, "Young")[1] == []
    assert len(anonymous(tmp_path, "Ann Young.", head, BIB, "Young")[1]) == 1


@pytest.mark.parametrize("style", ["chicago-author-date", "chicago-notes", "apa", "mla", "numeric"])
def test_own_works_have_a_name_and_a_year_alone(tmp_path: Path, style: str) -> None:
    bib = BIB + "@book{mine, author = {李娜}, title = {Delta}, publisher = {P}, date = {2014}}\n"
    found = named_style(style, Collector())
    assert found is not None
    result, reported = anonymous(tmp_path, "[@own; @mine; @other]", HEAD, bib, format=found.format)
    assert reported == []
    assert result.resolved.cited == ("withheld-1", "withheld-2", "other")
    worded = cite(result.document, result.resolved, found, Collector())
    assert worded is not None
    printed = repr((worded.document.sections[0].blocks, worded.works))
    for secret in ("Alpha", "Delta", "李娜", "Na,", "mine"):
        assert secret not in printed
    assert printed.count("2014") >= 2
    assert "Author 2014a" in printed or "2014a" in printed
    assert [work.key for work in worded.works] == ["other"]
    assert "gamma ray li" in printed.lower()


def test_nothing_of_the_authors_is_left(tmp_path: Path) -> None:
    result = anonymous(
        tmp_path, "[@own]", f"{HEAD}acknowledgements: Thanks to Ann.\nrights: © Li\ndoi: 10.5555/x\n"
    )[0]
    data = result.document.publication.data
    assert (data.authors, data.affiliations, data.funding, data.doi, data.rights) == ((), {}, (), None, None)
    assert set(result.document.blocks) == {("abstract",)}
    assert result.original.publication.data.authors


@pytest.mark.parametrize(
    ("language", "text", "phrases"),
    [
        ("en-GB", "As I have shown\nelsewhere, it is.", ["As I have shown\nelsewhere"]),
        ("en", "in my earlier book, and my previous work", ["in my earlier book", "my previous work"]),
        ("en-US", "We have argued that our earlier study holds.", ["We have argued that", "our earlier study"]),
        ("de", "Wie ich an anderer Stelle gezeigt habe, in meinem früheren Buch",
         ["Wie ich an anderer Stelle gezeigt", "in meinem früheren Buch"]),
        ("fr-FR", "comme je l’ai montré ailleurs, dans mes travaux antérieurs",
         ["comme je l’ai montré ailleurs", "mes travaux antérieurs"]),
        ("zh", "参见拙著。", ["拙著"]),
        ("en", "As Wang has shown elsewhere, her earlier book argues that my father read.", []),
        ("tlh", "As I have shown elsewhere", []),
    ],
)  # fmt: skip
def test_phrases_that_point_at_the_author(language: str, text: str, phrases: list[str]) -> None:
    assert [text[start:end] for start, end in self_references(text, language)] == phrases


def test_phrases_are_told_at_their_place(tmp_path: Path) -> None:
    reported = anonymous(tmp_path, "It is so,\nas I have shown elsewhere [@own].")[1]
    assert reported == ["6:1 self-reference 'as I have shown elsewhere' points at the author's own work"]
