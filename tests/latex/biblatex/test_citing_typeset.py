"""Every citation style, typeset: the essay's sources and a hostile library, cited in every form, read from the PDF."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.core.model import CitationStyle
from tests.support import citing

pytestmark = [pytest.mark.tex, pytest.mark.slow]

HARMLESS = ("legacy year field",)
"""biblatex-chicago itself writes a word into `year` for works without one, of which biber then warns."""


@pytest.fixture(scope="module")
def documents(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, citing.Result]:
    """One document of each style, two at a time after the first, which fills the font cache."""
    problems = Collector()
    bibliography = citing.library(root, problems)
    assert not list(problems)
    folder = tmp_path_factory.mktemp("citing")

    def made(style: CitationStyle) -> tuple[str, citing.Result]:
        return style.value, citing.set_document(folder / style.value, bibliography, style)

    first, *others = CitationStyle
    with ThreadPoolExecutor(2) as pool:
        return dict([made(first), *pool.map(made, others)])


@pytest.fixture(params=[style.value for style in CitationStyle])
def result(request: pytest.FixtureRequest, documents: dict[str, citing.Result]) -> tuple[str, citing.Result]:
    """The document of one style."""
    return request.param, documents[request.param]


def test_citations_and_list(result: tuple[str, citing.Result]) -> None:
    style, found = result
    assert citing.expected(style) == [*found.citations, "", *found.entries]


def test_no_complaints(result: tuple[str, citing.Result]) -> None:
    log = [
        line for line in result[1].log.splitlines() if re.search(r"Warning|Missing character|No driver", line)
    ]
    told = [line for line in result[1].biber.splitlines() if re.search(r"WARN -|ERROR -", line)]
    assert not log
    assert not [line for line in told if not any(known in line for known in HARMLESS)]


def test_titles_of_films_are_italic(result: tuple[str, citing.Result]) -> None:
    words = {word.lower() for word in citing.italic_words(result[1].pdf)}
    assert {"train", "ershisi", "bronenosets", "glaneurs"} <= words
    assert not {"dir.", "goskino", "wenhua"} & words
