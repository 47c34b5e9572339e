"""Records of the work itself, each read again by a parser of its format."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from fascicle.cli.commands.cite import cite
from fascicle.core.diagnostics import Collector
from fascicle.export.metadata.citation_formats import citation_key
from fascicle.export.metadata.formats import EXPORTS
from fascicle.export.metadata.record import WorkRecord, work_of
from fascicle.project.bibliography.fields.markup import plain
from fascicle.project.bibliography.library import read_bibliography
from fascicle.project.bibliography.names import read_names
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.hostile import HOSTILE
from tests.support.publications import SMALL, write

TITLE = "100 % of Wölfe & {braces}: <tags>, money and scores, a Title that is Longer than Any Running Head"
SUBTITLE = "Третий путь, 第三條路 and a tilde"
CROSSREF = "{http://www.crossref.org/schema/5.5.0}"


def _work(root: Path) -> WorkRecord:
    problems = Collector()
    publication = read_publication(Sources(root), problems)
    assert publication is not None
    return work_of(publication, problems)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> WorkRecord:
    return _work(write(tmp_path_factory.mktemp("hostile"), HOSTILE))


def _written(work: WorkRecord, name: str) -> str:
    problems = Collector()
    text = EXPORTS[name].write(work, problems)
    assert text is not None
    assert not len(problems)
    return text


def test_bibtex_is_read_by_our_own_reader(work: WorkRecord, tmp_path: Path) -> None:
    write(tmp_path, {"bib/self.bib": _written(work, "bibtex")})
    problems = Collector()
    bibliography = read_bibliography(Sources(tmp_path), [("bib/self.bib", None)], problems)
    assert not list(problems)
    (entry,) = bibliography.entries.values()
    assert entry.type == "article"
    assert plain(entry.text("title")) == f"{TITLE}: {SUBTITLE}"
    names = read_names(entry, "author").names
    assert [(plain(n.family), plain(n.given), n.body, n.eastern) for n in names] == [
        ("Lovelace", "Ada & Byron", False, False),
        ("贾樟柯", "", True, True),
        ("Jia", "Zhangke", False, True),
        ("Достоевская", "Анна", False, False),
        ('The "Quoted" & <Marked> Collective, Inc.', "", True, False),
    ]
    assert names[2].native == "贾樟柯"
    assert (entry.text("pages"), entry.text("volume"), entry.text("doi")) == (
        "101--130",
        "12",
        "10.5555/wolves.1",
    )


@pytest.mark.parametrize(
    ("stated", "key"),
    [
        ("title: The Wolf at Night\nauthors: [{family: Øst, given: Ann}]\ndate: 2026-11-23\n", "st2026wolf"),
        (
            "title: Das Kapital\nauthors: [{family: Müller-Lüdenscheidt, given: A.}]\n",
            "mullerludenscheidtkapital",
        ),
        ("title: 江湖\nauthors: [{literal: Centre for Wolves}]\ndate: 2026-11-23\n", "wolves2026"),
        ("title: 江湖\nauthors: [{literal: 贾樟柯}]\n", "jianghu"),
    ],
)
def test_the_key_of_the_work_itself(stated: str, key: str, tmp_path: Path) -> None:
    files = {**SMALL, "content/publication.yaml": f"{stated}language: en-GB\nslug: jianghu\n"}
    assert citation_key(_work(write(tmp_path, files))) == key


def test_ris_has_one_value_a_line(work: WorkRecord) -> None:
    lines = _written(work, "ris").split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert [line[6:] for line in lines if line.startswith("AU")][3:] == [
        "Достоевская, Анна",
        'The "Quoted" & <Marked> Collective Inc.',
    ]


def test_csl_json_keeps_italics(work: WorkRecord) -> None:
    (item,) = json.loads(_written(work, "csl-json"))
    assert item["title"].startswith("100 % of <i>Wölfe</i> & {braces}")
    assert item["author"][1] == {"family": "贾", "given": "樟柯"}
    assert item["issued"] == {"date-parts": [[2024, 2, 29]]}
    assert item["page"] == "101–130"


def test_citation_cff(work: WorkRecord) -> None:
    record = yaml.safe_load(_written(work, "cff"))
    assert record["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= record.keys()
    assert record["preferred-citation"]["type"] == "article"
    assert record["preferred-citation"]["start"] == 101
    assert record["authors"][0]["orcid"] == "https://orcid.org/0000-0002-1825-0097"
    assert record["doi"] == "10.5555/wolves.1"
    assert record["url"] == "https://example.org/wolves/page.html"


def test_datacite_has_what_is_mandatory(work: WorkRecord) -> None:
    record = json.loads(_written(work, "datacite"))
    wanted = {"doi", "creators", "titles", "publisher", "publicationYear", "types", "schemaVersion"}
    assert wanted <= record.keys()
    assert record["titles"][0]["title"] == TITLE
    assert record["titles"][1] == {"title": SUBTITLE, "titleType": "Subtitle", "lang": "en-GB"}
    assert [creator["nameType"] for creator in record["creators"]] == ["Personal"] * 4 + ["Organizational"]


def test_crossref_deposit(work: WorkRecord) -> None:
    text = _written(work, "crossref")
    root = ET.fromstring(text)
    article = root.find(f".//{CROSSREF}journal_article")
    assert article is not None
    order = [child.tag.split("}")[1] for child in article]
    assert order == [
        "titles",
        "contributors",
        "abstract",
        "publication_date",
        "pages",
        "program",
        "program",
        "doi_data",
    ]
    title = article.find(f".//{CROSSREF}title")
    assert title is not None
    assert "".join(title.itertext()) == TITLE
    assert [child.tag for child in title] == [f"{CROSSREF}i", f"{CROSSREF}i"]
    assert root.findtext(f".//{CROSSREF}timestamp") == "20240229000000"
    assert root.findtext(f".//{CROSSREF}doi") == "10.5555/wolves.1"


class _Page(HTMLParser):
    """Collects what stands in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.script = ""
        self.inside = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        stated = dict(attrs)
        if tag == "meta" and stated.get("name"):
            self.meta.append((stated["name"] or "", stated["content"] or ""))
        if tag not in ("meta",):
            self.open.append(tag)
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.script += data


def test_landing_page(work: WorkRecord) -> None:
    page = _Page()
    page.feed(_written(work, "html"))
    assert not page.open
    authors = [value for name, value in page.meta if name == "citation_author"]
    assert authors[0] == "Lovelace, Ada & Byron"
    assert authors[4] == 'The "Quoted" & <Marked> Collective, Inc.'
    assert ("citation_title", f"{TITLE}: {SUBTITLE}") in page.meta
    assert ("citation_pdf_url", "https://example.org/wolves/wolves.pdf") in page.meta
    article = json.loads(page.script)
    assert article["@type"] == "ScholarlyArticle"
    assert article["isPartOf"]["isPartOf"]["isPartOf"]["issn"] == "0378-5955"


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_publication_gives_the_same_bytes(name: str, work: WorkRecord) -> None:
    assert _written(work, name) == _written(work, name)


@pytest.mark.parametrize(
    ("name", "missing"),
    [("datacite", ["doi", "publisher", "date"]), ("crossref", ["doi", "url", "date", "deposit"])],
)
def test_what_is_missing_is_named(name: str, missing: list[str], tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    done = CliRunner().invoke(
        cite, [name, "--project", str(tmp_path), "--format", "short"], standalone_mode=False
    )
    assert done.return_value == 1
    assert re.findall(r"needs the key '(.*?)'", done.output) == missing
    assert "content/publication.yaml" in done.output


def test_a_journal_without_issn_is_no_journal_to_crossref(tmp_path: Path) -> None:
    stated = str(HOSTILE["content/publication.yaml"]).replace("issn: 0378-5955, ", "")
    problems = Collector()
    work = _work(write(tmp_path, {**HOSTILE, "content/publication.yaml": stated}))
    assert EXPORTS["crossref"].write(work, problems) is None
    (found,) = problems
    assert found.message == "Crossref needs the journal's ISSN"
    assert found.span is not None
    assert found.span.line == 35


@pytest.mark.parametrize("name", ["cff", "bibtex", "ris", "csl-json", "html"])
def test_the_least_publication_has_a_record(name: str, tmp_path: Path) -> None:
    assert _written(_work(write(tmp_path, SMALL)), name)


def test_a_work_of_no_journal_is_posted_content(tmp_path: Path) -> None:
    stated = re.sub(r"\njournal:.*", "", str(HOSTILE["content/publication.yaml"]))
    root = ET.fromstring(
        _written(_work(write(tmp_path, {**HOSTILE, "content/publication.yaml": stated})), "crossref")
    )
    assert root.find(f".//{CROSSREF}posted_content/{CROSSREF}posted_date") is not None


def test_a_doi_that_citation_cff_cannot_hold_stays_an_address(tmp_path: Path) -> None:
    stated = str(HOSTILE["content/publication.yaml"]).replace("wolves.1", "wolves.<1>")
    record = yaml.safe_load(
        _written(_work(write(tmp_path, {**HOSTILE, "content/publication.yaml": stated})), "cff")
    )
    assert "doi" not in record
    assert record["url"] == "https://example.org/wolves/page.html"
