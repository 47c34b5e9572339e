"""The neutral film record made into the entry that each citation style's film form reads.

`usera` holds who made and distributed the film, `userb` what kind of copy it is; the forms are in `styles/*.tex`.
"""

from __future__ import annotations

import re

from fascicle.document.locale.bibliography_terms import FilmWords, film_words
from fascicle.latex.biblatex import bib_text
from fascicle.project.bibliography.library import BibEntry
from fascicle.project.bibliography.names import split


def lower(entry: BibEntry, style: str, language: str) -> dict[str, str]:
    """`usera`, `userb` and the directors' role, as LaTeX; `style` is the `film` of a `Style`."""
    words = film_words(style, language)
    fields = {"usera": _makers(entry, words, apa=style == "apa"), "userb": _copy(entry, words, style)}
    if style == "apa" and entry.text("author").strip():
        many = len(list(split(entry.text("author")))) > 1
        fields["author+an:role"] = f'="{words.directors}"' if many else f'1="{words.director}"'
    return {name: value for name, value in fields.items() if value}


def items(entry: BibEntry, name: str) -> list[str]:
    """The items of a literal list as LaTeX."""
    return [text for _, item in split(entry.text(name)) if (text := bib_text.field(_unbraced(item.strip())))]


def _makers(entry: BibEntry, words: FilmWords, *, apa: bool) -> str:
    companies, distributors, countries = (
        items(entry, name) for name in ("company", "distributor", "country")
    )
    if apa:
        made = "; ".join([*companies, *distributors])
        return f"{made} ({', '.join(countries)})" if made and countries else made or ", ".join(countries)
    made = ", ".join([*companies, *countries])
    sold = f"{words.distributed_by} {', '.join(distributors)}" if distributors else ""
    if not made:
        return sold[:1].upper() + sold[1:]
    return f"{made}; {sold}" if sold else made


def _copy(entry: BibEntry, words: FilmWords, style: str) -> str:
    kind = bib_text.field(entry.text("format"))
    runtime = minutes(entry.text("runtime"))
    if style == "apa":
        kind = "" if kind.lower() == words.film.lower() else kind
        return "; ".join(part for part in (words.film, kind, runtime) if part)
    return ", ".join(part for part in (kind, runtime) if part)


def minutes(value: str) -> str:
    """A running time as LaTeX: a number alone, or with any spelling of minutes, is `107~min`."""
    text = value.strip()
    if match := re.fullmatch(r"(\d+)(?:\s*(?:min\.?|mins\.?|minutes?|'|′))?", text):
        return f"{match[1]}~min"
    return bib_text.field(text)


def _unbraced(item: str) -> str:
    return item[1:-1] if re.fullmatch(r"\{[^{}]*\}", item) else item
