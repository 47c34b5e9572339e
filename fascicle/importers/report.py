"""What an import has to tell: what was read as what, what was left out or changed, what is to be verified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The headings of the report."""

    READ_AS = "Read as"
    CHANGED = "Changed"
    LEFT_OUT = "Left out"
    VERIFY = "To verify"


_LEADS = {
    Kind.READ_AS: "What the source holds, and what it is here.",
    Kind.CHANGED: "Said otherwise here than in the source.",
    Kind.LEFT_OUT: "In the source, and not here.",
    Kind.VERIFY: "Taken as it most likely is meant; look whether it is right.",
}
_SHOWN = 12


@dataclass(slots=True)
class Remark:
    """One kind of thing that happened, and where."""

    text: str
    """A sentence without full stop."""
    places: list[str] = field(default_factory=list)
    """Where it happened, as far as that is known."""
    times: int = 0
    """How often it happened."""


class Report:
    """Gathers remarks while a source is read; the same remark at several places is one."""

    def __init__(self) -> None:
        self._remarks: dict[tuple[Kind, str], Remark] = {}

    def add(self, kind: Kind, text: str, place: str = "", times: int = 1) -> None:
        """Keep one remark."""
        remark = self._remarks.setdefault((kind, text), Remark(text))
        remark.times += times
        if place and place not in remark.places:
            remark.places.append(place)

    def read_as(self, text: str, place: str = "", times: int = 1) -> None:
        """Something was read as something."""
        self.add(Kind.READ_AS, text, place, times)

    def changed(self, text: str, place: str = "") -> None:
        """Something is said otherwise here."""
        self.add(Kind.CHANGED, text, place)

    def left_out(self, text: str, place: str = "", times: int = 1) -> None:
        """Something is not here."""
        self.add(Kind.LEFT_OUT, text, place, times)

    def verify(self, text: str, place: str = "") -> None:
        """Somebody has to look."""
        self.add(Kind.VERIFY, text, place)

    def of(self, kind: Kind) -> list[Remark]:
        """The remarks of one kind, in the order of the source."""
        return [remark for (each, _), remark in self._remarks.items() if each is kind]

    def lines(self) -> Iterator[str]:
        """The report as Markdown, without its title."""
        for kind in Kind:
            remarks = self.of(kind)
            if not remarks:
                continue
            yield from (f"## {kind.value}", "", _LEADS[kind], "")
            for remark in remarks:
                yield from _item(remark)
            yield ""


def _item(remark: Remark) -> Iterator[str]:
    times = f" ({remark.times} times)" if remark.times > 1 else ""
    yield f"- {remark.text}{times}{':' if remark.places else '.'}"
    for place in remark.places[:_SHOWN]:
        yield f"    - {place}"
    if len(remark.places) > _SHOWN:
        yield f"    - and {len(remark.places) - _SHOWN} more places"
