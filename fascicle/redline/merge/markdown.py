"""Characters of a Word document as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from fascicle.importers.writing.escape import escape, guard
from fascicle.redline.merge.word_text import (
    BREAK,
    FORMULA,
    NOTE,
    OTHER,
    PICTURE,
    PLAIN,
    Character,
    Looks,
    WordParagraph,
)

_MARKS = (
    ("strong", "**", "**"),
    ("emphasis", "*", "*"),
    ("strikeout", "~~", "~~"),
    ("superscript", "^", "^"),
    ("subscript", "~", "~"),
    ("smallcaps", "[", "]{.smallcaps}"),
)
UNWRITTEN = {PICTURE: "a picture", FORMULA: "a formula", OTHER: "a field or drawing"}
"""What has no form in Markdown that could be made of a Word document."""


def unwritten(characters: Sequence[Character]) -> list[str]:
    """What among `characters` cannot be written."""
    return [
        f"{UNWRITTEN[one.text]} ({one.data[:60]})" if one.data else UNWRITTEN[one.text]
        for one in characters
        if one.text in UNWRITTEN
    ]


def markdown(
    characters: Sequence[Character], notes: Mapping[str, Sequence[WordParagraph]], within: Looks = PLAIN
) -> str:
    """Characters in the dialect, without the looks that they have from where they are put; notes in the sentence."""
    made = ""
    for looks, group in groupby(
        characters, key=lambda one: one.looks - within if one.text != NOTE else PLAIN
    ):
        made += _marked(_plain(list(group), notes), looks)
    return made


def paragraph(
    characters: Sequence[Character], notes: Mapping[str, Sequence[WordParagraph]], before: str = ""
) -> str:
    """A paragraph of its own."""
    return before + guard(markdown(characters, notes).strip())


def _plain(characters: Sequence[Character], notes: Mapping[str, Sequence[WordParagraph]]) -> str:
    parts: list[str] = []
    for text, group in groupby(
        characters, key=lambda one: one.text if one.text in (NOTE, BREAK, "\n") else ""
    ):
        found = list(group)
        if text == NOTE:
            parts += [_note(notes.get(one.data, ()), notes) for one in found]
        elif text == BREAK:
            parts.append("\n\n" * len(found))
        elif text == "\n":
            parts.append("\\\n" * len(found))
        else:
            shown = "".join(
                " " if one.text == "\t" else one.text for one in found if one.text not in UNWRITTEN
            )
            parts.append(escape(shown, smart=False))
    return "".join(parts)


def _note(paragraphs: Sequence[WordParagraph], notes: Mapping[str, Sequence[WordParagraph]]) -> str:
    text = " ".join(markdown(one.characters, notes).strip() for one in paragraphs)
    return f"^[{text}]"


def _marked(text: str, looks: Looks) -> str:
    """A text between its marks, the spaces at its ends outside of them."""
    inner = text.strip()
    if not inner or not looks:
        return text
    start = text.index(inner)
    before, after = text[:start], text[start + len(inner) :]
    for look, opening, closing in _MARKS:
        if look in looks:
            inner = f"{opening}{inner}{closing}"
    return before + inner + after
