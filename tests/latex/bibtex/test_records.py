"""Records as BibTeX has them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import yaml

from fascicle.citations.items.items import items_of
from fascicle.core.diagnostics import Collector
from fascicle.latex.bibtex.records import bibtex_records
from fascicle.project.bibliography.fields.markup import text
from fascicle.project.bibliography.library import read_bibliography
from fascicle.project.sources import Sources
from tests.citations.scoredata import works
from tests.support.publications import write

CASES = yaml.safe_load((Path(__file__).parent / "records.yaml").read_text("utf-8"))


def written(folder: Path, records: str) -> str:
    sources = Sources(write(folder, {"bib/a.bib": records}))
    bibliography = read_bibliography(sources, [("bib/a.bib", None)], Collector())
    items = items_of(bibliography, bibliography.entries, "en")
    return bibtex_records(items, {item.key: item.key for item in items})


@pytest.mark.parametrize("case", CASES, ids=[case["record"][:18] for case in CASES])
def test_a_record(tmp_path: Path, case: dict[str, str]) -> None:
    assert written(tmp_path, case["record"]) == case["bibtex"]


def test_nothing_of_the_scoreboards_works_is_lost(tmp_path: Path) -> None:
    """Every name, title, number and word of a record stands in some field."""
    records = "".join(work.record for work in works())
    sources = Sources(write(tmp_path, {"bib/a.bib": records}))
    bibliography = read_bibliography(sources, [("bib/a.bib", None)], Collector())
    unsaid = {
        "title-short",
        "container-title-short",
        "original-title",
        "ISBN",
        "ISSN",
        "number-of-pages",
        "URL",
        "reviewed-genre",
    }
    lost = []
    for item in items_of(bibliography, bibliography.entries, "en"):
        made = bibtex_records([item], {item.key: item.key})
        said = [text(pieces) for name, pieces in item.texts.items() if name not in unsaid and name.islower()]
        lost += [
            (item.key, one) for one in said if one not in ("1", "PhD dissertation") and not _in(one, made)
        ]
        people = [person.literal or person.family for names in item.names.values() for person in names]
        lost += [(item.key, name) for name in people if not _in(name, made)]
    assert lost == []


def _in(words: str, made: str) -> bool:
    return _bare(words) in _bare(made)


def _bare(words: str) -> str:
    letters = unicodedata.normalize("NFD", re.sub(r"\\[a-z]{2,}(?![a-z])", "", words))
    return "".join(sign for sign in letters.casefold() if sign.isascii() and sign.isalnum())
