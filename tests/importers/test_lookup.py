"""Works looked up by their identifiers: answers in the registries' documented shapes, made here; no network is used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fascicle.importers.convert import import_text
from fascicle.importers.lookup.client import Client, OfflineError, UnknownWorkError
from fascicle.importers.lookup.identifiers import Identifier, Scheme, identifier_of, is_isbn
from fascicle.importers.lookup.registries import Lookup
from tests.support.importing import checked

CROSSREF = {
    "type": "journal-article",
    "title": "Lamps  of the <i>Yangzi</i>",
    "container-title": "Journal of Lamps",
    "author": [
        {"family": "Li", "given": "Na", "sequence": "first", "affiliation": []},
        {"name": "Lamp Society"},
    ],
    "issued": {"date-parts": [[2012, 3]]},
    "volume": "4",
    "page": "1-9",
    "DOI": "10.5555/12345678",
    "ISSN": ["0000-0019"],
    "reference": [{"key": "1"}],
    "is-referenced-by-count": 3,
}
DATACITE = {
    "type": "article",
    "title": "A Theorem",
    "author": [{"family": "Roe", "given": "Jo"}],
    "publisher": "arXiv",
}
PUBMED = {
    "type": "article-journal",
    "title": "A Trial",
    "author": [{"family": "Doe", "given": "J"}],
    "id": "pmid:1",
}
BOOKS = {
    "ISBN:9780306406157": {
        "title": "Old Lamps",
        "subtitle": "A History",
        "authors": [{"name": "Jane Roe", "url": ""}],
        "publishers": [{"name": "Lamp Press"}],
        "publish_places": [{"name": "Leeds"}],
        "publish_date": "March 1980",
    }
}
ANSWERS: dict[str, Any] = {
    "https://doi.org/10.5555/12345678": CROSSREF,
    "https://doi.org/10.48550/arXiv.2101.00001": DATACITE,
    "https://api.ncbi.nlm.nih.gov/lit/ctxp/v1/pubmed/?format=csl&id=123": PUBMED,
    "https://openlibrary.org/api/books?bibkeys=ISBN:9780306406157&jscmd=data&format=json": BOOKS,
}


class Registry:
    """Answers as the registries do, and counts the questions."""

    def __init__(self, *, offline: bool = False) -> None:
        self.asked: list[str] = []
        self.offline = offline

    def __call__(self, address: str, accept: str) -> bytes:
        self.asked.append(address)
        if self.offline:
            raise OfflineError("no route to host")
        if address not in ANSWERS:
            raise UnknownWorkError("404")
        return json.dumps(ANSWERS[address]).encode()


@pytest.mark.parametrize(
    ("key", "scheme", "value"),
    [
        ("doi:10.5555/12345678", Scheme.DOI, "10.5555/12345678"),
        ("https://doi.org/10.5555/ab(c)1", Scheme.DOI, "10.5555/ab(c)1"),
        ("pmid:123", Scheme.PMID, "123"),
        ("arxiv:2101.00001v2", Scheme.ARXIV, "2101.00001"),
        ("https://arxiv.org/abs/math.GT/0309136", Scheme.ARXIV, "math.GT/0309136"),
        ("isbn:978-0-306-40615-7", Scheme.ISBN, "9780306406157"),
        ("isbn:0306406152", Scheme.ISBN, "0306406152"),
    ],
)
def test_identifiers_are_known_by_their_forms(key: str, scheme: Scheme, value: str) -> None:
    assert identifier_of(key) == Identifier(scheme, value)


@pytest.mark.parametrize(
    "key", ["li2012", "isbn:9780306406158", "pmid:abc", "doi:11.1/x", "https://example.org"]
)
def test_what_is_none_is_not_looked_up(key: str) -> None:
    assert identifier_of(key) is None


def test_the_last_sign_checks_an_isbn() -> None:
    assert is_isbn("080442957X")
    assert not is_isbn("0804429571")


@pytest.mark.parametrize(
    ("key", "item"),
    [
        (
            "doi:10.5555/12345678",
            {
                "type": "article-journal",
                "title": "Lamps of the <i>Yangzi</i>",
                "container-title": "Journal of Lamps",
                "author": [{"family": "Li", "given": "Na"}, {"literal": "Lamp Society"}],
                "issued": {"date-parts": [[2012, 3]]},
                "volume": "4",
                "page": "1-9",
                "DOI": "10.5555/12345678",
                "ISSN": "0000-0019",
            },
        ),
        (
            "arxiv:2101.00001",
            {
                **DATACITE,
                "DOI": "10.48550/arXiv.2101.00001",
                "number": "arXiv:2101.00001",
                "URL": "https://arxiv.org/abs/2101.00001",
            },
        ),
        (
            "pmid:123",
            {
                "type": "article-journal",
                "title": "A Trial",
                "author": [{"family": "Doe", "given": "J"}],
                "PMID": "123",
            },
        ),
        (
            "isbn:9780306406157",
            {
                "type": "book",
                "title": "Old Lamps: A History",
                "author": [{"family": "Roe", "given": "Jane"}],
                "publisher": "Lamp Press",
                "publisher-place": "Leeds",
                "issued": {"date-parts": [[1980]]},
                "ISBN": "9780306406157",
            },
        ),
    ],
)
def test_answers_become_items(tmp_path: Path, key: str, item: dict[str, Any]) -> None:
    assert Lookup(Client(tmp_path, Registry()))(key) == {**item, "id": key}


def test_a_question_is_asked_once(tmp_path: Path) -> None:
    registry = Registry()
    first, second = (Lookup(Client(tmp_path, registry))("pmid:123") for _ in range(2))
    assert first == second
    assert len(registry.asked) == 1


def test_without_a_network_nothing_more_is_asked(tmp_path: Path) -> None:
    registry = Registry(offline=True)
    lookup = Lookup(Client(tmp_path, registry))
    assert [lookup("pmid:123"), lookup("doi:10.5555/12345678")] == [None, None]
    assert (len(registry.asked), lookup.offline) == (1, "no route to host")


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'"text"', b"{}", b"[" * 100_000])
def test_answers_that_are_no_records_are_none(tmp_path: Path, answer: bytes) -> None:
    for key in ("doi:10.5555/1", "pmid:123", "isbn:9780306406157", "arxiv:2101.00001"):
        assert Lookup(Client(tmp_path / key[:4], lambda _address, _accept: answer))(key) is None


def test_an_import_takes_what_is_found_and_says_what_is_not(tmp_path: Path) -> None:
    source = tmp_path / "t.md"
    source.write_text("As [@doi:10.5555/12345678] and [@pmid:9] say.\n", "utf-8")
    lookup = Lookup(Client(tmp_path / "cache", Registry()))
    done = import_text(source, tmp_path / "out", "accept", checked, lookup)
    items = json.loads((tmp_path / "out/bib/imported.json").read_text("utf-8"))
    assert {each["id"]: each["title"] for each in items} == {
        "doi:10.5555/12345678": "Lamps of the <i>Yangzi</i>",
        "pmid:9": "To verify: pmid:9",
    }
    report = "\n".join(done.report.lines())
    assert (
        "its record was looked up and stands in bib/imported.json:\n    - doi:10.5555/12345678: Lamps"
        in report
    )
    assert "one to be filled in stands in bib/imported.json:\n    - pmid:9" in report


def test_an_import_without_a_network_goes_on(tmp_path: Path) -> None:
    source = tmp_path / "t.md"
    source.write_text("As [@pmid:123] says.\n", "utf-8")
    lookup = Lookup(Client(tmp_path / "cache", Registry(offline=True)))
    done = import_text(source, tmp_path / "out", "accept", checked, lookup)
    assert "a registry cannot be reached:\n    - no route to host" in "\n".join(done.report.lines())
    assert not done.found.failed
