"""The checklist that goes with a package: what was checked, and what a person still has to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fascicle.journals.profile import JournalProfile
from fascicle.journals.rules import ChecklistItem

UNSENT = "NOT FOR SENDING"
"""How a draft is marked."""
NAMELESS = "nothing in the files for review, nor in their names, tells who wrote the text"
"""What is proved of an anonymous package."""
WITH_NAMES = "carries the authors' names: for the editor alone"
"""What is said of the others in it."""


def open_items(items: Iterable[ChecklistItem]) -> list[ChecklistItem]:
    """Rules that are broken."""
    return [item for item in items if not item.kept]


def checklist(
    journal: JournalProfile,
    items: Iterable[ChecklistItem],
    proved: Iterable[str],
    files: Mapping[str, str],
    *,
    draft: bool,
) -> str:
    """The checklist as Markdown: the package's state first, then what is left to do, then what was checked.

    `files` holds by each file's path what is to be said of it.
    """
    every = list(items)
    left = open_items(every)
    lines = [f"# {journal.file.name}", "", f"Publisher: {journal.file.publisher}", ""]
    if draft:
        lines += [f"**{UNSENT}**: a draft, made to look at; what is open below must be closed first.", ""]
    lines += ["## To do", ""]
    lines += [f"- [ ] {item.message}{_source(item.source)}" for item in left]
    lines += [f"- [ ] {task}{_source(source)}" for task, source in tasks(journal)]
    lines += ["", "## Checked", ""]
    lines += [
        f"- [x] {item.rule}: {item.found}; asked for: {item.asked}{_source(item.source)}"
        for item in every
        if item.kept
    ]
    lines += [f"- [x] {promise}" for promise in proved]
    lines += ["", "## Files", "", *(f"- {name}{_source(said)}" for name, said in files.items()), ""]
    lines += ["## Sources", ""]
    for source in journal.file.sources.values():
        doubt = " (unconfirmed: look before you rely on it)" if source.unconfirmed else ""
        where = f", {source.address}" if source.address else ""
        lines.append(f"- {source.title}{where}, read {source.date}{doubt}")
    return "\n".join(lines) + "\n"


def tasks(journal: JournalProfile) -> Iterator[tuple[str, str]]:
    """What no program can do for the author, each with its source."""
    rules = journal.rules
    for task in rules.checklist:
        yield task, journal.source_of("checklist")
    if rules.cover_letter:
        yield (
            "Write the letter to the editor; a frame for it is among the files",
            journal.source_of("cover_letter"),
        )
    if rules.keywords:
        yield "Type keywords and abstract into the journal's form", journal.source_of("keywords")
    if rules.full_copy:
        yield "Upload the full version as 'not for review'", journal.source_of("full_copy")
    for key, stated in journal.file.rules.items():
        if stated.unconfirmed:
            yield f"Confirm the rule '{key}' on the journal's page", journal.source_of(key)
    yield "Look at the journal's own page: rules change", ""


def _source(source: str) -> str:
    return f" ({source})" if source else ""


def cover_letter(journal: JournalProfile, title: str, names: str, date: str) -> str:
    """A frame for the letter to the editor; what the author must say stands in brackets."""
    return f"""\
{date}

To the editors of {journal.file.name}

Dear editors,

please consider the manuscript "{title}" for publication.

[Say in two or three sentences what it argues and why it suits the journal.]

It has not been published and is not under consideration elsewhere. [Correct this if it is not so.]

Yours sincerely,

{names}
"""
