"""A Word document that came back held against the present text: edits, remarks, and what fits nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fascicle.export.docx.anchors import letters
from fascicle.redline.merge.differences import (
    conflict,
    first_words,
    is_split,
)
from fascicle.redline.merge.edits import Unplaced
from fascicle.redline.merge.files import Edit
from fascicle.redline.merge.markdown import paragraph, unwritten
from fascicle.redline.merge.new_tables import new_tables, table
from fascicle.redline.merge.pairing import (
    ParagraphPair,
    names_of,
    note_pairs,
    paired_paragraphs,
    present_before,
    without_stray_notes,
)
from fascicle.redline.merge.paragraph_comparison import ParagraphComparison, PlacedComment
from fascicle.redline.merge.word_text import (
    BREAK,
    Character,
    WordParagraph,
    joined,
)

ANOTHER = 0.2
"""A document of which fewer paragraphs than this share are known is one of another text."""


@dataclass
class WordComparison(ParagraphComparison):
    """What has been found in the whole document."""

    def compare(self) -> bool:
        """Compare everything; whether the document is one of this text at all."""
        accepted = without_stray_notes(self.document.accepted, self.present)
        self.document = replace(self.document, accepted=accepted)
        body = accepted.body
        pairs = paired_paragraphs(self.present.body, body)
        known = sum(pair.present is not None and pair.returned is not None for pair in pairs)
        if known < ANOTHER * len([one for one in body if one.text.strip()]):
            return False
        self._body(pairs)
        self._notes()
        return True

    # -- The text ------------------------------------------------------------------------------------------

    def _body(self, pairs: Sequence[ParagraphPair]) -> None:
        names = names_of(self.present.body)
        rejected = {name: one for one in self.document.rejected.body for name in one.anchors}
        last: int | None = None
        taken: set[int] = set()
        tables = {numbers[0]: numbers for numbers in new_tables(pairs, self.document.accepted.body)}
        within = {at for numbers in tables.values() for at in numbers}
        for at, pair in enumerate(pairs):
            if at in taken:
                pass
            elif pair.present is not None and pair.returned is not None and pair.moved:
                if not self.has_moved:
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
                self.pair(one, other, names[pair.present], rejected.get(anchor))
            elif pair.returned in within:
                if pair.returned in tables:
                    self._new_table([self.document.accepted.body[one] for one in tables[pair.returned]], last)
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

    def _gone(self, present: WordParagraph, name: str, tracked: set[str]) -> None:
        """A paragraph that is not in the document."""
        if not present.text.strip():
            return
        sent = self.document.sent
        if sent and name not in sent and not self.whole:
            return  # its author has written it since
        edits = self.opened(present)
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
        self.numbers += 1
        target = self.places.behind(last)
        characters = self.cited.marked(other.characters)
        missing = unwritten(characters, self.apart)
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
        text = paragraph(characters, self.apart, mark)
        separator = "\n" if lead else "\n\n"
        self.edits.append(Edit(file, at, at, f"{separator}{text}" if at else f"{text}\n\n", self.numbers))
        self.expected[self.numbers] = "".join(one.text for one in characters)
        what = f"the new paragraph {first_words(other.text, 400)} was added"
        self.meant[self.numbers] = [Unplaced(what, self.places.near(last))]
        for _, _, identifier in other.comments:
            if comment := self.document.comments.get(identifier):
                self.comments.append(PlacedComment(comment, first_words(other.text), self.places.near(last)))

    def _new_table(self, cells: Sequence[WordParagraph], last: int | None) -> None:
        """A table that the document alone has."""
        self.numbers += 1
        what = f"a new table, which begins with {first_words(' '.join(one.text for one in cells))}, was added"
        came = [replace(one, characters=self.cited.marked(one.characters)) for one in cells]
        missing = [part for one in came for part in unwritten(one.characters, self.apart)]
        target = self.places.behind(last)
        text = table(came, lambda one: paragraph(one.characters, self.apart))
        if missing or target is None or target[2] or not text:
            self.unplaced.append(Unplaced(what, self.places.near(last)))
            return
        self.edits.append(Edit(target[0], target[1], target[1], _block(text, target[1]), self.numbers))
        self.expected[self.numbers] = BREAK.join(one.text for one in came)
        self.meant[self.numbers] = [Unplaced(what, self.places.near(last))]

    def _move(self, present: WordParagraph, name: str, other: WordParagraph, last: int | None) -> None:
        """A paragraph that stands elsewhere in the document, perhaps with other words."""
        before = len(self.edits)
        self.pair(present, other, name, None)
        inner, self.edits[before:] = self.edits[before:], []
        place, target = self.places.movable(present), self.places.behind(last)
        near = self.opened(present).near(0)
        what = f"{first_words(present.text)} was moved to another place"
        if place is None or target is None or target[2]:
            self.edits += inner
            self.unplaced.append(Unplaced(what, near))
            return
        number = self.numbers
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
        present, accepted = self.present.notes, self.document.accepted.notes
        rejected = {letters(one.text) for one in self.document.rejected.notes}
        sent = self.document.sent
        unchanged = (
            self.whole or not sent or set(sent) == {name for name in names_of(self.present.body) if name}
        )
        if (
            any(letters(one.text) for one in present)
            and accepted
            and not any(letters(one.text) for one in accepted)
        ):
            what = "the words of all notes are lost in the document, and stay in your files"
            self.unplaced.append(Unplaced(what, None))
            return
        ours: dict[str, list[WordParagraph]] = defaultdict(list)
        for one in present:
            ours[one.note].append(one)
        for mark, other_mark in self.kept_notes:
            theirs = [replace(one, anchors=[]) for one in self.apart.notes.get(other_mark, [])]
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
            self.unplaced.append(Unplaced(what, self.opened(ours[0]).near(0)))
            return
        for one, other in note_pairs(ours, theirs):
            if one is None or other is None:
                told = other or one
                come = "was added to a note" if one is None else "was taken out of a note"
                near = self.opened(one or ours[0]).near(0) if ours else None
                if told is not None and told.text.strip():
                    self.unplaced.append(Unplaced(f"{first_words(told.text)} {come}", near))
            elif letters(one.text) == letters(other.text):
                edits = self.opened(one)
                edits.looks(other.characters)
                self.remarks(edits, other, [])
                self.keep(edits)
            elif unchanged or letters(one.text) in rejected:
                self.pair(one, other, "", None)
            else:
                self.conflicts.append(Unplaced(conflict(other.text), self.opened(one).near(0)))


def _block(text: str, place: int) -> str:
    """A block's text as it is put at a place."""
    return f"\n\n{text}" if place else f"{text}\n\n"
