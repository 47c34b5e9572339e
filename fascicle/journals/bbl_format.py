"""The list of works that travels with a LaTeX package: who wrote it, in which format, and which TeX Live reads it.

biblatex refuses a .bbl of another format than its own, and prints no list then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fascicle.core.diagnostic_codes import Code
from fascicle.journals.profile import Journal
from fascicle.journals.rules import Item

RULE = "tex-live"
_FORMAT = re.compile(r"^% \$ biblatex bbl format version (\S+) \$", re.MULTILINE)
_RELEASE = re.compile(r"\(TeX Live (\d{4})")


@dataclass(frozen=True, slots=True)
class WorkList:
    """A .bbl file of biber's."""

    format: str
    """Version of its format, such as `3.2`."""
    release: str = ""
    """The TeX Live that wrote it, such as `2022`; empty when its programs do not tell."""


def work_list(bbl: str, log: str) -> WorkList | None:
    """What the file and TeX's log tell; None when biber did not write it."""
    found, release = _FORMAT.search(bbl), _RELEASE.search(log.partition("\n")[0])
    return WorkList(found[1], release[1] if release else "") if found else None


def reader(journal: Journal, works: WorkList | None) -> int | None:
    """The newest TeX Live of the journal's that reads the list; any when there is none."""
    known = journal.rules.tex_live
    return max((year for year, form in known.items() if works is None or form == works.format), default=None)


def list_item(journal: Journal, works: WorkList | None) -> Item | None:
    """Whether the journal can read the list, for the checklist; None where nothing is known or there is no list."""
    known = journal.rules.tex_live
    if works is None or not known:
        return None
    by = f"TeX Live {works.release}" if works.release else "the TeX at hand"
    told = ", ".join(f"{year} reads {form}" for year, form in sorted(known.items()))
    year = reader(journal, works)
    return Item(
        RULE,
        f"one that its TeX Live reads ({told})",
        f"the list of works (.bbl) has the format {works.format}, written by {by}"
        + (f"; 00README.json asks for TeX Live {year}" if year else ""),
        journal.source_of("tex_live"),
        year is not None,
        Code.JOURNAL_TEX,
        hint=f"make the package with TeX Live {' or '.join(map(str, sorted(known)))}",
    )
