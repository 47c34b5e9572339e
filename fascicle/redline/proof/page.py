"""A finished page read again as either version: all changes accepted, or all rejected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_SILENT = frozenset({"annotation", "head", "nav", "script", "style", "dt"})
_APPARATUS = frozenset(
    {
        *(
            "apparatus",
            "back",
            "downloads",
            "licence",
            "credit",
            "skip",
            "records",
            "note-number",
            "number",
            "label",
        ),
        *("equation-number", "remark", "byline", "plate"),
    }
)
"""Classes of what is no text of a version: numbers follow from the text, credits are told in the list of changes."""
_LETTER = re.compile(r"\([a-z]+\) ?")
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")


@dataclass(slots=True)
class Tag:
    """An element."""

    name: str
    """Its kind."""
    given: Mapping[str, str]
    """Its attributes."""
    content: list[Tag | str] = field(default_factory=list)
    """What is in it."""

    @property
    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.given.get("class", "").split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Tag("", {})
        self.open = [self.root]
        self.named: dict[str, Tag] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Tag(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(made)
        if name := made.given.get("id"):
            self.named[name] = made
        if tag not in _VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


class PageText:
    """A page, to be read as either version."""

    def __init__(self, page: str) -> None:
        reader = _Reader()
        reader.feed(page)
        reader.close()
        self.root, self.named = reader.root, reader.named

    def version(self, *, new: bool) -> str:
        """The text of the new or the old version without white space, each note at its mark."""
        return _SPACE.sub("", "".join(self._text(self.root, new=new)))

    def _text(self, tag: Tag, *, new: bool, parent: Tag | None = None) -> Iterator[str]:
        classes = tag.classes
        if tag.name in _SILENT or not _APPARATUS.isdisjoint(classes) or _is_template_heading(tag, parent):
            return
        if tag.name == "del" if new else tag.name == "ins":
            return
        if "change" in classes and ("deleted" if new else "inserted") in classes:
            return
        if "renumbered" in classes and not new:
            yield tag.given.get("title", "")
        elif "mark" in classes:
            note = self.named.get(tag.given.get("id", "").replace("mark", "note"))
            yield from self._text(note, new=new) if note else ()
        elif not (tag.name == "section" and "notes" in classes):
            yield from self._inner(tag, new=new)

    def _inner(self, tag: Tag, *, new: bool) -> Iterator[str]:
        heads = "statement" in tag.classes
        for item in tag.content:
            if isinstance(item, str):
                yield (
                    _LETTER.sub("", item, count=1)
                    if tag.name == "figcaption" and item is tag.content[0]
                    else item
                )
            elif heads and item.name == "p":
                heads = False
                yield from self._inner(Tag("p", {}, _without_head(item.content)), new=new)
            else:
                heads = heads and item.name != "p"
                yield from self._text(item, new=new, parent=tag)


def _is_template_heading(tag: Tag, parent: Tag | None) -> bool:
    """Whether a heading is the template's, which has it where there is a text below it."""
    return (
        tag.name == "h2"
        and parent is not None
        and not parent.classes.isdisjoint({"abstract", "matter", "references"})
    )


def _without_head(content: list[Tag | str]) -> list[Tag | str]:
    """A statement's first paragraph without its word and number."""
    first = content[0] if content else None
    return content[1:] if isinstance(first, Tag) and first.name == "strong" else content


def first_difference(one: str, other: str) -> str:
    """Where two texts part, for a message."""
    at = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    begins = max(at - 20, 0)
    return f"'{one[begins : at + 20]}' is not '{other[begins : at + 20]}'"
