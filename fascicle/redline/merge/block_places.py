"""Where paragraphs of a traced document stand as blocks in the author's files, and where new ones go behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fascicle.core.diagnostics import Span
from fascicle.document.tree import BulletList, OrderedList, Paragraph
from fascicle.redline.merge.edits import ParagraphEdits
from fascicle.redline.merge.markdown import NOTHING
from fascicle.redline.merge.source_map import Place, SourceMap
from fascicle.redline.merge.word_text import WordParagraph


@dataclass(frozen=True, slots=True)
class BlockPlaces:
    """Places of whole paragraphs."""

    sources: SourceMap
    """Where the characters come from."""
    starts: Mapping[str, int]
    """Where the text of each section's file begins, in characters."""
    present: Sequence[WordParagraph]
    """The paragraphs of the present text."""

    def near(self, at: int | None) -> Span | None:
        """A place for messages about what follows a paragraph."""
        if at is None:
            return None
        return ParagraphEdits(self.sources, self.present[at], 0, NOTHING).near(0)

    def behind(self, at: int | None) -> tuple[str, int, str] | None:
        """Where a new paragraph goes that follows this one: the file, the place, and what an item begins with."""
        for number in range(at if at is not None else -1, -1, -1):
            found = next(filter(None, map(self.sources.traced, self.present[number].characters)), None)
            if found is None:
                continue
            if not found.blocks:
                start = self.starts.get(found.span.file)
                return (found.span.file, start, "") if start is not None else None
            listed = isinstance(found.blocks[0], BulletList | OrderedList)
            place = self.sources.range(found.blocks[-1] if listed else found.blocks[0])
            if place is None or place[0] not in self.starts:
                return None
            return place[0], place[2], self._marker(place) if listed else ""
        return None

    def _marker(self, place: Place) -> str:
        """What stands before an item's text on its line."""
        text = self.sources.files.text(place[0])
        return text[text.rfind("\n", 0, place[1]) + 1 : place[1]]

    def block(self, present: WordParagraph) -> Place | None:
        """The lines of a paragraph that is a block of its own in a section."""
        traced = next(filter(None, map(self.sources.traced, present.characters)), None)
        if traced is None or not traced.blocks or present.in_table:
            return None
        whole = self.sources.range(traced.blocks[-1])
        if whole is None or whole[0] not in self.starts:
            return None
        file, start, end = whole
        text = self.sources.files.text(file)
        line = text.rfind("\n", 0, start) + 1
        lead = text[line:start].strip()
        listed = len(traced.blocks) > 1 and isinstance(traced.blocks[-2], BulletList | OrderedList)
        return (file, line, end) if not lead or listed else None

    def movable(self, present: WordParagraph) -> Place | None:
        """The lines of a paragraph that can stand anywhere in a section: one that is in no list, quotation or table."""
        traced = next(filter(None, map(self.sources.traced, present.characters)), None)
        alone = traced is not None and len(traced.blocks) == 1 and isinstance(traced.blocks[0], Paragraph)
        return self.block(present) if alone else None

    def cut(self, place: Place) -> Place:
        """A block's lines with the empty ones behind it."""
        file, start, end = place
        text = self.sources.files.text(file)
        while text[end : end + 1] in ("\n", "\r"):
            end += 1
        return file, start, end
