"""Reading the project's YAML: faults are told at their places, sound files become the model."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.core.diagnostics import Collector
from fascicle.core.model import PublicationData
from fascicle.project.figures.ledger import read_ledger
from fascicle.project.manifest import is_current
from fascicle.project.publication import read_publication
from fascicle.project.schemas import publication_schema
from fascicle.project.sections import read_section
from fascicle.project.sources import Sources
from fascicle.project.validation import validate
from fascicle.project.yaml_reader import read_yaml
from tests.support.cases import Case, assert_told, parametrize
from tests.support.diagnostics import places_and_codes
from tests.support.publications import write

FIXTURES = Path(__file__).parent / "fixtures"


SOUND = {
    "content/publication.yaml": "title: A\nauthors: [{literal: X}]\n",
    "content/01-one.md": "---\ntitle: One\n---\nText.\n",
}


@parametrize(FIXTURES / "publication.yaml")
def test_publication(case: Case, tmp_path: Path) -> None:
    root = write(tmp_path, {**SOUND, "content/publication.yaml": case.input})
    problems = Collector()
    read_publication(Sources(root), problems)
    assert_told(problems.sorted(), case)


@parametrize(FIXTURES / "sections.yaml")
def test_section(case: Case) -> None:
    problems = Collector()
    read_section("content/01-a.md", case.input, problems)
    assert_told(problems.sorted(), case)


@parametrize(FIXTURES / "ledger.yaml")
def test_ledger(case: Case, tmp_path: Path) -> None:
    problems = Collector()
    read_ledger(Sources(write(tmp_path, {"figures/figures.yaml": case.input})), problems)
    assert_told(problems.sorted(), case)


def test_sound_publication(tmp_path: Path) -> None:
    problems = Collector()
    publication = read_publication(Sources(write(tmp_path, SOUND)), problems)
    assert not list(problems)
    assert publication is not None
    assert publication.slug == "a"
    section = publication.sections[0]
    assert (section.label, section.first_line, section.text) == ("sec:one", 4, "Text.\n")


def reported(root: Path, *, trusted: bool = True) -> list[str]:
    problems = Collector()
    read_publication(Sources(root, trusted=trusted), problems)
    return places_and_codes(problems.sorted())


def test_empty_content_folder(tmp_path: Path) -> None:
    root = write(tmp_path, {"content/publication.yaml": SOUND["content/publication.yaml"]})
    assert reported(root) == ["content/publication.yaml:1:1 no-sections"]


def test_no_publication(tmp_path: Path) -> None:
    assert reported(tmp_path) == ["- missing-file"]


def test_section_in_latin_1_is_told_at_its_byte(tmp_path: Path) -> None:
    root = write(
        tmp_path, {**SOUND, "content/02-two.md": "---\ntitle: Two\n---\nA caf\xe9.\n".encode("latin-1")}
    )
    assert reported(root) == ["content/02-two.md:4:6 not-utf8"]


def test_missing_twice_listed_and_cyclic_sections(tmp_path: Path) -> None:
    listed = SOUND["content/publication.yaml"] + "sections: [01-one.md, 01-one.md, 02-tow.md, loop.md]\n"
    root = write(tmp_path, {**SOUND, "content/publication.yaml": listed})
    (root / "content/loop.md").symlink_to("loop.md")
    assert reported(root) == [
        "content/publication.yaml:3:23 duplicate-section",
        "content/publication.yaml:3:34 missing-file",
        "content/publication.yaml:3:45 unreadable-file",
    ]


def test_links_out_of_the_project_are_refused_without_trust(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"far.md": SOUND["content/01-one.md"]})
    root = write(tmp_path / "inside", SOUND)
    (root / "content/02-far.md").symlink_to(outside / "far.md")
    assert reported(root) == []
    assert reported(root, trusted=False) == ["- path-outside"]


@pytest.mark.parametrize("trusted", [True, False])
def test_a_link_that_leads_in_a_circle_is_told(tmp_path: Path, trusted: bool) -> None:
    root = write(tmp_path, SOUND)
    (root / "content/02-loop.md").symlink_to("02-loop.md")
    assert reported(root, trusted=trusted) == ["- unreadable-file"]


@pytest.mark.parametrize("listed", ["../far.md", "/etc/passwd", "a/../../far.md", '"far\\0.md"'])
def test_a_listed_path_leads_nowhere_else(tmp_path: Path, listed: str) -> None:
    publication = f"{SOUND['content/publication.yaml']}sections: [{listed}]\n"
    write(tmp_path, {"far.md": SOUND["content/01-one.md"]})
    assert reported(write(tmp_path / "inside", {"content/publication.yaml": publication}))[0].endswith(
        "path-outside"
    )


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    root = write(tmp_path, SOUND)
    os.mkfifo(root / "pipe")
    (root / "content/02-pipe.md").symlink_to("../pipe")
    assert reported(root) == ["- unreadable-file"]


def test_a_device_is_told_and_not_read(tmp_path: Path) -> None:
    root = write(tmp_path, SOUND)
    (root / "content/02-zeros.md").symlink_to("/dev/zero")
    assert reported(root) == ["- unreadable-file"]


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf---\r\ntitle: One\r\n---\r\nText.\r\n"
    root = write(tmp_path, {**SOUND, "content/01-one.md": text})
    assert reported(root) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("02-two.MD", "rename it to content/02-two.md"),
        ("02-two.markdown", "rename it to content/02-two.md"),
        ("02-two.docx", "fascicle import content/02-two.docx new-text makes a publication of it"),
        ("02-two.qmd", "fascicle import content/02-two.qmd new-text"),
        (
            "part1/02-two.md",
            "list the files in their order in content/publication.yaml: sections: [part1/02-two.md]",
        ),
        ("notes.yaml", ""),
    ],
)
def test_a_section_is_not_left_out_unseen(tmp_path: Path, name: str, hint: str) -> None:
    problems = Collector()
    read_publication(Sources(write(tmp_path, {**SOUND, f"content/{name}": "Text."})), problems)
    assert [found.code.value for found in problems.sorted()] == (["left-out-section"] if hint else [])
    assert all(found.hints[0].startswith(hint) for found in problems.sorted())


def test_a_section_in_a_folder_can_be_listed(tmp_path: Path) -> None:
    listed = SOUND["content/publication.yaml"] + "sections: [part1/one.md]\n"
    files = {"content/publication.yaml": listed, "content/part1/one.md": "---\ntitle: One\n---\nText.\n"}
    assert reported(write(tmp_path, files)) == []


@pytest.mark.parametrize("name", ["01-one copy.md", "01-one (2).md", "01-one - Kopie.md", "01-one-backup.md"])
def test_a_copy_of_a_section_is_told(tmp_path: Path, name: str) -> None:
    text = SOUND["content/01-one.md"]
    assert reported(write(tmp_path, {**SOUND, f"content/{name}": text})) == [
        f"content/{name}:1:1 copied-section"
    ]


@pytest.mark.parametrize("name", ["~$01-one.md", ".~lock.01-one.md#", "#01-one.md"])
def test_what_another_program_keeps_beside_a_section_is_none(tmp_path: Path, name: str) -> None:
    assert reported(write(tmp_path, {**SOUND, f"content/{name}": "\0"})) == []


def test_the_name_that_a_new_publication_begins_with_is_noted(tmp_path: Path) -> None:
    data = "title: T\nauthors: [{literal: Your Name}]\nlanguage: en-GB\n"
    assert "starter-name" in " ".join(reported(write(tmp_path, {**SOUND, "content/publication.yaml": data})))


def test_a_folder_in_the_place_of_a_section(tmp_path: Path) -> None:
    listed = SOUND["content/publication.yaml"] + "sections: [one.md]\n"
    root = write(tmp_path, {"content/publication.yaml": listed, "content/one.md/x": ""})
    assert reported(root) == ["content/publication.yaml:3:12 unreadable-file"]


def test_what_could_not_be_read_is_a_change_once_it_can(tmp_path: Path) -> None:
    sources = Sources(tmp_path)
    (tmp_path / "a.md").mkdir()
    assert sources.bytes("a.md", Collector()) is None
    (entry,) = sources.reads
    assert is_current(entry, tmp_path)
    (tmp_path / "a.md").rmdir()
    (tmp_path / "a.md").write_text("text")
    assert not is_current(entry, tmp_path)


def test_a_hidden_file_is_no_change_of_a_listing(tmp_path: Path) -> None:
    root = write(tmp_path, SOUND)
    sources = Sources(root)
    assert sources.listing("content", ".md") == ["content/01-one.md"]
    (entry,) = sources.reads
    write(root, {"content/.#01-one.md": "", "content/notes.txt": ""})
    assert is_current(entry, root)
    write(root, {"content/02-two.md": ""})
    assert not is_current(entry, root)


def test_json_schema_knows_every_key() -> None:
    properties = publication_schema()["properties"]
    assert {"title", "short-title", "citation-style", "trust"} <= set(properties)
    schema = publication_schema()
    assert all(key.get("description") for key in schema["properties"].values())
    stated = [part for part in schema["$defs"].values() if "properties" in part]
    assert all(key.get("description") for part in stated for key in part["properties"].values())


@given(st.text())
def test_any_text_as_yaml_never_raises(text: str) -> None:
    problems = Collector()
    located = read_yaml(text, "content/publication.yaml", problems)
    validate(PublicationData, located, "content/publication.yaml", problems)


@given(
    st.lists(
        st.sampled_from(
            ["title: ", "a", "\n", "  ", "- ", "authors:", "{", "}", "[", "]", "|", ">", "'", '"', "#", ": "]
        )
    )
)
def test_yaml_made_of_its_own_pieces_never_raises(pieces: list[str]) -> None:
    problems = Collector()
    located = read_yaml("".join(pieces), "content/publication.yaml", problems)
    validate(PublicationData, located, "content/publication.yaml", problems)
    assert all(found.span is None or found.span.line >= 1 for found in problems)


@pytest.mark.parametrize("name", ["../up.md", "/etc/passwd"])
def test_sections_outside_the_project(tmp_path: Path, name: str) -> None:
    root = write(
        tmp_path, {"content/publication.yaml": SOUND["content/publication.yaml"] + f"sections: [{name}]\n"}
    )
    assert reported(root) == ["content/publication.yaml:3:12 path-outside"]
