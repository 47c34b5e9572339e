"""Alternative texts of pictures that say nothing to those who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.model import Picture
from fascicle.document.tree import Figure, plain
from fascicle.project.figures.ledger import ledger_path

WORDS = 100
"""Most words of an alternative text: what Routledge's guidance for authors allows for books."""
CHARACTERS = 1_000
"""The same in scripts that put no space between words, and for one word without end."""
_FILE = re.compile(r"\S+\.(?:png|jpe?g|gif|tiff?|webp|svg|pdf|eps|bmp|heic)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:an? |the )?(?:image|img|picture|pic|photo(?:graph)?|figure|fig|graph(?:ic)?|chart|diagram|screenshot|alt(?:ernative)? ?text)"
    r"[\s_.\-#]*\d*\.?",
    re.IGNORECASE,
)


_SAY = "say in a sentence or two what can be seen, without repeating the caption"


def check_alternative_texts(
    figures: Iterable[Figure], ledger: Mapping[str, Picture], problems: Collector
) -> None:
    """Tell texts that are missing, repeat the caption, name the file, say nothing, or are too long to listen to."""
    told: set[str] = set()
    for figure in figures:
        path = ledger_path(figure.path)
        entry = ledger.get(path)
        if entry is None or entry.data is None or path in told:
            continue
        alt = alternative_text(figure, entry.data.alt or "")
        span = entry.places.of("alt") if entry.data.alt else figure.span
        if not alt:
            told.add(path)
            problems.add(Code.MISSING_ALT, f"{path} has no alternative text", entry.span, _SAY)
        elif fault := _fault(alt, plain(figure.caption), path):
            told.add(path)
            problems.add(Code.POOR_ALT, f"the alternative text of {path} {fault[0]}", span, fault[1])


def alternative_text(figure: Figure, stated: str) -> str:
    """What a picture shows, by its entry in the ledger (`stated`), else by the figure itself; empty when nobody says."""
    return stated or figure.attributes.get("fig-alt") or figure.attributes.get("alt") or ""


def _fault(alt: str, caption: str, path: str) -> tuple[str, str] | None:
    """What is wrong with a text, and what to do; None when nothing can be said against it."""
    bare = _letters(alt)
    if bare and bare == _letters(caption):
        hint = (
            "say what can be seen: the caption is read out as well, and whoever listens would hear it twice"
        )
        return "is its caption once more", hint
    name = PurePosixPath(path)
    if _FILE.fullmatch(alt.strip()) or bare in (_letters(name.name), _letters(name.stem)):
        return "is the name of a file", _SAY
    if _NUMBERED.fullmatch(alt.strip()):
        return "says only that there is a picture", _SAY
    if len(alt.split()) > WORDS or len(alt) > CHARACTERS:
        hint = f"say what matters in at most {WORDS} words, and put the rest under 'description:'"
        return f"is {len(alt.split())} words long, which are read without a pause", hint
    return None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
