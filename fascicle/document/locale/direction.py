"""In which direction a language is written."""

from __future__ import annotations

_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg", "aran"})
_LANGUAGES = frozenset(
    {"ar", "arc", "arz", "azb", "ckb", "dv", "fa", "he", "iw", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"}
)  # fmt: skip


def direction(language: str) -> str:
    """`rtl` for writing from right to left, else `ltr`; the script decides where a BCP 47 tag names one."""
    base, *subtags = language.lower().split("-")
    script = next((part for part in subtags if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in _SCRIPTS else "ltr"
    return "rtl" if base in _LANGUAGES else "ltr"
