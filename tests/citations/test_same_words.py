"""Every citation, note and entry reads alike in the PDF, Word, JATS, HTML and EPUB: the whole scoreboard, six languages."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.citations.scoredata import works
from tests.conftest import STRESS, need
from tests.support import reading_word as word
from tests.support.printed_words import (
    bare,
    jats_entries,
    jats_notes,
    jats_texts,
    pages,
    printed_in,
    web_entries,
    web_notes,
    web_page,
    web_texts,
    word_notes,
)
from tests.support.publications import reported, write

SIX = [
    ("chicago-author-date", "en-US"),
    ("chicago-notes", "en-GB"),
    ("apa", "de"),
    ("mla", "fr"),
    ("authoryear", "es"),
    ("numeric", "it"),
]
MORE = [
    ("local-government-law-journal", "en-AU"),
    ("journal-of-geophysical-research-biogeosciences", "en-US"),
    ("zeitschrift-fur-religionswissenschaft-note", "de"),
    ("chicago-author-date", "el"),
    ("chicago-notes", "cs"),
    ("apa", "pt-BR"),
    ("mla", "ru"),
    ("authoryear", "zh"),
    ("numeric", "ja"),
]
"""The styles picked at random, and the six in further languages: tried in `make stress`."""
SETTINGS = (
    "title: Words alike\nauthors: [{{literal: Q Xylander}}]\nlanguage: {language}\ncitation-style: {style}\n"
)


def built(root: Path) -> dict[str, Path]:
    made = {}
    for edition in ("screen", "word", "jats", "html", "epub"):
        result = build_edition(Request(root), edition, lambda event: None)
        assert result.output, reported(result)
        made[edition] = root / result.output
    return made


def compared(made: dict[str, Path], *, notes: int) -> None:
    """All words of citations in the files, held against one another."""
    article = ET.fromstring(made["jats"].read_bytes())
    data = made["word"].read_bytes()
    document = word.opened(data)
    pdf = pages(
        made["screen"], ["Words alike", "Q Xylander", "Q Xylander Words alike", "Words alike Q Xylander"]
    )
    entries = jats_entries(article)
    assert [bare(text) for text in word.styled(document, "Bibliography")] == entries
    said = jats_notes(article)
    assert word_notes(data) == said
    assert len(said) == notes
    typed = {bare(paragraph.text) for paragraph in word.paragraphs(document)}
    texts = list(jats_texts(article))
    assert [text for text in texts if text not in typed and not any(text in one for one in typed)] == []
    for page in (web_page(made["html"]), web_page(made["epub"])):
        assert web_entries(page) == entries
        assert web_notes(page) == said
        shown = list(web_texts(page))
        assert [text for text in texts if text not in shown and not any(text in one for one in shown)] == []
    assert [text for text in [*entries, *said] if not printed_in(text, pdf)] == []
    assert [text for text in texts if not notes and not printed_in(text, pdf)] == []


@pytest.mark.tex
@pytest.mark.slow
@pytest.mark.parametrize(
    ("style", "language"),
    [*SIX, *(pytest.param(*more, marks=pytest.mark.stress) for more in (MORE if STRESS else ()))],
)
def test_the_scoreboard_reads_alike_everywhere(tmp_path: Path, style: str, language: str) -> None:
    need("pdftotext")
    cited = [f"One [@{work.key}{work.locator and ', ' + work.locator}] two." for work in (*works(), *works())]
    data = {
        "content/publication.yaml": SETTINGS.format(style=style, language=language),
        "content/01-one.md": "---\ntitle: One\n---\n\n" + "\n\n".join(cited) + "\n",
        "bib/works.bib": "".join(work.record for work in works()),
    }
    in_notes = style == "chicago-notes" or "law" in style or style.endswith("-note")
    compared(built(write(tmp_path, data)), notes=len(cited) if in_notes else 0)


PLACES = """\
---
title: One
---

First.^[An own note.]

## Heading [@heading, 5]

Text [@a; see @heading, 7].

| Head [@head, 1] | Two |
|---|---|
| Cell [@a, 2] | other^[Beside it.] |

: A caption [@caption, 3]. {#tbl:t}

Last words [@a, 9] and @caption [p. 4].
"""
RECORDS = "".join(
    f"@book{{{key}, author={{{key.capitalize()}son, Ann}}, title={{The {key.capitalize()} Book}}, date={{2001}}, publisher={{Verso}}}}\n"
    for key in ("heading", "head", "a", "caption")
)


@pytest.mark.tex
def test_notes_in_headings_captions_and_cells_are_in_every_output_in_one_order(tmp_path: Path) -> None:
    """A2: each mark has its note; a table's caption stands before its cells."""
    need("pdftotext")
    data = {
        "content/publication.yaml": SETTINGS.format(style="chicago-notes", language="en-GB"),
        "content/01-one.md": PLACES,
        "bib/works.bib": RECORDS,
    }
    made = built(write(tmp_path, data))
    compared(made, notes=9)
    article = ET.fromstring(made["jats"].read_bytes())
    assert jats_notes(article) == [
        bare(text)
        for text in (
            "An own note.",
            "Ann Headingson, The Heading Book (Verso, 2001), 5.",
            "Ann Ason, The A Book (Verso, 2001); see Headingson, Heading Book, 7.",
            "Ann Captionson, The Caption Book (Verso, 2001), 3.",
            "Ann Headson, The Head Book (Verso, 2001), 1.",
            "Ason, A Book, 2.",
            "Beside it.",
            "Ason, A Book, 9.",
            "Captionson, Caption Book, 4.",
        )
    ]
    marks = [node for node in article.iter("xref") if node.get("ref-type") == "fn"]
    assert ["".join(node.itertext()) for node in marks] == [str(number) for number in range(1, 10)]
