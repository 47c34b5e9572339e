"""Whether an edition is tagged: by its option, its standard, and what TeX can do."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.pipeline import tagging
from fascicle.pipeline.run import Request
from fascicle.pipeline.tagging import HURRIED, Tagging, standard_with, tagging_of
from fascicle.project.editions import edition_of
from fascicle.project.publication import read_publication
from fascicle.typeset.tagging import Capability
from tests.support.publications import SMALL, write

OLD = Capability("TeX Live 2024 cannot tag")
NEW = Capability(numbers_lines=True)


def decided(
    folder: Path, found: Capability, stated: str, edition: str = "screen", *, hurried: bool = False
) -> tuple[Tagging, str, list[str]]:
    """What is decided for an edition with `stated` under `editions:`; its standard; the errors."""
    text = f"{SMALL['content/publication.yaml']}editions: {{{edition}: {{{stated}}}}}\n"
    write(folder, {**SMALL, "content/publication.yaml": text})
    sources, problems = Request(folder).open_sources(), Collector()
    publication = read_publication(sources, problems)
    assert publication
    made = edition_of(publication, edition, {}, sources, problems)
    assert made
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tagging, "capability", lambda: found)
        options = {"tagging": "auto", **made.options}
        result = tagging_of(made, options, problems, hurried=hurried)
    return result, standard_with(made, result, problems).name, [one.message for one in problems.sorted()]


@pytest.mark.parametrize(
    ("stated", "edition", "on", "standard"),
    [
        ("draft: true", "screen", True, "a-4f"),
        ("draft: true", "review", True, "ua-2"),
        ("draft: true", "print", False, "x-4"),
        ("standard: ua-2", "screen", True, "ua-2"),
        ("standard: a-2u", "screen", False, "a-2u"),
        ("standard: none", "screen", True, "ua-2"),
        ("options: {tagging: off}", "screen", False, "a-2u"),
        ("options: {tagging: on}", "screen", True, "a-4f"),
    ],
)
def test_a_new_tex_tags_what_can_be_tagged(
    tmp_path: Path, stated: str, edition: str, on: bool, standard: str
) -> None:
    found, kept, errors = decided(tmp_path, NEW, stated, edition)
    assert (found.on, kept, errors) == (on, standard, [])


def test_an_old_tex_makes_what_it_always_made_and_says_why(tmp_path: Path) -> None:
    found, standard, errors = decided(tmp_path, OLD, "draft: true")
    assert (found, standard, errors) == (Tagging(untagged="TeX Live 2024 cannot tag"), "a-2u", [])


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        (
            "options: {tagging: on}",
            "tags were asked for, and this edition cannot be: TeX Live 2024 cannot tag",
        ),
        (
            "standard: a-4f",
            "PDF/UA-2 and PDF/A-4f is tagged, and this edition cannot be: TeX Live 2024 cannot tag",
        ),
    ],
)
def test_what_was_asked_for_and_cannot_be_had_is_an_error(tmp_path: Path, stated: str, message: str) -> None:
    assert decided(tmp_path, OLD, stated)[2] == [message]


def test_a_standard_of_tagged_files_bears_no_tagging_off(tmp_path: Path) -> None:
    found = decided(tmp_path, NEW, "standard: ua-2, options: {tagging: off}")[2]
    assert found == ["PDF/UA-2 is tagged, and this edition cannot be: tagging is off"]


def test_numbered_lines_need_a_package_of_their_own(tmp_path: Path) -> None:
    found = decided(tmp_path, Capability(), "options: {line-numbers: true}", "review")[0]
    assert found.on  # the names of options have underscores by then
    options = "options: {line_numbers: true}"
    assert (
        decided(tmp_path, Capability(), options, "review")[0].untagged == "the package lualineno is missing"
    )


def test_whoever_watches_waits_for_no_tags(tmp_path: Path) -> None:
    assert decided(tmp_path, NEW, "draft: true", hurried=True)[0] == Tagging(untagged=HURRIED)
    assert decided(tmp_path, OLD, "draft: true", hurried=True)[0].untagged == "TeX Live 2024 cannot tag"
