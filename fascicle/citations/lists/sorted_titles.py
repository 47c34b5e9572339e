"""Works that stand under their title: `The Zebra` is listed under Z."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from fascicle.citations.items.draft import english
from fascicle.citations.items.model import Item
from fascicle.document.tree import ListedWork, plain

_ARTICLE = re.compile(r"^[“‘\"']?(?:The|An?) ")


def without_articles(
    works: Sequence[ListedWork], items: Mapping[str, Item], language: str
) -> list[ListedWork]:
    """An alphabetical list in which no initial article of an English title counts."""
    moved = [work for work in works if _begins_with_article(work, items[work.key], language)]
    made = [work for work in works if work not in moved]
    for work in moved:
        key = _letters(_ARTICLE.sub("", plain(work.content)))
        before = [at for at in range(len(made)) if _letters(_head(made, at)) <= key]
        made.insert(max(before, default=-1) + 1, work)
    return made


def _begins_with_article(work: ListedWork, item: Item, language: str) -> bool:
    named = any(people for role, people in item.names.items() if role in {"author", "editor", "director"})
    return not named and english(item, language) and _ARTICLE.match(plain(work.content)) is not None


def _head(works: Sequence[ListedWork], at: int) -> str:
    """The words by which an entry is sorted; those of the entry before where a dash stands for them."""
    while at and plain(works[at].content).startswith(("---", "———")):
        at -= 1
    return _ARTICLE.sub("", plain(works[at].content))


def _letters(text: str) -> str:
    found = unicodedata.normalize("NFD", text.casefold())
    return "".join(
        one for one in found if one == " " or (one.isalnum() and unicodedata.category(one) != "Lm")
    )
