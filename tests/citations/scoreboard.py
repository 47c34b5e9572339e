"""The scoreboard: how many forms of its works an engine prints as the manuals do. `python -m tests.citations.scoreboard`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.citations.backends import ENGINES, Engine, Words
from tests.citations.scoredata import PARTS, STYLES, Work, by_kind
from tests.citations.words import normal


@dataclass(frozen=True)
class Verdict:
    """One form compared."""

    work: Work
    """The work."""
    style: str
    """The style's key."""
    part: str
    """`list`, `first` or `again`."""
    wanted: tuple[str, ...]
    """The permitted forms; none where nothing is to be printed."""
    found: str
    """What the engine prints; empty where it prints nothing."""

    @property
    def right(self) -> bool:
        """Whether the engine prints a permitted form."""
        return self.found in self.wanted if self.wanted else not self.found


def verdicts(engine: Engine, style: str, works: Sequence[Work]) -> Iterator[Verdict]:
    """The works of one kind as one text in a style: all cited once, then all cited again."""
    records = "".join(work.record for work in works)
    words = engine(records, style, [(work.key, work.locator) for work in (*works, *works)])
    for number, work in enumerate(works):
        for part in PARTS:
            wanted = tuple(normal(text) for text in work.forms[style].texts[part])
            yield Verdict(work, style, part, wanted, normal(_part(words, part, number, work, len(works))))


def _part(words: Words, part: str, number: int, work: Work, count: int) -> str:
    if part == "list":
        return words.entries.get(work.key, "")
    place = number if part == "first" else count + number
    return words.citations[place] if place < len(words.citations) else ""


def measured(engine: Engine, styles: Iterable[str], kinds: Iterable[str] = ()) -> list[Verdict]:
    """Every form of the kinds asked for, or of all."""
    asked = set(kinds)
    return [
        verdict
        for style in styles
        for kind, works in by_kind().items()
        if not asked or kind in asked
        for verdict in verdicts(engine, style, works)
    ]


def table(found: Sequence[Verdict]) -> str:
    """Right forms of all forms, by kind, by part and by style; in brackets those of the works kept apart."""
    styles = list(dict.fromkeys(verdict.style for verdict in found))
    kinds = list(dict.fromkeys(verdict.work.kind for verdict in found))
    rows = [["", *styles]]
    rows += [[kind, *_cells([v for v in found if v.work.kind == kind], styles)] for kind in kinds]
    rows += [[part, *_cells([v for v in found if v.part == part], styles)] for part in PARTS]
    rows.append(["all", *_cells(found, styles)])
    rows.append(["per cent", *(_share([v for v in found if v.style == s]) for s in styles)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _cells(found: Sequence[Verdict], styles: Iterable[str]) -> Iterator[str]:
    return (_cell(verdict for verdict in found if verdict.style == style) for style in styles)


def _cell(found: Iterable[Verdict]) -> str:
    every = list(found)
    apart = [verdict for verdict in every if verdict.work.held_out]
    return f"{_right(every)}/{len(every)} ({_right(apart)}/{len(apart)})"


def _share(found: Sequence[Verdict]) -> str:
    apart = [verdict for verdict in found if verdict.work.held_out]
    return f"{_rate(found)} ({_rate(apart)})"


def _rate(found: Sequence[Verdict]) -> str:
    return f"{100 * _right(found) / len(found):.1f}" if found else "-"


def _right(found: Sequence[Verdict]) -> int:
    return sum(verdict.right for verdict in found)


def differences(found: Iterable[Verdict], *, held_out: bool = False) -> Iterator[str]:
    """Each wrong form beside the right one; works kept apart are shown only when asked for."""
    for verdict in found:
        if verdict.right or (verdict.work.held_out and not held_out):
            continue
        head = f"{verdict.style} {verdict.work.kind} {verdict.work.key} {verdict.part}"
        wanted = "\n    or ".join(verdict.wanted) or "(nothing)"
        yield f"{head}\n  right {wanted}\n  found {verdict.found or '(nothing)'}"


def main(arguments: Sequence[str] | None = None, engines: Mapping[str, Engine] = ENGINES) -> None:
    """Measure one engine and print the table and the differences."""
    parser = argparse.ArgumentParser(prog="python -m tests.citations.scoreboard", description=main.__doc__)
    parser.add_argument("--engine", choices=list(engines), default=list(engines)[-1])
    parser.add_argument(
        "--style", action="append", choices=list(STYLES), help="only this style; may be repeated"
    )
    parser.add_argument(
        "--kind", action="append", choices=list(by_kind()), help="only this kind; may be repeated"
    )
    parser.add_argument("--held-out", action="store_true", help="show the works kept apart too")
    parser.add_argument("--no-differences", action="store_true", help="print the table alone")
    asked = parser.parse_args(arguments)
    found = measured(engines[asked.engine], asked.style or list(STYLES), asked.kind or ())
    if not asked.no_differences:
        print(*differences(found, held_out=asked.held_out), "", sep="\n")
    print(table(found))


if __name__ == "__main__":
    main()
