"""Edits of a Word document chosen at random, each with what must be found in the author's files afterwards."""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fascicle.redline.merge.merge import Merged
from tests.support.word_edits import EditedWord, W

_WORD = re.compile(r"[^\W\d_]{6,}")
_WORDS = re.compile(r"\w+")
_HIDDEN = re.compile(
    r"^---\n.*?^---\n|^ *```.*?^ *```|`[^`\n]+`|\$\$.*?\$\$|\$[^$\n]+\$|\{[^{}\n]*\}|<!--.*?-->",
    re.DOTALL | re.MULTILINE,
)
"""Of a section's file what is no text of it, or whose words stand elsewhere, too."""
_LINK = re.compile(r"\](?:\([^()\n]*\)|\{[^{}\n]*\})+")
_CONTEXT = 3
_CITATIONS = 0.6
"""How many of the paragraphs with citations have these edited."""
FILES = ("content/*.md", "content/publication.yaml", "figures/figures.yaml")
INLINE = ("replace", "insert", "delete", "emphasis", "comment")
BLOCK = ("add", "remove", "split", "join")
_CITED = re.compile(r" \([A-Z][^\W\d]+(?: [^\W\d]+){0,5},? \d{4}[a-z]?\)")
"""A citation of the shape that most styles have."""
PLACED, TOLD, WRONG, LOST = "placed", "told", "wrong", "lost"


@dataclass(frozen=True, slots=True)
class RandomEdit:
    """One edit."""

    kind: str
    """replace, insert, delete, emphasis, comment, add, remove, split, join."""
    where: str
    """text, heading, caption, cell, note, item."""
    tracked: bool
    """Whether as a tracked change."""
    word: str
    """A word that stands once in the document and once in the files, where the edit is made."""
    token: str
    """A word that comes with it and stands nowhere else."""
    opening: str
    """How its paragraph begins."""
    cited: str = ""
    """The citation that was taken out or moved, as it is printed."""

    @property
    def name(self) -> str:
        """What it is, for a table."""
        return f"{self.kind} {self.where}"


def texts_of(project: Path) -> dict[str, str]:
    """The author's files that an edit may change."""
    return {
        path.relative_to(project).as_posix(): path.read_text(encoding="utf-8")
        for pattern in FILES
        for path in sorted(project.glob(pattern))
    }


def random_edits(
    document: EditedWord, files: Mapping[str, str], chance: random.Random, most: int
) -> list[RandomEdit]:
    """Edits made in `document`, at most `most`, none near another."""
    every = "\n".join(files.values())
    shown = Counter(word for text in files.values() for word in _WORD.findall(_HIDDEN.sub(" ", text)))
    paragraphs = list(document.paragraphs())
    printed = "\n".join(text for _, text in paragraphs)
    usable = [
        (
            at,
            [
                word
                for word in _WORD.findall(text)
                if shown[word] == every.count(word) == printed.count(word) == 1
            ],
        )
        for at, (_, text) in enumerate(paragraphs)
    ]
    usable = [(at, words) for at, words in usable if words]
    chance.shuffle(usable)
    remarks = chance.random() < 0.5 or not any(document.kind(p) == "note" for p, _ in paragraphs)
    taken: set[int] = set()
    made: list[RandomEdit] = []
    for at, words in usable:
        if len(made) >= most:
            break
        if taken & {at - 1, at, at + 1} or (remarks and document.kind(paragraphs[at][0]) == "note"):
            continue  # LibreOffice 7.4 drops the words of all notes of a document with remarks
        taken.add(at)
        inline = INLINE if remarks else INLINE[:-1]
        edit = _edit(document, paragraphs, at, words, chance, len(made), inline)
        if edit is not None:
            made.append(edit)
    return made


def _edit(
    document: EditedWord,
    paragraphs: Sequence[tuple[ET.Element, str]],
    at: int,
    words: Sequence[str],
    chance: random.Random,
    number: int,
    inline: Sequence[str],
) -> RandomEdit | None:
    paragraph, text = paragraphs[at]
    where = document.kind(paragraph)
    document.tracked = chance.random() < 0.5
    token = f"zq{number}x"
    cited = [one for one in set(_CITED.findall(text)) if text.count(one) == 1] if where == "text" else []
    if cited and chance.random() < _CITATIONS:
        return _cited(document, chance.choice(sorted(cited)), text, words, chance, token)
    kind = chance.choice([*inline, *BLOCK, *BLOCK] if where == "text" else inline)
    word = chance.choice(list(words))
    if kind == "split":
        word = next((one for one in words if 0.2 < text.index(one) / len(text) < 0.8), word)
    if not _fits(document, kind, paragraph, text, word):
        kind = "replace"
    if kind == "emphasis" and document.looks(word):
        return None
    _DONE[kind](document, word, token)
    return RandomEdit(kind, where, document.tracked, word, token, text.strip()[:40])


def _fits(document: EditedWord, kind: str, paragraph: ET.Element, text: str, word: str) -> bool:
    """Whether an edit can be made of a paragraph, and its outcome be seen."""
    match kind:
        case "remove":  # a note without its mark is nothing that a word processor leaves behind
            return paragraph.find(f".//{W}footnoteReference") is None
        case "split":
            return f" {word}" in text and 0.2 < text.index(word) / len(text) < 0.8
        case "delete":
            return f" {word}" in text
        case "join":
            before = document.before(paragraph)
            above = "".join(one.text or "" for one in before.iter(f"{W}t")) if before is not None else ""
            return before is not None and document.kind(before) == "text" and bool(_WORD.search(above))
    return True


_DONE: Mapping[str, Callable[[EditedWord, str, str], object]] = {
    "replace": lambda document, word, token: document.replace(word, token),
    "insert": lambda document, word, token: document.insert(word, f" {token}"),
    "delete": lambda document, word, token: document.replace(f" {word}", ""),
    "emphasis": lambda document, word, token: document.look(word, "i"),
    "comment": lambda document, word, token: document.remark(word, f"Really {token}?"),
    "add": lambda document, word, token: document.add(word, f"{token}."),
    "remove": lambda document, word, token: document.remove(word),
    "split": lambda document, word, token: document.split(word),
    "join": lambda document, word, token: document.join(word),
}
"""How each kind is made."""


def _cited(
    document: EditedWord, cited: str, text: str, words: Sequence[str], chance: random.Random, token: str
) -> RandomEdit | None:
    """A citation taken out, or put behind another word of its paragraph."""
    kind = chance.choice(("cite-delete", "cite-move"))
    beside = [
        word for word in words if word not in cited and f"{word} " in text and f"{word}{cited}" not in text
    ]
    if not beside:
        return None
    word = chance.choice(beside)
    if kind == "cite-move":
        document.insert(word, cited)
        document.replace_last(cited, "") if text.index(word) < text.index(cited) else document.replace(
            cited, ""
        )
    else:
        document.replace(cited, "")
    return RandomEdit(kind, "text", document.tracked, word, token, text.strip()[:40], cited.strip())


# -- What came of it -------------------------------------------------------------------------------------


def outcome(edit: RandomEdit, files: Mapping[str, str], merged: Merged) -> str:
    """Whether an edit is at its place in the changed files, told, at a wrong place, or lost."""
    told = " ".join(one.what for one in (*merged.unplaced, *merged.conflicts))
    name = next(name for name, text in files.items() if edit.word in text)
    old, new = files[name], {**files, **merged.changed}[name]
    if edit.kind == "comment":
        return _remark(edit, name, old, merged)
    if _is_done(edit, old, new):
        return PLACED
    every = " ".join({**files, **merged.changed}.values())
    if edit.cited:
        return TOLD if edit.cited in told or edit.opening in told else LOST
    if edit.token in told or edit.word in told or (edit.kind in ("remove", "join") and edit.opening in told):
        return TOLD
    return WRONG if edit.token in every else LOST


def _remark(edit: RandomEdit, name: str, old: str, merged: Merged) -> str:
    line = old[: old.index(edit.word)].count("\n") + 1
    for one in merged.comments:
        if edit.token in one.comment.text:
            right = one.span is not None and one.span.file == name and one.span.line == line
            return PLACED if right else TOLD
    return LOST


def _is_done(edit: RandomEdit, old: str, new: str) -> bool:
    at = old.index(edit.word)
    match edit.kind:
        case "replace":
            return edit.word not in new and _same_context(old, at, edit.word, new, edit.token)
        case "insert":
            return re.search(rf"{edit.word}\W{{0,8}}{edit.token}", _LINK.sub("]", new)) is not None
        case "delete":
            return edit.word not in new and _gone(old, at, edit.word, new)
        case "emphasis":
            return re.search(rf"[*_]{edit.word}[*_]", new) is not None
        case "add":
            block = _block(new, edit.token)
            return block is not None and edit.word in _block_before(new, edit.token)
        case "remove":
            return edit.word not in new
        case "cite-delete":
            return _cites(old, at) - _cites(new, new.index(edit.word)) == 1
        case "cite-move":
            return re.search(rf"{edit.word} \[@", new) is not None and _cites(old, at) == _cites(
                new, new.index(edit.word)
            )
        case "split":
            return re.search(rf"\n[ \t>]*\n\W*{edit.word}", new) is not None
        case _:
            return _joined(old, at, new, edit.word)


def _cites(text: str, at: int) -> int:
    """How many citations the paragraph around a place has."""
    end = text.find("\n\n", at)
    return text[text.rfind("\n\n", 0, at) + 1 : end if end >= 0 else None].count("@")


def _same_context(old: str, at: int, word: str, new: str, token: str) -> bool:
    """Whether the words on one side at least of both are the same."""
    if new.count(token) != 1:
        return False
    place = new.index(token)
    before = _last(old[:at]) == _last(new[:place])
    after = _first(old[at + len(word) :]) == _first(new[place + len(token) :])
    return before or after


def _last(text: str) -> list[str]:
    return _WORDS.findall(text[-120:])[-_CONTEXT:]


def _first(text: str) -> list[str]:
    return _WORDS.findall(text[:120])[:_CONTEXT]


def _gone(old: str, at: int, word: str, new: str) -> bool:
    around = [*_last(old[:at])[-1:], *_first(old[at + len(word) :])[:1]]
    return re.search(r"\W+".join(map(re.escape, around)), new) is not None


def _blocks(text: str) -> list[str]:
    return [one for one in re.split(r"\n[ \t>]*\n", text) if one.strip()]


def _block(text: str, token: str) -> str | None:
    return next((one for one in _blocks(text) if token in one), None)


def _block_before(text: str, token: str) -> str:
    """The two blocks before the one that has a word: a note's text may stand between."""
    blocks = _blocks(text)
    at = next(at for at, one in enumerate(blocks) if token in one)
    return "\n".join(blocks[max(at - 2, 0) : at])


def _joined(old: str, at: int, new: str, word: str) -> bool:
    before = _blocks(old[:at])
    block = _block(new, word)
    own = old[old.rfind("\n\n", 0, at) : at]
    above = _WORDS.findall(before[-2] if own.strip() and len(before) > 1 else before[-1])[-1:]
    return block is not None and bool(above) and above[0] in _WORDS.findall(block)


def strange(edits: Sequence[RandomEdit], files: Mapping[str, str], merged: Merged) -> Iterator[str]:
    """Words that came or went beside those of the edits; paragraphs taken out are left out of it."""
    tokens = {edit.token for edit in edits}
    gone = Counter(word for text in files.values() for word in _WORD.findall(text))
    come = Counter(word for text in {**files, **merged.changed}.values() for word in _WORD.findall(text))
    yield from ((come - gone).keys() - tokens)
    if not any(edit.kind == "remove" for edit in edits):
        yield from ((gone - come).keys() - {edit.word for edit in edits})
