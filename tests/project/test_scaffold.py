"""The starter publication: complete, valid, personal, and written whole or not at all."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fascicle.cli.commands.new import new
from fascicle.core.diagnostics import Collector
from fascicle.core.model import FigureData, PublicationData, SectionData
from fascicle.document.document import parse_document
from fascicle.document.tree import Cite
from fascicle.project import scaffold
from fascicle.project.bibliography import library
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources


def _publication(folder: Path) -> PublicationData:
    return PublicationData.model_validate(
        yaml.safe_load((folder / "content/publication.yaml").read_text("utf-8"))
    )


def test_it_is_complete_and_each_file_is_valid(tmp_path: Path, frozen_day: date) -> None:
    folder = tmp_path / "my-essay"
    files = scaffold.write(folder)
    assert all(path.is_file() for path in files)
    assert {str(path.relative_to(folder)) for path in files} == {
        ".gitignore",
        ".schemas/figures.schema.json",
        ".schemas/publication.schema.json",
        "Makefile",
        "README.md",
        "bib/references.bib",
        "content/01-beginning.md",
        "content/02-showing.md",
        "content/publication.yaml",
        "figures/figures.yaml",
        "figures/sheets.svg",
    }
    data = _publication(folder)
    assert data.title == "My essay"
    assert data.date == frozen_day
    for section in folder.glob("content/*.md"):
        head = section.read_text("utf-8").split("---\n")[1]
        SectionData.model_validate(yaml.safe_load(head))
    ledger = yaml.safe_load((folder / "figures/figures.yaml").read_text("utf-8"))
    assert [FigureData.model_validate(entry).permission.value for entry in ledger.values()] == [
        "public-domain"
    ]
    assert all((folder / "figures" / name).exists() for name in ledger)


def test_reading_it_finds_nothing_wrong_and_every_entry_cited(tmp_path: Path) -> None:
    scaffold.write(tmp_path / "x")
    problems = Collector()
    publication = read_publication(Sources(tmp_path / "x"), problems)
    assert publication is not None
    document = parse_document(publication, publication.data.trust, problems)
    keys = [
        citation.key for node in document.nodes() if isinstance(node, Cite) for citation in node.citations
    ]
    library.check(publication.bibliography, keys, problems)
    assert [found.code.value for found in problems] == ["starter-name"]
    assert set(keys) == set(publication.bibliography.entries) == {"deppman2014", "jia2008"}
    assert {entry.type for entry in publication.bibliography.entries.values()} == {"article", "movie"}


def test_nothing_is_left_beside_it(tmp_path: Path) -> None:
    scaffold.write(tmp_path / "one")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_title_and_authors_are_put_in(tmp_path: Path) -> None:
    stated = scaffold.StarterData(
        'On "Quotes": a \\1 study',
        ["Duras, Marguerite", "The Collective", "贾樟柯", "Jane Doe", "Simone de Beauvoir"],
        orcid="0000-0002-1825-0097",
        language="de",
        citation_style="chicago-notes",
    )
    scaffold.write(tmp_path / "x", stated)
    data = _publication(tmp_path / "x")
    assert data.title == 'On "Quotes": a \\1 study'
    assert [(author.given, author.family, author.literal) for author in data.authors] == [
        ("Marguerite", "Duras", None),
        (None, None, "The Collective"),
        (None, None, "贾樟柯"),
        ("Jane", "Doe", None),
        ("Simone", "de Beauvoir", None),
    ]
    assert (data.authors[0].orcid, data.language, data.citation_style) == (
        "0000-0002-1825-0097",
        "de",
        "chicago-notes",
    )
    assert (tmp_path / "x/README.md").read_text("utf-8").startswith('# On "Quotes": a \\1 study\n')


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).filter(str.strip))
def test_any_title_survives(title: str) -> None:
    text = "title: A\ndate: 2024-02-29\n"
    assert yaml.safe_load(scaffold._personal(text, scaffold.StarterData(title)))["title"] == title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("my-essay", "My essay"),
        ("two_words.", "Two words"),
        ("Ünïcode", "Ünïcode"),
        ("--", "A small publication"),
    ],
)
def test_the_folder_gives_the_title(name: str, title: str, tmp_path: Path) -> None:
    scaffold.write(tmp_path / name)
    assert _publication(tmp_path / name).title == title


def test_an_empty_folder_or_one_under_git_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    inode = tmp_path.stat().st_ino
    monkeypatch.chdir(tmp_path)
    scaffold.write(Path())
    assert Path("content/publication.yaml").exists()
    assert Path().stat().st_ino == inode  # the shell that stands in it must not lose it


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    for name in "abcde":
        (tmp_path / name).touch()
    with pytest.raises(scaffold.OccupiedError, match=r"is not empty: it holds a, b, c and 2 more$"):
        scaffold.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == list("abcde")


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "target"
    folder.mkdir()
    rename = Path.rename

    def full_disk(self: Path, target: Path) -> Path:
        if self.name == "content":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full_disk)
    with pytest.raises(OSError, match="No space left"):
        scaffold.write(folder)
    assert list(folder.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["target"]


# -- The command ----------------------------------------------------------------------------------------


def test_the_command_says_what_to_type_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(new, ["my essay", "--author", "Duras, Marguerite"], standalone_mode=False)
    assert result.return_value == 0
    assert "my essay: a publication in 11 files" in result.output
    assert "build --project 'my essay'" in result.output


def test_an_occupied_folder_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "thesis.md").touch()
    result = CliRunner().invoke(new, [str(tmp_path)])
    assert result.exit_code == 2
    assert "is not empty: it holds thesis.md. Name a folder that does not exist yet." in result.stderr


def test_a_folder_that_cannot_be_written_is_no_fault_of_the_user() -> None:
    result = CliRunner().invoke(new, ["/dev/null/essay"])
    assert result.exit_code == 3
    assert "/dev/null/essay cannot be written" in result.stderr


# -- Its Makefile ---------------------------------------------------------------------------------------


def _make(folder: Path, *goals: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *goals],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_its_makefile_calls_fascicle(tmp_path: Path) -> None:
    scaffold.write(tmp_path / "x")
    program = tmp_path / "program"
    program.write_text('#!/bin/sh\necho "called $*"\n', encoding="utf-8")
    program.chmod(0o755)
    assert _make(tmp_path / "x", f"FASCICLE={program}").stdout == "called build\n"
    assert _make(tmp_path / "x", "check", f"FASCICLE={program}").stdout == "called check\n"


def test_its_makefile_says_how_to_install_fascicle(tmp_path: Path) -> None:
    scaffold.write(tmp_path / "x")
    made = _make(tmp_path / "x", "FASCICLE=no-such-program")
    assert made.returncode == 2
    assert "pipx install FOLDER" in made.stderr
    assert "fascicle doctor --install" in made.stderr
