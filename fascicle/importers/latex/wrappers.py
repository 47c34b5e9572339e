r"""Commands around whole parts of a LaTeX text, `\centerline{…}`, and notes to its title and authors."""

from __future__ import annotations

import re
from collections.abc import Callable

from fascicle.importers.latex.definitions import group_at
from fascicle.importers.report import Report

_AROUND = re.compile(
    r"\\(?:centerline|leftline|rightline|hbox|vbox|IEEEtitleabstractindextext|IEEEcompsoctitleabstractindextext)\s*(?=\{)"
)
_NOTE = re.compile(
    r"\\(?:thanks|IEEEcompsocitemizethanks|IEEEspecialpapernotice|cortext|fntext|tnotetext|nonumnote|dedication|titlenote|"
    r"subtitlenote|authornote|funding|grantsponsor|authorcontributions|conflictofinterest|conflictsofinterest|"
    r"dataavailability|institutionalreview|informedconsent|acknowledgments|acknowledgements|orgnote|titlerunning|"
    r"authorrunning|committee|supervisor|advisor|reader|degree|department|school|university|dedicatory)\s*(?:\[[^\]]*\]\s*)*(?=\{)"
)
_WORDS = re.compile(r"[^\W\d_]{2}")


def without_wrappers(text: str) -> str:
    """The text with the parts that commands of layout hold, and without these commands."""
    text = re.sub(r"\\(begin|end)\s*\{(?:displayquote|quoting|displaycquote)\}", r"\\\1{quote}", text)
    found = _AROUND.search(text)
    while found is not None:
        inner = group_at(text, found.end())
        if inner is None:
            return text
        end = found.end() + len(inner) + 2
        text = f"{text[: found.start()]}{inner}{text[end:]}"
        found = _AROUND.search(text, found.start())
    return text


def tell_notes(text: str, printed: str, words: Callable[[str], str], report: Report) -> None:
    """Name what stands beside the title and the authors and has no place here, word for word."""
    for found in _NOTE.finditer(text):
        inner = group_at(text, found.end())
        said = " ".join(words(inner).split()) if inner else ""
        if _WORDS.search(said) and said[:40] not in printed:
            report.left_out("words beside the title or the authors", said[:400])
