"""Stops and commas inside closing quotation marks, where the publication's English has them there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from fascicle.citations.postprocessing.punctuation import STOPS_INSIDE, punctuated
from fascicle.document.tree import Cite, Inline, Link, Node, Note, Quoted, Superscript, Text, plain

_STOP = re.compile(r"[.,](?![.,])")
PARTED = "\ufdd6"
"""A noncharacter that stands between two nodes' texts; no text holds it."""
_FOREIGN = re.compile(r"《([^《》\u2e80-\u9fff\uf900-\ufaff]+)》")
_OUTSIDE = re.compile(r"(’?”)([.,])(?!\.)")
_BETWEEN = re.compile(r"’([.,])”")
_TWICE = re.compile(r"([.,])(’?”)[.,]")
_QUESTION = re.compile(r"([?!])(”) (?!\()")
_ENDED = re.compile(r"([?!])(’?”)\.")


def closed(content: tuple[Inline, ...], language: str) -> tuple[Inline, ...]:
    """Words of the engine in which a stop after a closing quotation mark stands before it; in other languages as they are."""
    if not STOPS_INSIDE.match(language):
        return content
    return rewritten(_quoted(content, language), _moved)


def _quoted(content: Any, language: str) -> Any:
    """The same nodes; a stop after words that the author has put in quotation marks stands inside these."""
    made: list[Any] = []
    for node in content:
        before = made[-1] if made else None
        if isinstance(before, Quoted) and isinstance(node, Text) and _STOP.match(node.text):
            made[-1:] = punctuated(before, replace(node, text=node.text[0]), language)
            node = replace(node, text=node.text[1:])
        elif inner := getattr(node, "content", None):
            node = replace(node, content=_quoted(inner, language))
        if not isinstance(node, Text) or node.text:
            made.append(node)
    return content if made == list(content) else tuple(made)


def closed_citations(content: tuple[Inline, ...], language: str) -> tuple[Inline, ...]:
    """Inlines in which the stop after a citation in words stands inside its quotation mark, and not twice."""
    made: list[Inline] = []
    for node in content:
        before = made[-1] if made else None
        if isinstance(before, Cite) and isinstance(node, Text) and _STOP.match(node.text):
            mark = replace(node, text=node.text[0])
            if (words := _ended(before.content, mark, language)) is not None:
                made[-1] = replace(before, content=words)
                node = replace(node, text=node.text[1:])
        if not isinstance(node, Text) or node.text:
            made.append(node)
    return tuple(made)


def _ended(content: tuple[Inline, ...], mark: Text, language: str) -> tuple[Inline, ...] | None:
    """A citation's words with a stop; None where it stands outside them."""
    if not content or isinstance(content[-1], Note | Superscript):
        return None
    if mark.text == "." and plain(content).endswith("."):
        return content
    typed = (*content, mark)
    words = closed(typed, language)
    return None if words == typed else words


def chinese_titles(content: tuple[Inline, ...], language: str) -> tuple[Inline, ...]:
    """Words of Chinese in which titles without Chinese characters stand in quotation marks, not in marks of titles."""
    return rewritten(content, _unbooked) if language.split("-")[0] == "zh" else content


def _unbooked(texts: list[str]) -> list[str]:
    """The texts of neighbouring nodes; a title's two marks may stand in different ones."""
    whole = _FOREIGN.sub(r"“\1”", PARTED.join(texts))
    return whole.split(PARTED)


def begun(content: tuple[Inline, ...], phrases: Iterable[str]) -> tuple[Inline, ...]:
    """An entry in which these words begin with a capital after a full stop."""
    found = re.compile(rf"(?<=\. )({'|'.join(map(re.escape, phrases))})\b")
    return rewritten(content, lambda texts: [found.sub(lambda one: _capital(one[0]), text) for text in texts])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def comma_after_question(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Words of a note in which a comma follows a title that ends in a question, as Chicago has it."""
    return rewritten(content, lambda texts: [_QUESTION.sub(r"\1,\2 ", text) for text in texts])


def rewritten(content: tuple[Inline, ...], change: Callable[[list[str]], list[str]]) -> tuple[Inline, ...]:
    """The same nodes with their texts changed; the very same when nothing changes."""
    texts = list(_texts(content))
    changed = change(texts)
    return content if changed == texts else _with(content, iter(changed))


def bare_addresses(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """An entry whose addresses are printed without `https://`, as MLA has them; where they lead stays."""
    return tuple(_bare(node) for node in content)


def _bare(node: Inline) -> Inline:
    if isinstance(node, Link) and re.match(r"https?://(?!doi\.org/)", node.target):
        shown = tuple(
            replace(one, text=re.sub(r"^https?://", "", one.text)) if isinstance(one, Text) else one
            for one in node.content
        )
        return replace(node, content=shown)
    return node


def _moved(texts: list[str]) -> list[str]:
    """The texts of neighbouring nodes; a stop may stand in the node after the mark."""
    made = list(texts)
    for at in range(len(made) - 1):
        following = made[at + 1]
        if made[at].endswith("”") and following[:1] in (".", ",") and following[:2] not in ("..", ".,"):
            made[at], made[at + 1] = made[at] + following[0], following[1:]
    return [_in_one(text, quoted="‘" in "".join(made[: at + 1])) for at, text in enumerate(made)]


def _in_one(text: str, *, quoted: bool) -> str:
    text = _ENDED.sub(r"\1\2", text)
    text = _TWICE.sub(r"\1\2", text)
    text = _OUTSIDE.sub(r"\2\1", text)
    return _BETWEEN.sub(r"\1’”", text) if quoted else text


def _texts(content: Any) -> Iterator[str]:
    for node in content:
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Node):
            yield from _texts(getattr(node, "content", ()))


def _with(content: Any, texts: Iterator[str]) -> Any:
    """The same nodes with other texts; those left empty go."""
    made: list[Any] = []
    for node in content:
        if isinstance(node, Text):
            if text := next(texts):
                made.append(replace(node, text=text))
        elif inner := getattr(node, "content", None):
            made.append(replace(node, content=_with(inner, texts)))
        else:
            made.append(node)
    return tuple(made)
