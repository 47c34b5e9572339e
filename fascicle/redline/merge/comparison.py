"""A Word document that came back held against the present text: edits, remarks, and what fits nowhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from fascicle.core.diagnostics import Span
from fascicle.export.docx.anchors import is_named_by, letters
from fascicle.redline.merge.block_places import BlockPlaces
from fascicle.redline.merge.differences import (
    conflict,
    differ_beside_letters,
    first_words,
    is_split,
    joined_hunks,
    shifted,
)
from fascicle.redline.merge.edits import Hunk, ParagraphEdits, Unplaced
from fascicle.redline.merge.files import Edit
from fascicle.redline.merge.markdown import ReferredContent, paragraph, unwritten
from fascicle.redline.merge.new_citations import RECORDS, NewCitations
from fascicle.redline.merge.pairing import (
    ParagraphPair,
    kept_notes,
    names_of,
    note_pairs,
    paired_paragraphs,
    present_before,
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
    joined,
)

_ABOUT = 200
"""Characters of a passage that are looked at to name it."""
_CITED = re.compile(r"@([a-z]+[a-z0-9-]*)")
"""Keys, which are made here of letters and digits."""
ANOTHER = 0.2
"""A document of which fewer paragraphs than this share are known is one of another text."""


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
class WordComparison:
    """What has been found."""

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
    _numbers: int = 0

    def compare(self) -> bool:
        """Compare everything; whether the document is one of this text at all."""
        body = self.document.accepted.body
        pairs = paired_paragraphs(self.present.body, body)
        known = sum(pair.present is not None and pair.returned is not None for pair in pairs)
        if known < ANOTHER * len([one for one in body if one.text.strip()]):
            return False
        self._body(pairs)
        self._notes()
        return True

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

    # -- The text ------------------------------------------------------------------------------------------

    def _body(self, pairs: Sequence[ParagraphPair]) -> None:
        names = names_of(self.present.body)
        rejected = {name: one for one in self.document.rejected.body for name in one.anchors}
        last: int | None = None
        taken: set[int] = set()
        for at, pair in enumerate(pairs):
            if at in taken:
                pass
            elif pair.present is not None and pair.returned is not None and pair.moved:
                if not self._has_moved:
                    continue  # its author has moved it since
                other = self.document.accepted.body[pair.returned]
                self._move(
                    self.present.body[pair.present],
                    names[pair.present],
                    other,
                    present_before(pairs, pair.returned),
                )
            elif pair.present is not None and pair.returned is not None:
                one, other = self.present.body[pair.present], self.document.accepted.body[pair.returned]
                anchor = other.anchors[0] if other.anchors else ""
                if parts := self._joined_to(names, pair.present, other):
                    taken |= {number for number, each in enumerate(pairs) if each.present in parts}
                    whole = [one, *(self.present.body[part] for part in parts)]
                    one = joined(whole, [self.sources.between(*each) for each in pairwise(whole)])
                if parts := self._split_from(pairs, at, one, other):
                    taken |= set(parts)
                    pieces = [other, *(self._returned(pairs[part]) for part in parts)]
                    other = joined(pieces, [Character(BREAK)] * len(parts))
                self._pair(one, other, names[pair.present], rejected.get(anchor))
            elif pair.returned is not None:
                self._come(self.document.accepted.body[pair.returned], last)
            elif pair.present is not None:
                self._gone(self.present.body[pair.present], names[pair.present], set(rejected))
            last = pair.present if pair.present is not None else last

    def _returned(self, pair: ParagraphPair) -> WordParagraph:
        return self.document.accepted.body[pair.returned or 0]

    def _joined_to(self, names: Sequence[str], present: int, other: WordParagraph) -> list[int]:
        """Numbers of the present paragraphs that the document has joined to this one."""
        others = set(other.anchors[1:])
        return [at for at in range(present + 1, len(names)) if names[at] in others] if others else []

    def _split_from(
        self, pairs: Sequence[ParagraphPair], at: int, present: WordParagraph, other: WordParagraph
    ) -> list[int]:
        """Numbers of the pairs behind `at` whose new paragraphs the document has split from this one."""
        made: list[int] = []
        text = other.text
        for number in range(at + 1, len(pairs)):
            if pairs[number].present is not None:
                break
            new = self._returned(pairs[number])
            if new.anchors or new.level or new.in_table or not is_split(present.text, text, new.text):
                break
            text += new.text
            made.append(number)
        return made

    def _pair(
        self, present: WordParagraph, other: WordParagraph, name: str, before: WordParagraph | None
    ) -> None:
        anchor = other.anchors[0] if other.anchors else ""
        edits = self._opened(present)
        if self.whole and edits.near(0) is None:
            return  # what the program makes by itself, such as the number of words, follows from the rest
        same = letters(present.text) == letters(other.text) and not differ_beside_letters(present, other)
        differences: list[Hunk] = [] if same else self._cited.hunks(present.text, other.text)
        self.kept_notes += kept_notes(present, other, differences)
        self._remarks(edits, other, differences)
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
            edits.of(self._changes(differences, other))
        else:
            edits.of(self._changes(differences, other))
        self._keep(edits)

    def _changes(
        self, differences: Sequence[Hunk], other: WordParagraph
    ) -> list[tuple[int, int, Sequence[Character]]]:
        """Stretches that are replaced: begin, end, what comes."""
        came = self._cited.marked
        return [(one.begin, one.end, came(other.characters[one.first : one.last])) for one in differences]

    def _opened(self, present: WordParagraph) -> ParagraphEdits:
        self._numbers += 1
        return ParagraphEdits(self.sources, present, self._numbers, self._apart)

    def _keep(self, edits: ParagraphEdits) -> None:
        self.edits += edits.edits
        self.unplaced += [one for one in edits.unplaced if not (self.whole and one.numbers)]
        if edits.edits:
            self.touched[edits.number] = self.sources.own_text(edits.present).split(BREAK)
            self.expected[edits.number] = edits.own_text()
            self.meant[edits.number] = edits.meant

    @cached_property
    def _has_moved(self) -> bool:
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
    def _cited(self) -> PrintedCitations:
        """The citations of the present text as they are printed."""
        return printed_citations(self.sources, (*self.present.body, *self.present.notes))

    @cached_property
    def places(self) -> BlockPlaces:
        """Where the present paragraphs stand as blocks."""
        return BlockPlaces(self.sources, self.starts, self.present.body)

    @cached_property
    def _apart(self) -> ReferredContent:
        """The paragraphs of the returned notes by the identifiers of their marks, and the new citations."""
        found: dict[str, list[WordParagraph]] = defaultdict(list)
        for one in self.document.accepted.notes:
            found[one.note].append(one)
        return ReferredContent(found, self.citations.markdown)

    def _gone(self, present: WordParagraph, name: str, tracked: set[str]) -> None:
        """A paragraph that is not in the document."""
        if not present.text.strip():
            return
        sent = self.document.sent
        if sent and name not in sent and not self.whole:
            return  # its author has written it since
        edits = self._opened(present)
        if not sent and name not in tracked and not self.whole:
            what = (
                f"{first_words(present.text)} is not in the document; take it out if it was taken out there"
            )
            self.unplaced.append(Unplaced(what, edits.near(0)))
            return
        place = self.places.block(present)
        if place is None:
            what = f"{first_words(present.text)} was taken out"
            self.unplaced.append(Unplaced(what, edits.near(0)))
            return
        self.edits.append(Edit(*self.places.cut(place), "", edits.number))
        self.touched[edits.number] = [self.sources.own_text(present.characters)]
        self.expected[edits.number] = ""
        self.meant[edits.number] = [Unplaced(f"{first_words(present.text)} was taken out", edits.near(0))]

    def _come(self, other: WordParagraph, last: int | None) -> None:
        """A paragraph that the document alone has."""
        if not any(one.text.strip() for one in other.characters):
            return
        self._numbers += 1
        target = self.places.behind(last)
        characters = self._cited.marked(other.characters)
        missing = unwritten(characters, self._apart)
        if target is None or other.in_table:
            near = self.places.near(last)
            self.unplaced.append(Unplaced(f"the new paragraph {first_words(other.text)} was added", near))
            return
        if missing:
            self.unplaced.append(
                Unplaced(f"{', '.join(missing)} came in the document", self.places.near(last))
            )
        file, at, lead = target
        mark = f"{'#' * (other.level)} " if other.level else lead
        text = paragraph(characters, self._apart, mark)
        separator = "\n" if lead else "\n\n"
        self.edits.append(Edit(file, at, at, f"{separator}{text}" if at else f"{text}\n\n", self._numbers))
        self.expected[self._numbers] = "".join(one.text for one in characters)
        what = f"the new paragraph {first_words(other.text, 400)} was added"
        self.meant[self._numbers] = [Unplaced(what, self.places.near(last))]
        for _, _, identifier in other.comments:
            if comment := self.document.comments.get(identifier):
                self.comments.append(PlacedComment(comment, first_words(other.text), self.places.near(last)))

    def _move(self, present: WordParagraph, name: str, other: WordParagraph, last: int | None) -> None:
        """A paragraph that stands elsewhere in the document, perhaps with other words."""
        before = len(self.edits)
        self._pair(present, other, name, None)
        inner, self.edits[before:] = self.edits[before:], []
        place, target = self.places.movable(present), self.places.behind(last)
        near = self._opened(present).near(0)
        what = f"{first_words(present.text)} was moved to another place"
        if place is None or target is None or target[2]:
            self.edits += inner
            self.unplaced.append(Unplaced(what, near))
            return
        number = self._numbers
        file, start, end = place
        text = self.sources.files.text(file)[start:end]
        for one in sorted(inner, key=lambda one: one.start, reverse=True):
            text = text[: one.start - start] + one.text + text[one.end - start :]
        expected = (
            self.expected.pop(inner[0].paragraph) if inner else self.sources.own_text(present.characters)
        )
        self.edits.append(Edit(*self.places.cut(place), "", number))
        self.edits.append(Edit(target[0], target[1], target[1], _block(text.strip("\n"), target[1]), number))
        self.touched[number] = [self.sources.own_text(present.characters)]
        self.expected[number] = expected
        self.meant[number] = [Unplaced(what, near)]

    # -- Notes and remarks ---------------------------------------------------------------------------------

    def _notes(self) -> None:
        present = self.present.notes
        rejected = {letters(one.text) for one in self.document.rejected.notes}
        sent = self.document.sent
        unchanged = (
            self.whole or not sent or set(sent) == {name for name in names_of(self.present.body) if name}
        )
        ours: dict[str, list[WordParagraph]] = defaultdict(list)
        for one in present:
            ours[one.note].append(one)
        for mark, other_mark in self.kept_notes:
            theirs = [replace(one, anchors=[]) for one in self._apart.notes.get(other_mark, [])]
            self._note(ours.get(mark, []), theirs, rejected, unchanged=unchanged)

    def _note(
        self,
        ours: Sequence[WordParagraph],
        theirs: Sequence[WordParagraph],
        rejected: Collection[str],
        *,
        unchanged: bool,
    ) -> None:
        """The paragraphs of one note, whose mark is in both texts."""
        if any(one.text.strip() for one in ours) and not any(one.text.strip() for one in theirs):
            what = f"the note {first_words(ours[0].text)} is empty in the document"
            self.unplaced.append(Unplaced(what, self._opened(ours[0]).near(0)))
            return
        for one, other in note_pairs(ours, theirs):
            if one is None or other is None:
                told = other or one
                come = "was added to a note" if one is None else "was taken out of a note"
                near = self._opened(one or ours[0]).near(0) if ours else None
                if told is not None and told.text.strip():
                    self.unplaced.append(Unplaced(f"{first_words(told.text)} {come}", near))
            elif letters(one.text) == letters(other.text):
                edits = self._opened(one)
                edits.looks(other.characters)
                self._remarks(edits, other, [])
                self._keep(edits)
            elif unchanged or letters(one.text) in rejected:
                self._pair(one, other, "", None)
            else:
                self.conflicts.append(Unplaced(conflict(other.text), self._opened(one).near(0)))

    def _remarks(self, edits: ParagraphEdits, other: WordParagraph, differences: Sequence[Hunk]) -> None:
        text = other.text if other.comments else ""
        for begin, end, identifier in other.comments:
            comment = self.document.comments.get(identifier)
            if comment is not None:
                about = text[begin : min(end if end > begin else len(text), begin + _ABOUT)]
                span = edits.near(shifted(begin, differences))
                self.comments.append(
                    PlacedComment(comment, first_words(about) if about.strip() else "", span)
                )


def _block(text: str, place: int) -> str:
    """A block's text as it is put at a place."""
    return f"\n\n{text}" if place else f"{text}\n\n"
