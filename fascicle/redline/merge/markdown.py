"""Characters of a Word document as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class ReferredContent:
    """What stands apart from the characters that refer to it."""

    notes: Mapping[str, Sequence[WordParagraph]] = field(default_factory=dict)
    """The paragraphs of notes by the identifiers of their marks."""
    citation: Callable[[str], str] = lambda code: ""
    """A field's code as a citation; empty for other fields."""


NOTHING = ReferredContent()


def unwritten(characters: Sequence[Character], apart: ReferredContent) -> list[str]:
    """What among `characters` cannot be written."""
    return [
        f"{UNWRITTEN[one.text]} ({one.data[:60]})" if one.data else UNWRITTEN[one.text]
        for one in characters
        if one.text in UNWRITTEN and not (one.data and apart.citation(one.data))
    ]


def markdown(characters: Sequence[Character], apart: ReferredContent, within: Looks = PLAIN) -> str:
    """Characters in the dialect, without the looks that they have from where they are put; notes in the sentence."""
    made = ""
    for looks, group in groupby(
        characters, key=lambda one: one.looks - within if one.text != NOTE else PLAIN
    ):
        made += _marked(_plain(list(group), apart), looks)
    return made


def paragraph(characters: Sequence[Character], apart: ReferredContent, before: str = "") -> str:
    """A paragraph of its own."""
    return before + guard(markdown(characters, apart).strip())


def _plain(characters: Sequence[Character], apart: ReferredContent) -> str:
    parts: list[str] = []
    for text, group in groupby(
        characters, key=lambda one: one.text if one.text in (NOTE, BREAK, OTHER, "\n") else ""
    ):
        found = list(group)
        if text == NOTE:
            parts += [_note(apart.notes.get(one.data, ()), apart) for one in found]
        elif text == OTHER:
            parts += [apart.citation(one.data) for one in found if one.data]
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


def _note(paragraphs: Sequence[WordParagraph], apart: ReferredContent) -> str:
    text = " ".join(markdown(one.characters, apart).strip() for one in paragraphs)
    return f"^[{text}]" if text else ""


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
