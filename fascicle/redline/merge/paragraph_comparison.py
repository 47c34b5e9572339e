"""Paragraphs of a Word document that came back held against the present ones: edits, remarks, what fits nowhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fascicle.core.diagnostics import Span
from fascicle.export.docx.anchors import is_named_by, letters
from fascicle.redline.merge.block_places import BlockPlaces
from fascicle.redline.merge.differences import (
    conflict,
    differ_beside_letters,
    first_words,
    joined_hunks,
    shifted,
)
from fascicle.redline.merge.edits import Hunk, ParagraphEdits, Unplaced
from fascicle.redline.merge.files import Edit
from fascicle.redline.merge.markdown import ReferredContent
from fascicle.redline.merge.new_citations import RECORDS, NewCitations
from fascicle.redline.merge.pairing import (
    kept_notes,
)
from fascicle.redline.merge.printed_citations import PrintedCitations, printed_citations
from fascicle.redline.merge.source_map import SourceMap
from fascicle.redline.merge.word_text import (
    BREAK,
    Character,
    Comment,
    ReturnedWord,
    WordParagraph,
    WordText,
)

_ABOUT = 200
"""Characters of a passage that are looked at to name it."""
_CITED = re.compile(r"@([a-z]+[a-z0-9-]*)")
"""Keys, which are made here of letters and digits."""


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """A remark of the document."""

    comment: Comment
    """Who says what."""
    about: str
    """The words that it is about."""
    span: Span | None
    """Where they stand in the author's files."""


@dataclass
class ParagraphComparison:
    """What has been found, paragraph by paragraph."""

    sources: SourceMap
    """Where the present text comes from."""
    starts: Mapping[str, int]
    """Where the text of each section's file begins, in characters."""
    present: WordText
    """The present text as a traced document."""
    document: ReturnedWord
    """The document that came back."""
    citations: NewCitations
    """Citations that came in the document."""
    whole: bool = False
    """Whether the document's text is wanted as it is, whatever was written since it was sent."""
    edits: list[Edit] = field(default_factory=list)
    """What is to be changed in the files."""
    unplaced: list[Unplaced] = field(default_factory=list)
    """What was changed in the document and fits nowhere."""
    conflicts: list[Unplaced] = field(default_factory=list)
    """What was changed on both sides."""
    comments: list[PlacedComment] = field(default_factory=list)
    """The remarks."""
    expected: dict[int, str] = field(default_factory=dict)
    """The author's own words of paragraphs with edits as they must be afterwards, by the number of the edits."""
    touched: dict[int, list[str]] = field(default_factory=dict)
    """The author's own words of paragraphs with edits as they are, by the number of the edits."""
    meant: dict[int, list[Unplaced]] = field(default_factory=dict)
    """What edits are for, by their number."""
    kept_notes: list[tuple[str, str]] = field(default_factory=list)
    """The marks of notes that both texts have, as the data of each mark."""
    numbers: int = 0
    """How many paragraphs have been opened: each gets a number for its edits."""

    def changed(self, edits: Sequence[Edit]) -> dict[str, str]:
        """The texts of all files that change, the records of new works with them."""
        made = self.sources.files.changed(list(edits))
        keys = {key for one in edits for key in _CITED.findall(one.text)}
        cited = {key: item for key, item in self.citations.records.items() if key in keys}
        if cited:
            self.citations.records = cited
            made[RECORDS] = self.citations.file(self.sources.files.text(RECORDS))
        return made

    def untouched(self, edited: Collection[int]) -> list[str]:
        """The author's own words in the paragraphs that the edits of these numbers may not change."""
        same = len(self.present.notes) == len(self.document.accepted.notes)
        notes = self.present.notes if same else ()  # a note goes with its mark
        every = Counter(self.sources.own_text(one.characters) for one in (*self.present.body, *notes))
        return list(
            (every - Counter(text for one in edited for text in self.touched.get(one, ()))).elements()
        )

    def pair(
        self, present: WordParagraph, other: WordParagraph, name: str, before: WordParagraph | None
    ) -> None:
        """Compare a present paragraph, whose anchor is `name`, with a returned one, which was `before` its tracked changes."""
        anchor = other.anchors[0] if other.anchors else ""
        edits = self.opened(present)
        if self.whole and edits.near(0) is None:
            return  # what the program makes by itself, such as the number of words, follows from the rest
        same = letters(present.text) == letters(other.text) and not differ_beside_letters(present, other)
        differences: list[Hunk] = [] if same else self.cited.hunks(present.text, other.text)
        self.kept_notes += kept_notes(present, other, differences)
        self.remarks(edits, other, differences)
        if same:
            edits.looks(other.characters)
        elif anchor and anchor != name and not self.whole:
            if is_named_by(anchor, other.text):
                return
            known = before if before is not None and is_named_by(anchor, before.text) else None
            both = joined_hunks(known.text, present.text, other.text) if known else None
            if both is None:
                self.conflicts.append(Unplaced(conflict(other.text), edits.near(0)))
                return
            differences = both
            edits.of(self.changes(differences, other))
        else:
            edits.of(self.changes(differences, other))
        self.keep(edits)

    def changes(
        self, differences: Sequence[Hunk], other: WordParagraph
    ) -> list[tuple[int, int, Sequence[Character]]]:
        """Stretches that are replaced: begin, end, what comes."""
        came = self.cited.marked
        return [(one.begin, one.end, came(other.characters[one.first : one.last])) for one in differences]

    def opened(self, present: WordParagraph) -> ParagraphEdits:
        """The edits of a paragraph, none yet, with a number of their own."""
        self.numbers += 1
        return ParagraphEdits(self.sources, present, self.numbers, self.apart)

    def keep(self, edits: ParagraphEdits) -> None:
        """Take over a paragraph's edits."""
        self.edits += edits.edits
        self.unplaced += [one for one in edits.unplaced if not (self.whole and one.numbers)]
        if edits.edits:
            self.touched[edits.number] = self.sources.own_text(edits.present).split(BREAK)
            self.expected[edits.number] = edits.own_text()
            self.meant[edits.number] = edits.meant

    @cached_property
    def has_moved(self) -> bool:
        """Whether paragraphs stand in another order in the document than when it was sent."""
        sent = {name: at for at, name in enumerate(self.document.sent)}
        order = [
            sent[one.anchors[0]]
            for one in self.document.accepted.body
            if one.anchors and one.anchors[0] in sent
        ]
        bare = any(not one.anchors and letters(one.text) for one in self.document.accepted.body)
        return self.whole or not sent or bare or order != sorted(order)

    @cached_property
    def cited(self) -> PrintedCitations:
        """The citations of the present text as they are printed."""
        return printed_citations(self.sources, (*self.present.body, *self.present.notes))

    @cached_property
    def places(self) -> BlockPlaces:
        """Where the present paragraphs stand as blocks."""
        return BlockPlaces(self.sources, self.starts, self.present.body)

    @cached_property
    def apart(self) -> ReferredContent:
        """The paragraphs of the returned notes by the identifiers of their marks, and the new citations."""
        found: dict[str, list[WordParagraph]] = defaultdict(list)
        for one in self.document.accepted.notes:
            found[one.note].append(one)
        return ReferredContent(found, self.citations.markdown)

    def remarks(self, edits: ParagraphEdits, other: WordParagraph, differences: Sequence[Hunk]) -> None:
        """Take over a paragraph's remarks, each at its place in the present text."""
        text = other.text if other.comments else ""
        for begin, end, identifier in other.comments:
            comment = self.document.comments.get(identifier)
            if comment is not None:
                about = text[begin : min(end if end > begin else len(text), begin + _ABOUT)]
                span = edits.near(shifted(begin, differences))
                self.comments.append(
                    PlacedComment(comment, first_words(about) if about.strip() else "", span)
                )
