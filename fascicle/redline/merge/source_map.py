"""Where the characters of a traced document stand in the author's files, and where others can be put between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from fascicle.core.diagnostics import Span
from fascicle.document.tree import Emph, Node, ReferenceList, Strikeout, Strong, Subscript, Superscript
from fascicle.project.publication import PUBLICATION
from fascicle.redline.merge.files import SourceFiles
from fascicle.redline.merge.traced import Trace, Traced, typed_places
from fascicle.redline.merge.word_text import BREAK, Character, Looks, WordParagraph

Place = tuple[str, int, int]
"""A file, the first of its characters and the one behind the last."""
_LOOKS = {
    Emph: "emphasis",
    Strong: "strong",
    Strikeout: "strikeout",
    Superscript: "superscript",
    Subscript: "subscript",
}


_WIDTHS = (0, 4, 8, 16, 32)
"""Characters around a stretch by which its place in publication.yaml is known."""
_LEAST = 4
_LONGEST_MARK = 2


def look_of(node: Node) -> str:
    """The look that an inline gives to what is in it; empty for one that gives none."""
    return _LOOKS.get(type(node), "")


@dataclass(slots=True)
class SourceMap:
    """Places of traced characters."""

    trace: Trace
    """What was rendered."""
    files: SourceFiles
    """The files that it came from."""
    _typed: dict[str, list[tuple[int, int]] | None] = field(default_factory=dict)

    def traced(self, character: Character) -> Traced | None:
        """The stretch that a character belongs to; None for one that the program has made."""
        return self.trace.of(character.source[0]) if character.source else None

    def range(self, node: Traced | Node) -> Place | None:
        """The place of a stretch or node as a whole."""
        found = self.files.range(node.span)
        return (node.span.file, *found) if found else None

    def mark(self, node: Node) -> str:
        """The sign that an emphasis or the like begins and ends with; empty where that is not clear."""
        found = self.range(node)
        if found is None or not look_of(node):
            return ""
        typed = self.files.text(found[0])[found[1] : found[2]]
        sign = typed[: len(typed) - len(typed.lstrip(typed[:1]))]
        return sign if len(sign) <= _LONGEST_MARK and typed.endswith(sign) else ""

    def place(self, character: Character) -> Place | None:
        """Where a character was typed; None where that is not clear."""
        traced = self.traced(character)
        if traced is None or character.source is None or not traced.text:
            return None
        name, number = character.source
        if name not in self._typed:
            self._typed[name] = self._places(traced)
        places = self._typed[name]
        if places is None or number >= len(places):
            return None
        return (traced.span.file, *places[number])

    def own_text(self, characters: Sequence[Character]) -> str:
        """The author's own words among some characters: no citations, works cited, references and numbers."""
        return "".join(
            one.text
            for one in characters
            if (traced := self.traced(one)) is not None
            and traced.text
            and not any(isinstance(block, ReferenceList) for block in traced.blocks)
        )

    def words_of(self, paragraph: Sequence[Character]) -> Callable[[Sequence[Character]], str]:
        """What reads a paragraph's parts: its author's own words, or all of them where the program has made it whole."""
        if any(self.traced(one) is not None for one in paragraph):
            return self.own_text
        return lambda characters: "".join(one.text for one in characters)

    def stated(self, characters: Sequence[Character], begin: int, end: int) -> Place | None:
        """Where publication.yaml states a stretch of a paragraph that is printed of it alone; None where that is not clear."""
        if any(self.traced(one) is not None for one in characters):
            return None
        text, stated = "".join(one.text for one in characters), self.files.text(PUBLICATION)
        for width in _WIDTHS:
            for left, right in ((width, width), (width, 0), (0, width)):
                before = text[max(begin - left, 0) : begin]
                window = before + text[begin : end + right]
                if len(window.strip()) >= _LEAST and stated.count(window) == 1:
                    start = stated.index(window) + len(before)
                    return PUBLICATION, start, start + end - begin
        return None

    def between(self, first: WordParagraph, second: WordParagraph) -> Character:
        """What stands between two paragraphs of one file, as a character."""
        last, begin = self._block(first), self._block(second)
        if last is None or begin is None or last[0] != begin[0] or last[2] > begin[1]:
            return Character(BREAK)
        start, stop = self.files.place(last[0], last[2]), self.files.place(begin[0], begin[1])
        span = Span(last[0], start.line, start.column, stop.line, stop.column)
        self.trace.found.append(Traced(span, BREAK, (), ()))
        return Character(BREAK, source=(str(len(self.trace.found) - 1), 0))

    def _block(self, paragraph: WordParagraph) -> Place | None:
        """The place of the block that a paragraph is."""
        traced = next(filter(None, map(self.traced, paragraph.characters)), None)
        return self.range(traced.blocks[-1]) if traced is not None and traced.blocks else None

    def _places(self, traced: Traced) -> list[tuple[int, int]] | None:
        found = self.files.range(traced.span)
        if found is None:
            return None
        start, end = found
        typed = self.files.text(traced.span.file)[start:end]
        if traced.text == BREAK:
            return [(start, end)]
        if traced.text == " " and not typed.strip(" \t\r\n>\\"):
            return [(start, end)]
        places = typed_places(traced.text, typed)
        return [(start + first, start + last) for first, last in places] if places is not None else None

    # -- Stretches -----------------------------------------------------------------------------------------

    def stretch(self, characters: Sequence[Character], begin: int, end: int) -> Place | None:
        """The characters from `begin` to `end` of a paragraph as one place that can be cut out.

        None where a part of them stands in no file, or where the place would cut an emphasis or the like in two.
        """
        first = self._edge(characters, begin, end, first=True)
        last = self._edge(characters, begin, end, first=False)
        if first is None or last is None or not self._all_known(characters, begin, end):
            return None
        (file, start, _), (other, _, stop) = first, last
        return (file, start, stop) if file == other and start <= stop else None

    def _all_known(self, characters: Sequence[Character], begin: int, end: int) -> bool:
        """Whether every character has a place, or belongs to something that goes as a whole."""
        wholes = {
            one.source[0]
            for one in characters[begin:end]
            if one.source is not None and self.place(one) is None
        }
        outside = (*characters[:begin], *characters[end:])
        cut = any(one.source is not None and one.source[0] in wholes for one in outside)
        return not cut and all(self.traced(one) is not None for one in characters[begin:end])

    def _edge(self, characters: Sequence[Character], begin: int, end: int, *, first: bool) -> Place | None:
        """The place of the first or last character, or that of the emphasis of which it is the first or last."""
        at, other = (begin, end - 1) if first else (end - 1, begin)
        traced, opposite = self.traced(characters[at]), self.traced(characters[other])
        if traced is None or opposite is None:
            return None
        place = self.place(characters[at]) or self.range(traced)
        outer = set(map(id, opposite.inlines))
        for around in reversed(traced.inlines):
            whole = self.is_whole(characters, begin, end, around)
            if id(around) in outer and not whole:
                break
            if not whole:
                return None
            place = self.range(around)
        return place

    def is_whole(self, characters: Sequence[Character], begin: int, end: int, around: Node) -> bool:
        """Whether everything inside an inline is among the characters from `begin` to `end`."""
        return not any(
            (traced := self.traced(one)) is not None and any(around is node for node in traced.inlines)
            for one in (*characters[max(begin - 1, 0) : begin], *characters[end : end + 1])
        )

    def gap(self, characters: Sequence[Character], at: int, looks: Looks) -> tuple[str, int, Looks] | None:
        """Where something can be put before character `at`: file, place, and the looks that it has there anyway."""
        before = self._behind(characters, at, looks) if at else None
        after = self._before(characters, at, looks) if at < len(characters) else None
        fitting = [one for one in (before, after) if one and one[2] <= looks]
        return max(fitting, key=lambda one: len(one[2]), default=None)

    def _behind(
        self, characters: Sequence[Character], at: int, looks: Looks
    ) -> tuple[str, int, Looks] | None:
        """The place behind the character before `at`, outside of whatever ends there and gives other looks."""
        return self._beside(characters, at - 1, at, looks, behind=True)

    def _before(
        self, characters: Sequence[Character], at: int, looks: Looks
    ) -> tuple[str, int, Looks] | None:
        return self._beside(characters, at, at - 1, looks, behind=False)

    def _beside(
        self, characters: Sequence[Character], at: int, neighbour: int, looks: Looks, *, behind: bool
    ) -> tuple[str, int, Looks] | None:
        traced = self.traced(characters[at])
        if traced is None:
            return None
        place = self.place(characters[at])
        if place is None:
            if self._same_whole(characters, at, neighbour):
                return None
            place = self.range(traced)
        inside = list(traced.inlines)
        beyond = self.traced(characters[neighbour]) if 0 <= neighbour < len(characters) else None
        kept = set(map(id, beyond.inlines)) if beyond else set()
        while (
            inside
            and id(inside[-1]) not in kept
            and (not look_of(inside[-1]) or look_of(inside[-1]) not in looks)
        ):
            place = self.range(inside.pop())
        if place is None:
            return None
        given = frozenset(look for node in inside if (look := look_of(node)))
        return place[0], place[2] if behind else place[1], given

    def _same_whole(self, characters: Sequence[Character], at: int, neighbour: int) -> bool:
        """Whether two characters belong to one thing that has no places inside."""
        if not 0 <= neighbour < len(characters):
            return False
        one, other = characters[at].source, characters[neighbour].source
        return one is not None and other is not None and one[0] == other[0]
