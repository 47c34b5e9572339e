"""The languages' files: complete, alike in what they hold, and all that a new language needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from fascicle.core.diagnostics import Collector
from fascicle.document.locale import words as module
from fascicle.document.locale.missing_words import tell_missing_words
from fascicle.document.locale.words import LanguageWords, has_words, languages, words
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.diagnostics import places_and_codes
from tests.support.publications import checked, write


@pytest.mark.parametrize("language", sorted(languages()))
def test_a_file_is_complete(language: str) -> None:
    found = words(language)
    groups = found.model_dump(exclude={"dates", "quotation_marks", "self_references"})
    reported = {f"{group}.{name}": word for group, names in groups.items() for name, word in names.items()}
    reported.pop("cross_references.section_after")
    assert not [name for name, word in reported.items() if not word.strip()]


@pytest.mark.parametrize("language", sorted(languages()))
def test_what_takes_numbers_and_names_has_braces(language: str) -> None:
    found = words(language)
    assert found.manuscript.page_of.count("{}") == 2
    assert found.collected_figures.mark.count("{}") == 1


@pytest.mark.parametrize("language", sorted(languages()))
def test_self_references_are_patterns(language: str) -> None:
    assert all(re.compile(pattern) for pattern in words(language).self_references)


def test_a_region_holds_only_what_differs() -> None:
    assert words("pt-BR").cross_references.section == "seção"
    assert words("pt-BR").labels == words("pt").labels


def test_what_a_file_lacks_or_misspells_is_refused() -> None:
    stated = words("en").model_dump(by_alias=True)
    del stated["films"]
    with pytest.raises(ValidationError, match="films"):
        LanguageWords.model_validate(stated)
    with pytest.raises(ValidationError, match="film"):
        LanguageWords.model_validate({**words("en").model_dump(by_alias=True), "film": {}})


def test_a_new_language_is_one_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path(module.__file__).parent / "data"
    for file in own.iterdir():
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / file.name).write_bytes(file.read_bytes())
    dutch = (own / "nl.yaml").read_text(encoding="utf-8").replace("Inhoud", "Inhoudsopgawe")
    (tmp_path / "data" / "af.yaml").write_text(dutch, encoding="utf-8")
    cached = (module.languages, module.words, module._read)
    for function in cached:
        function.cache_clear()
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    try:
        assert has_words("af-ZA")
        assert words("af-ZA").labels.contents == "Inhoudsopgawe"
    finally:
        for function in cached:
            function.cache_clear()


@pytest.mark.parametrize(
    ("language", "reported"),
    [("uk", ["content/publication.yaml:3:11 untranslated-words"]), ("de-AT", []), ("nn", [])],
)
def test_a_language_without_words_is_told(language: str, reported: list[str], tmp_path: Path) -> None:
    facts = f"title: A\nauthors: [{{literal: X}}]\nlanguage: {language}\n"
    write(tmp_path, {"content/publication.yaml": facts, "content/01.md": "---\ntitle: One\n---\n\nText.\n"})
    problems = Collector()
    publication = read_publication(Sources(tmp_path), problems)
    assert publication is not None
    tell_missing_words(publication, problems)
    assert places_and_codes(problems) == reported


def test_check_tells_it(tmp_path: Path) -> None:
    facts = "title: A\nauthors: [{literal: X}]\nlanguage: uk\n"
    write(tmp_path, {"content/publication.yaml": facts, "content/01.md": "---\ntitle: One\n---\n\nText.\n"})
    (reported,) = checked(tmp_path)
    assert "'uk'" in reported
