"""Codes of languages as libraries (ISO 639-2/B) and journal systems write them."""

from __future__ import annotations


def library_code(tag: str) -> str:
    """Three letters of ISO 639-2/B, such as `ger` for `de-AT`; `und` for a language that has none."""
    from langcodes import Language

    try:
        return Language.get(tag).to_alpha3(variant="B")
    except LookupError:
        return "und"


def primary(tag: str) -> str:
    """The language alone, without script and region: `zh` for `zh-Hant-TW`."""
    return tag.split("-")[0].lower()
