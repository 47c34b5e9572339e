"""The words that an issue prints around its articles, in its language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from fascicle.document.locale.tags import nearest
from fascicle.document.locale.words import LOADER

_FILE = "words.yaml"
_ENGLISH = "en"


@cache
def _all() -> Mapping[str, Mapping[str, str]]:
    text = files("fascicle.collection").joinpath(_FILE).read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader
    return found


def issue_words(language: str) -> Mapping[str, str]:
    """The words of a language, English ones where there are none of it; `volume` and `number` hold `{}`."""
    known = _all()
    return known[nearest(language, known) or _ENGLISH]
