"""How long `fascicle submit` takes for one journal, beside the one build that it contains, each from warm fonts alone.

The one build is what an author types to have the same document and nothing else. Of a LaTeX journal that is its class
compiled by pdfLaTeX and biber until it is stable: `submit --as pdf` of the same profile without the rules on title
page, full copy and letter, which runs no proof. Of a Word journal it is `build` of an edition with the profile's looks
and citations. Both sides start a process of their own and find nothing that an earlier one has made.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from fascicle.core.diagnostics import Collector
from fascicle.journals.journal_edition import word_options
from fascicle.journals.profile import JournalProfile, ManuscriptFormat
from fascicle.journals.profile_files import read_journal
from fascicle.project.sources import Sources
from tests.bench.harness import PROGRAM, Table, compare, timed
from tests.support.classes import STUBS
from tests.support.essay import copy_essay
from tests.support.publications import write

LIMIT = 2.0
"""The most that a package may cost in builds."""
ALONE = "alone"
"""Name of the profile, or edition, of the one build."""
BESIDE = ("title-page", "full-copy", "cover-letter", "figures-sent", "records")
"""Rules that ask for more than the document."""
CASES = [
    ("elsevier", ManuscriptFormat.LATEX),
    ("arxiv", ManuscriptFormat.LATEX),
    ("taylor-francis", ManuscriptFormat.LATEX),  # anonymous, with a copy that is not, and a title page
    ("film-criticism", ManuscriptFormat.DOCX),
    ("mclc", ManuscriptFormat.DOCX),  # anonymous, with a title page
    ("taylor-francis", ManuscriptFormat.DOCX),
]

pytestmark = [pytest.mark.tex, pytest.mark.slow]


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_essay(tmp_path_factory.mktemp("essay"))
    return write(root, {f"classes/{name}": text for name, text in STUBS.items()})


def profile(essay: Path, name: str) -> JournalProfile:
    """The journal's profile as it comes with the program."""
    journal = read_journal(name, Sources(essay, trusted=False), Collector())
    assert journal
    return journal


def the_document_alone(essay: Path, journal: JournalProfile, form: ManuscriptFormat) -> list[str]:
    """The command for the one build, after its profile or edition has been written."""
    if form is ManuscriptFormat.DOCX:
        settings = {
            "format": "docx",
            "template": "word",
            "description": "A manuscript",
            "draft": True,
            "anonymous": journal.rules.anonymous,
            "options": dict(word_options(journal)),
        }
        write(essay, {f"templates/editions/{ALONE}.yaml": yaml.safe_dump(settings)})
        return ["build", ALONE]
    stated = journal.file.model_dump(mode="json", exclude_none=True)
    stated["rules"] = {key: rule for key, rule in stated["rules"].items() if key not in BESIDE}
    stated["rules"]["formats"]["value"] = ["pdf"]
    write(essay, {f"templates/journals/{ALONE}.yaml": yaml.safe_dump(stated, allow_unicode=True)})
    return ["submit", ALONE, "--draft", "--class-path", "classes"]


def afresh(essay: Path, arguments: list[str]) -> float:
    """Seconds of a command that finds nothing built."""
    shutil.rmtree(essay / "build", ignore_errors=True)
    return timed([PROGRAM, *arguments, "--quiet"], essay)


@pytest.mark.parametrize(("name", "form"), CASES)
def test_at_most_two_builds(table: Table, essay: Path, name: str, form: ManuscriptFormat) -> None:
    package = ["submit", name, "--as", form.value, "--draft", "--class-path", "classes"]
    alone = the_document_alone(essay, profile(essay, name), form)
    afresh(essay, package)
    afresh(essay, alone)
    figure = compare(
        f"submit {name} ({form.value}) / its build",
        lambda _: afresh(essay, package),
        lambda _: afresh(essay, alone),
        LIMIT,
    )
    assert table.add(figure).kept
