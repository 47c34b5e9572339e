"""The words of title block, colophon and review copies, by the names that templates use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fascicle.document.locale.words import words


@cache
def labels(language: str) -> Mapping[str, str]:
    """The words in the language of a BCP 47 tag; English for unknown ones. `and`, `comma` and `colon` have their spaces."""
    found = words(language)
    stated = {**found.labels.model_dump(by_alias=True), **found.manuscript.model_dump(by_alias=True)}
    return {name.replace("-", "_"): word for name, word in stated.items()}
