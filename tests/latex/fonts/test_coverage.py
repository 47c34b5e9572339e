"""Characters that no font has are told where they stand, a row of them in one message."""

from __future__ import annotations

from pathlib import Path

from fascicle.pipeline.build import check_edition
from fascicle.pipeline.run import Request
from tests.support.publications import small


def test_a_phrase_in_a_script_without_font_is_told_once(tmp_path: Path) -> None:
    text = "---\ntitle: One\n---\n\nThe song पथेर पांचाली, and थ.\n"
    result = check_edition(Request(small(tmp_path, **{"content/01-one.md": text})), "screen")
    reported = [(str(found.span), found.message) for found in result.sorted()]
    assert reported == [
        ("content/01-one.md:5:10", "no font has the characters 'पथेर पांचाली' (devanagari)"),
        ("content/01-one.md:5:28", "no font has the character 'थ' (U+0925, devanagari letter tha)"),
    ]


def test_a_language_of_which_nothing_is_known_is_told(tmp_path: Path) -> None:
    facts = "title: A\nauthors: [{literal: X}]\nlanguage: sw\n"
    result = check_edition(Request(small(tmp_path, **{"content/publication.yaml": facts})), "screen")
    assert [(str(found.span), found.code.value) for found in result.sorted()] == [
        ("content/publication.yaml:3:11", "untranslated-words"),
        ("content/publication.yaml:3:11", "unknown-language"),
    ]
