"""Publications of any size whose reading once took more than linear time, each kind by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

_HEAD = "title: Growth\nauthors:\n  - literal: A. Stranger\nlanguage: en-GB\nsections:\n  - text.md\n"
_CITING = "---\ntitle: One\n---\n\nA work [@k].\n"


@dataclass(frozen=True, slots=True)
class Growth:
    """One kind of publication that grows."""

    sizes: int
    """The smallest size measured; the others are twice, four and eight times and sixteen times as large."""
    make: Callable[[int], Mapping[str, str]]
    """The files of a publication of a size, by path."""


def _text(body: str) -> Mapping[str, str]:
    return {"content/text.md": f"---\ntitle: One\n---\n\n{body}\n"}


def _bib(bibliography: str) -> Mapping[str, str]:
    return {"content/text.md": _CITING, "bib/references.bib": bibliography}


def _entry(title: str = "T", author: str = "Doe, Jane") -> str:
    return f"@book{{k, author = {{{author}}}, title = {{{title}}}, publisher = {{P}}, date = {{2001}}}}\n"


def _works(count: int) -> str:
    return "".join(_entry().replace("{k,", f"{{key{number},") for number in range(count))


def _undefined_references(count: int) -> Mapping[str, str]:
    labels = "".join(
        f"## Head {number} {{#sec:h{number}}}\n\nSee @sec:x{number}.\n\n" for number in range(count)
    )
    return _text(labels)


def _undefined_notes(count: int) -> Mapping[str, str]:
    return _text(
        "".join(f"A[^x{number}] b[^n{number}].\n\n[^n{number}]: Note.\n\n" for number in range(count))
    )


def _undefined_citations(count: int) -> Mapping[str, str]:
    cited = "".join(f"A work [@missing{number}].\n\n" for number in range(count))
    return {**_text(cited), "bib/references.bib": _works(count)}


def _ledger(count: int) -> Mapping[str, str]:
    entries = "".join(
        f"fig{number}.png:\n  alt: A drawing\n  credit: Nobody\n  license: CC0-1.0\n  permission: own\n"
        for number in range(count)
    )
    return {**_text("Words."), "figures/figures.yaml": entries}


KINDS: Mapping[str, Growth] = {
    "spaces between two letters": Growth(20_000, lambda size: _text("a" + " " * size + "b")),
    "twenty runs of spaces": Growth(5_000, lambda size: _text(("a" + " " * size) * 20)),
    "spaces in a citation": Growth(20_000, lambda size: _text("[@a, §" + " " * size + "]")),
    r"\( in a bibliography": Growth(10_000, lambda size: _bib(_entry(r"\( " * size))),
    "comments in a bibliography": Growth(10_000, lambda size: _bib("%x " * size + "\n" + _entry())),
    "% in a title": Growth(10_000, lambda size: _bib(_entry("%x " * size))),
    "undefined references among labels": Growth(250, _undefined_references),
    "undefined notes among notes": Growth(250, _undefined_notes),
    "undefined citations among works": Growth(250, _undefined_citations),
    "entries of figures.yaml": Growth(500, _ledger),
    "unknown keys of publication.yaml": Growth(
        3_125,
        lambda size: {
            **_text("Words."),
            "content/publication.yaml": _HEAD + "".join(f"k{n}: 1\n" for n in range(size)),
        },
    ),
    "a long title of a work": Growth(78_125, lambda size: _bib(_entry("word " * (size // 5)))),
    "a title of one long word": Growth(78_125, lambda size: _bib(_entry("w" * size))),
    "a title of commands": Growth(78_125, lambda size: _bib(_entry("\\emph{Word} " * (size // 12)))),
    "digits of an edition": Growth(
        20_000, lambda size: _bib(_entry().replace("date", f"edition = {{{'1' * size}}}, date"))
    ),
    "marks of others that are begun": Growth(
        5_000, lambda size: _text("{++ {{<a \\( ]{.aside " * (size // 25))
    ),
    "marks of others": Growth(2_500, lambda size: _text(":smile: ==a b== [a][] " * (size // 22))),
    "rows of a table": Growth(250, lambda size: _text("| a | b |\n|---|---|\n" + "| *c* | d e f |\n" * size)),
    "authors of a work": Growth(
        1_250, lambda size: _bib(_entry(author=" and ".join(f"Doe{n}, Jane" for n in range(size))))
    ),
}


def write(kind: str, size: int, folder: Path) -> Path:
    """A publication of a kind and size in `folder`."""
    files = {"content/publication.yaml": _HEAD, **KINDS[kind].make(size)}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
