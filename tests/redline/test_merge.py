"""Word documents that come back: edits of each kind, in the files where they belong."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Severity
from fascicle.journals.word_manuscript import word_manuscript
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.pandoc_output import convert
from fascicle.pipeline.run import Request, Run
from fascicle.redline.marking.overview import described
from fascicle.redline.merge.merge import EDITION, Merged, apply, merge_word
from fascicle.redline.merge.pairing import without_stray_notes
from fascicle.redline.merge.word_text import NOTE, Character, WordParagraph, WordText
from fascicle.redline.redline import Wanted, make_redline
from tests.support.publications import small, write
from tests.support.word_edits import EditedWord, W

SECTION = """\
---
title: On Trains
---

The train leaves -- they say -- at *six in the* morning [@doe, p. 3].[^one] Nobody
knows why it's called the "last" one.

A second paragraph stands here, and it says **very little** of the first [@doe].

- an item
- another item

| from | to |
|------|----|
| here | there |

: Journeys. {#tbl:trips}

The end is near, as @tbl:trips shows.

[^one]: A note about the *train* and its crew.
"""
FILES = {
    "content/publication.yaml": "title: A Text of Trains\nauthors: [{family: Doe, given: Jane}]\nabstract: What it is about.\n",
    "content/01-trains.md": SECTION,
    "bib/works.bib": "@book{doe, author = {Doe, Jane}, title = {A Book}, date = {2001}, publisher = {Press}}\n",
}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A publication and its Word document."""
    root = write(tmp_path_factory.mktemp("sent"), FILES)
    made = build_edition(Request(root), "word", lambda event: None)
    assert [one.message for one in made.diagnostics if one.severity is Severity.ERROR] == []
    (file,) = (root / "build/word").glob("*.docx")
    return root, file.read_bytes()


@pytest.fixture
def merged(sent: tuple[Path, bytes], tmp_path: Path) -> Callable[..., Merged]:
    """What comes of a document after edits, in a copy of the publication."""
    root = tmp_path / "copy"
    shutil.copytree(sent[0], root, ignore=shutil.ignore_patterns("build"))

    def merge(data: bytes | EditedWord, **changed: str) -> Merged:
        for name, text in changed.items():
            (root / FILE[name]).write_text(text, encoding="utf-8")
        file = tmp_path / "back.docx"
        file.write_bytes(data if isinstance(data, bytes) else data.done())
        made = merge_word(Request(root), file)
        apply(Request(root), made)
        return made

    return merge


FILE = {"section": "content/01-trains.md", "stated": "content/publication.yaml"}
EDITS: dict[str, tuple[Callable[[EditedWord], object], str, str]] = {
    "a word": (lambda doc: doc.replace("Nobody", "No one"), "Nobody\n", "No one\n"),
    "words over a line's end": (lambda doc: doc.replace("Nobody knows", "We know"), "Nobody\nknows", "We\nknow"),
    "inside emphasis": (lambda doc: doc.replace("six in", "seven in"), "*six in the*", "*seven in the*"),
    "over the edge of emphasis": (lambda doc: doc.replace("in the morning", "that evening"), "*six in the* morning", "*six that evening*"),
    "all that is emphasised": (lambda doc: doc.replace(" very little", ""), " **very little**", ""),
    "before a citation": (lambda doc: doc.replace("of the first ", "of the other "), "of the first [", "of the other ["),
    "behind a citation": (lambda doc: doc.replace("(Doe 2001).", "(Doe 2001), alas."), "[@doe].", "[@doe], alas."),
    "a citation goes": (lambda doc: doc.replace(" (Doe 2001).", "."), " [@doe].", "."),
    "a citation is put elsewhere": (lambda doc: doc.replace(" (Doe 2001).", ".").replace("A second paragraph", "A second paragraph (Doe 2001)"), "A second paragraph stands here, and it says **very little** of the first [@doe].", "A second paragraph [@doe] stands here, and it says **very little** of the first."),
    "typed marks": (lambda doc: doc.replace("near", "*near* & [far]"), "near,", "\\*near\\* & \\[far\\],"),
    "beside dashes": (lambda doc: doc.replace("they say", "people say"), "they say", "people say"),
    "in quotation marks": (lambda doc: doc.replace("last", "final"), '"last"', '"final"'),
    "a note's words": (lambda doc: doc.replace("its crew", "its driver"), "its crew", "its driver"),
    "a note goes": (lambda doc: doc.without_note("The train leaves"), "[^one] Nobody", " Nobody"),
    "an item's words": (lambda doc: doc.replace("another item", "one more item"), "another item", "one more item"),
    "a cell": (lambda doc: doc.replace("there", "nowhere"), "| there |", "| nowhere |"),
    "a caption": (lambda doc: doc.replace("Journeys", "Long journeys"), ": Journeys.", ": Long journeys."),
    "a heading": (lambda doc: doc.replace("On Trains", "On Late Trains"), "title: On Trains", "title: On Late Trains"),
    "italics": (lambda doc: doc.look("second paragraph", "i"), "A second paragraph", "A *second paragraph*"),
    "no paragraph": (lambda doc: doc.remove("The end is near"), "The end is near, as @tbl:trips shows.\n\n", ""),
    "a new paragraph": (lambda doc: doc.add("second paragraph", "A third one."), "first [@doe].\n", "first [@doe].\n\nA third one.\n"),
    "a paragraph parted": (lambda doc: doc.split("and it says"), "here, and it", "here, \n\nand it"),
    "a last word parted": (lambda doc: doc.split("shows."), "@tbl:trips shows.", "@tbl:trips \n\nshows."),
    "emphasis parted": (lambda doc: doc.split("in the"), "*six in the*", "*six*\n\n*in the*"),
    "paragraphs joined": (lambda doc: doc.join("A second paragraph"), '"last" one.\n\nA second', '"last" one. A second'),
}  # fmt: skip


def test_what_nobody_has_changed_changes_nothing(
    sent: tuple[Path, bytes], merged: Callable[..., Merged]
) -> None:
    made = merged(sent[1])
    assert (made.patch, made.unplaced, made.conflicts, made.problems.sorted()) == ("", [], [], [])


UNTRACKED = ("italics",)
"""Edits that are tracked in no other way than by being made."""


@pytest.mark.parametrize(
    ("name", "tracked"),
    [(name, tracked) for name in EDITS for tracked in (False, True) if not tracked or name not in UNTRACKED],
)
def test_an_edit_comes_home(
    name: str, tracked: bool, sent: tuple[Path, bytes], merged: Callable[..., Merged], tmp_path: Path
) -> None:
    edit, old, new = EDITS[name]
    document = EditedWord(sent[1], tracked)
    edit(document)
    made = merged(document)
    assert SECTION.count(old) == 1
    assert (tmp_path / "copy/content/01-trains.md").read_text(encoding="utf-8") == SECTION.replace(old, new)
    assert (made.unplaced, made.conflicts) == ([], [])


# -- Both sides have changed -------------------------------------------------------------------------------


def text(path: Path) -> str:
    return (path / "copy/content/01-trains.md").read_text(encoding="utf-8")


def test_changes_on_both_sides_of_one_paragraph_are_joined(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], tmp_path: Path
) -> None:
    moved_on = SECTION.replace("A second paragraph stands", "A second long paragraph stands").replace(
        "- an item", "- a new item\n- an item"
    )
    document = EditedWord(sent[1], tracked=True)
    document.replace("of the first", "of the third")
    made = merged(document, section=moved_on)
    assert text(tmp_path) == moved_on.replace("of the first", "of the third")
    assert (made.unplaced, made.conflicts) == ([], [])


def test_one_place_changed_on_both_sides_is_a_conflict_at_its_line(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], tmp_path: Path
) -> None:
    moved_on = SECTION.replace("of the first", "of the second")
    document = EditedWord(sent[1], tracked=True)
    document.replace("of the first", "of the third")
    made = merged(document, section=moved_on)
    assert text(tmp_path) == moved_on
    (conflict,) = made.conflicts
    assert conflict.span is not None
    assert (conflict.span.line, "of the third" in conflict.what) == (8, True)


def test_what_the_author_has_written_since_stays(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], tmp_path: Path
) -> None:
    moved_on = SECTION.replace("The end is near", "A paragraph that came later.\n\nThe end is near")
    made = merged(sent[1], section=moved_on)
    assert (text(tmp_path), made.patch, made.unplaced) == (moved_on, "", [])


def test_a_text_without_anchors_comes_home_too(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], tmp_path: Path
) -> None:
    document = EditedWord(sent[1])
    document.replace("Nobody", "No one")
    for paragraph in document.body.iter():
        for mark in [child for child in paragraph if child.tag.endswith(("bookmarkStart", "bookmarkEnd"))]:
            paragraph.remove(mark)
    document.files.pop("docProps/custom.xml")
    merged(document)
    assert text(tmp_path) == SECTION.replace("Nobody", "No one")


# -- What fits nowhere -------------------------------------------------------------------------------------


def test_words_inside_a_citation_are_told_at_its_place(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], tmp_path: Path
) -> None:
    document = EditedWord(sent[1])
    document.replace("2001, 3", "2001, 5")
    made = merged(document)
    (one,) = made.unplaced
    assert one.span is not None
    assert str(one.span) == "content/01-trains.md:5:57"
    assert re.fullmatch("“3” became “5” behind “….*\\(Doe 2001,”", one.what)
    assert text(tmp_path) == SECTION


def test_a_remark_is_listed_with_its_place(sent: tuple[Path, bytes], merged: Callable[..., Merged]) -> None:
    document = EditedWord(sent[1])
    document.replace("Nobody knows", "We know").remark("why it", "Do we?")
    (one,) = merged(document).comments
    assert (one.comment.author, one.comment.text, one.about) == ("A. Co-Author", "Do we?", "“why it”")
    assert str(one.span) == "content/01-trains.md:6:7"


def test_a_document_of_another_text_is_refused(merged: Callable[..., Merged], tmp_path: Path) -> None:
    other = write(
        tmp_path / "other",
        {
            "content/publication.yaml": "title: Cooking\nauthors: [{family: Roe, given: Ann}]\n",
            "content/01-a.md": "---\ntitle: Soup\n---\n\nBoil water.\n\nAdd salt to it.\n",
        },
    )
    build_edition(Request(other), "word", lambda event: None)
    (file,) = (other / "build/word").glob("*.docx")
    made = merged(file.read_bytes())
    assert [one.message for one in made.problems.sorted()] == ["back.docx is a Word document of another text"]


def test_a_broken_document_is_refused(merged: Callable[..., Merged]) -> None:
    (one,) = merged(b"no document").problems.sorted()
    assert (one.code.value, one.message) == ("unreadable-word", "back.docx is damaged, or no document at all")


# -- Citations of reference managers -----------------------------------------------------------------------


def zotero(item: dict[str, object], **place: str) -> str:
    cited = {
        "citationItems": [{"id": 1, "uris": ["http://zotero.org/1"], "itemData": item, **place}],
        "properties": {},
    }
    return f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(cited)} "


@pytest.mark.parametrize(
    ("item", "cited", "records"),
    [
        ({"type": "book", "title": "A Book", "issued": {"date-parts": [[2001]]}}, "[@doe, p. 7]", False),
        (
            {
                "type": "book",
                "title": "Rails",
                "author": [{"family": "Roe"}],
                "issued": {"date-parts": [[1999]]},
            },
            "[@roe1999, p. 7]",
            True,
        ),
    ],
    ids=["a known work", "a new work"],
)
def test_a_citation_of_zotero_becomes_one_of_ours(
    item: dict[str, object],
    cited: str,
    records: bool,
    sent: tuple[Path, bytes],
    merged: Callable[..., Merged],
    tmp_path: Path,
) -> None:
    document = EditedWord(sent[1]).cite(
        "The end is near", zotero(item, locator="7", label="page"), "(Someone)"
    )
    made = merged(document)
    assert (made.unplaced, made.conflicts) == ([], [])
    assert text(tmp_path) == SECTION.replace("The end is near", f"The end is near {cited}")
    file = tmp_path / "copy/bib/from-word.json"
    assert (
        [one["title"] for one in json.loads(file.read_text())] == ["Rails"] if records else not file.exists()
    )


# -- As the old version of a redline -----------------------------------------------------------------------


def test_a_document_sent_earlier_is_an_old_version(sent: tuple[Path, bytes], tmp_path: Path) -> None:
    moved_on = SECTION.replace("Nobody", "No one").replace("The end is near", "A new one.\n\nThe end is near")
    root = write(tmp_path / "now", {**FILES, "content/01-trains.md": moved_on})
    (tmp_path / "sent.docx").write_bytes(sent[1])
    made = make_redline(Request(root), Wanted(str(tmp_path / "sent.docx"), "", ("html",)))
    assert made.listing is not None
    assert [described(entry) for entry in made.listing.entries] == [
        "replaced text in On Trains: “Nobody” → “No one”",
        "inserted paragraph in On Trains: “A new one.”",
    ]
    assert made.problems.sorted() == []


def test_an_edit_that_does_not_come_out_as_meant_is_told_and_left_out(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("fascicle.redline.merge.edits.markdown", lambda *given: "something else")
    document = EditedWord(sent[1])
    document.replace("Nobody", "No one")
    made = merged(document)
    assert (text(tmp_path), made.patch) == (SECTION, "")
    (one,) = made.unplaced
    assert one.what == "“Nobody” became “No one”"


def test_an_edit_that_changes_another_paragraph_is_told_and_left_out(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`No one` is there as it should be, and a paragraph that nobody touched has become code."""
    monkeypatch.setattr("fascicle.redline.merge.edits.markdown", lambda *given: "No one")
    monkeypatch.setattr(
        "fascicle.redline.merge.files.SourceFiles.changed",
        lambda self, edits: (
            {edits[0].file: SECTION.replace("Nobody", "No one").replace("- another item", "another")}
            if edits
            else {}
        ),
    )
    document = EditedWord(sent[1])
    document.replace("Nobody", "No one")
    assert len(merged(document).unplaced) == 1


@pytest.mark.parametrize("journal", ["cambridge", "film-criticism"])
def test_a_manuscript_of_a_journal_comes_home(journal: str, tmp_path: Path) -> None:
    root = write(tmp_path / "text", FILES)
    read = word_manuscript(journal)
    run = Run(Request(root), EDITION, lambda event: None)
    manuscript = read(run)
    assert manuscript is not None
    (data,) = (convert(run, manuscript, "a.docx") or {}).values()
    for document, changed in ((data, 0), (EditedWord(data).replace("Nobody", "No one").done(), 1)):
        (tmp_path / "back.docx").write_bytes(document)
        made = merge_word(Request(root), tmp_path / "back.docx", read=read)
        assert (made.unplaced, made.conflicts, made.problems.sorted()) == ([], [], [])
        assert len(made.changed) == changed
    assert made.changed == {"content/01-trains.md": SECTION.replace("Nobody", "No one")}


def test_what_publication_yaml_states_is_changed_there(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], tmp_path: Path
) -> None:
    document = EditedWord(sent[1])
    document.replace("Jane", "Janet")
    made = merged(document)
    written = (tmp_path / "copy/content/publication.yaml").read_text(encoding="utf-8")
    assert ("given: Janet}" in written, made.unplaced) == (True, [])


def test_italics_of_what_the_program_words_are_told(
    sent: tuple[Path, bytes], merged: Callable[..., Merged]
) -> None:
    document = EditedWord(sent[1])
    document.look("Jane", "i")
    made = merged(document)
    assert [one.what for one in made.unplaced] == ["“Jane” was changed in its looks (emphasis)"]


def test_an_edit_of_citations_leaves_others_their_letters(tmp_path: Path) -> None:
    """With the first of two works of a year gone the other has no letter any more, which is nobody's edit."""
    books = "\n\n".join(
        f"@book{{{key}, author={{Doe, Jane}}, title={{{key}}}, date={{2001}}}}" for key in "ab"
    )
    root = small(tmp_path / "letters", **{"bib/all.bib": books, "content/01-one.md": LETTERS})
    build_edition(Request(root), "word", lambda event: None)
    (file,) = (root / "build/word").glob("*.docx")
    document = EditedWord(file.read_bytes())
    document.remove("First").replace("brown", "green")
    file.write_bytes(document.done())
    made = merge_word(Request(root), file)
    assert made.unplaced == []
    changed = made.changed["content/01-one.md"]
    assert changed == LETTERS.replace("brown", "green").replace("First of all [@a].\n\n", "")


LETTERS = "---\ntitle: One\n---\n\nFirst of all [@a].\n\nThe quick brown fox, says Doe [@b].\n\nThe end.\n"


def test_a_note_of_other_words_throughout_comes_home(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], tmp_path: Path
) -> None:
    document = EditedWord(sent[1])
    note = "".join(t.text or "" for t in document.paragraph("its crew").iter(f"{W}t")).strip()
    made = merged(document.replace(note, "Quite unlike it, elsewhere."))
    assert "[^one]: Quite unlike it, elsewhere." in made.changed["content/01-trains.md"]


def test_a_note_whose_words_are_lost_is_told(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], tmp_path: Path
) -> None:
    document = EditedWord(sent[1])
    note = "".join(t.text or "" for t in document.paragraph("its crew").iter(f"{W}t")).strip()
    made = merged(document.replace(note, ""))
    assert made.patch == ""
    (one,) = made.unplaced
    assert one.what == "the words of all notes are lost in the document, and stay in your files"


MOVED = SECTION.replace("A second paragraph stands here, and it says **very little** of the first [@doe].\n\n", "").replace(
    "as @tbl:trips shows.\n", "as @tbl:trips shows.\n\nA second paragraph stands here, and it says **very little** of the first [@doe].\n"
)  # fmt: skip


@pytest.mark.parametrize("changed", [False, True])
def test_a_paragraph_that_was_moved_comes_home(
    changed: bool, sent: tuple[Path, bytes], merged: Callable[..., Merged]
) -> None:
    """With its marks and citations, and perhaps with other words."""
    document = EditedWord(sent[1]).move("second paragraph", "The end is near")
    wanted = MOVED
    if changed:
        document.replace("stands here", "stands there")
        wanted = MOVED.replace("stands here", "stands there")
    made = merged(document)
    assert (made.unplaced, made.conflicts) == ([], [])
    assert made.changed["content/01-trains.md"] == wanted


def test_a_paragraph_that_its_author_has_moved_since_stays(
    sent: tuple[Path, bytes], merged: Callable[..., Merged]
) -> None:
    made = merged(EditedWord(sent[1]), section=MOVED)
    assert (made.patch, made.unplaced, made.conflicts) == ("", [], [])


def test_a_citation_in_a_new_paragraph_stays_one(
    sent: tuple[Path, bytes], merged: Callable[..., Merged]
) -> None:
    made = merged(
        EditedWord(sent[1]).add("second paragraph", "So it was, said the second (Doe 2001), or not.")
    )
    assert "\n\nSo it was, said the second [@doe], or not.\n" in made.changed["content/01-trains.md"]


def test_a_new_table_becomes_one(sent: tuple[Path, bytes], merged: Callable[..., Merged]) -> None:
    made = merged(EditedWord(sent[1]).table("The end is near", ("a|b", "c"), ("", "d (Doe 2001)")))
    assert made.unplaced == []
    wanted = "trips shows.\n\n| a\\|b | c |\n|---|---|\n|  | d [@doe] |\n"
    assert wanted in made.changed["content/01-trains.md"]


def test_notes_that_a_program_has_put_a_second_time_are_left_out() -> None:
    def text(*notes: tuple[str, str]) -> WordText:
        marks = [Character(NOTE, data=name) for name, _ in notes]
        own = [WordParagraph([*map(Character, words)], note=name) for name, words in notes]
        return WordText((WordParagraph([Character("a"), *marks]),), tuple(own))

    present = text(("footnote 1", "One"), ("footnote 2", "Two"))
    returned = text(("footnote 3", ""), ("footnote 4", ""), ("footnote 5", "One"), ("footnote 6", "Two"))
    found = without_stray_notes(returned, present)
    assert [one.note for one in found.notes] == ["footnote 3", "footnote 4"]
    assert [one.data for one in found.body[0].characters] == ["", "footnote 3", "footnote 4"]
    assert without_stray_notes(present, present) is present


def test_a_joining_that_does_not_come_out_is_told_in_plain_words(
    sent: tuple[Path, bytes], merged: Callable[..., Merged], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fascicle.redline.merge.edits.markdown", lambda *given: "x")
    made = merged(EditedWord(sent[1]).join("A second paragraph"))
    assert made.patch == ""
    (one,) = made.unplaced
    assert one.what == "two paragraphs were joined behind “…knows why it’s called the ‘last’ one.”"
