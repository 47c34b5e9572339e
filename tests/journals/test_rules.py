"""What a journal asks of the text, rule by rule: kept or broken, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.document import parse_document
from fascicle.document.resolve import resolve
from fascicle.journals.profile_files import read_journal
from fascicle.journals.rules import ChecklistItem, check_rules
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.publications import SMALL, write

PROFILE = """\
name: Journal of Wolves
publisher: Wolf Press
sources:
  guide: {title: Guide, date: 2026-08}
rules:
  formats: {value: [docx], source: guide}
"""
ANN, BOB = "{family: Small, given: Ann", "{family: Low, given: Bob"


def items(
    root: Path, rule: str, value: str, stated: str = "", authors: str = f"{ANN}}}"
) -> list[ChecklistItem]:
    """What comes of one rule of a journal for a small publication of which more is `stated`."""
    publication = f"title: A Small Thing\nauthors: [{authors}]\nlanguage: en-GB\n{stated}\n"
    profile = f"{PROFILE}  {rule}: {{value: {value}, source: guide}}\n"
    write(root, {**SMALL, "content/publication.yaml": publication, "templates/journals/wolves.yaml": profile})
    problems, sources = Collector(), Sources(root)
    journal, read = read_journal("wolves", sources, problems), read_publication(sources, problems)
    assert journal
    assert read
    document = parse_document(read, TrustSettings(), problems)
    found = [
        item for item in check_rules(journal, document, resolve(document, problems)) if item.rule == rule
    ]
    assert list(problems) == []
    assert all(item.source == "Guide, 2026-08" for item in found)
    return found


@pytest.mark.parametrize(
    ("value", "kept", "hint"),
    [
        ("{max: 1}", False, "shorten"),
        ("{max: 2}", True, "add more"),
        ("{min: 2}", True, "add more"),
        ("{min: 3}", False, "add more"),
        ("{min: 3, max: 9}", False, "add more"),
    ],
)
def test_a_number_and_its_limits(tmp_path: Path, value: str, kept: bool, hint: str) -> None:
    (item,) = items(tmp_path, "keywords", value, "keywords: [wolf, moon]")
    assert (item.kept, item.hint, item.found) == (kept, hint, "there are 2 keywords")
    assert item.span
    assert (item.span.file, item.span.line) == ("content/publication.yaml", 4)


@pytest.mark.parametrize(
    ("word", "title", "kept"),
    [
        ("AI", "Use of AI", True),
        ("AI", "Use of ai tools", True),
        ("AI", "Aims", False),
        ("AI", "Detail", False),
        ("Interest", "Conflicts of interests", True),
        ("Interest", "Disinterest", False),
    ],
)
def test_a_declaration_is_known_by_a_word_of_its_title(
    tmp_path: Path, word: str, title: str, kept: bool
) -> None:
    stated = f"declarations: [{{title: {title}, text: None.}}]"
    assert [item.kept for item in items(tmp_path, "declarations", f"[{word}]", stated)] == [kept]


@pytest.mark.parametrize(
    ("authors", "kept"),
    [
        (f"{ANN}}}, {BOB}, email: b@low.org}}", False),
        (f"{ANN}, email: a@small.org}}, {BOB}}}", True),
        (f"{ANN}}}, {BOB}, corresponding: true, email: b@low.org}}", True),
        (f"{ANN}, corresponding: true}}, {BOB}, corresponding: true, email: b@low.org}}", False),
    ],
)
def test_who_answers_letters_has_an_address(tmp_path: Path, authors: str, kept: bool) -> None:
    assert [item.kept for item in items(tmp_path, "contacts", "[emails]", authors=authors)] == [kept]


@pytest.mark.parametrize(("value", "kept"), [("{max: 12}", False), ("{max: 13}", True), ("{min: 14}", False)])
def test_the_title_stands_for_a_running_head(tmp_path: Path, value: str, kept: bool) -> None:
    assert [item.kept for item in items(tmp_path, "running_head".replace("_", "-"), value)] == [kept]
    (short,) = items(tmp_path, "running-head", "{max: 5}", "short-title: Small")
    assert short.kept


@pytest.mark.parametrize(("roles", "kept"), [("", False), (", roles: [software]", True)])
def test_every_author_has_a_role(tmp_path: Path, roles: str, kept: bool) -> None:
    found = items(tmp_path, "roles", "true", authors=f"{ANN}, roles: [methodology]}}, {BOB}{roles}}}")
    assert [item.kept for item in found] == [True, kept]
