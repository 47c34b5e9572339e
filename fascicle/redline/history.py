"""The history of a publication by its tagged versions: how much each of them changed, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.system.atomic_files import deliver_bytes, deliver_inside
from fascicle.core.system.git import GitError, opened
from fascicle.pipeline.run import Request
from fascicle.redline.marking.overview import summary_line
from fascicle.redline.redline import FOLDER, Redline, Wanted, make_redline

FILE = f"{FOLDER}/versions.md"
"""Where it is delivered."""


@dataclass(slots=True)
class VersionHistory:
    """What came of it."""

    problems: Collector = field(default_factory=Collector)
    """What is to be told."""
    text: str = ""
    """The history as Markdown, the newest version first; empty when there is none."""


def version_history(request: Request) -> VersionHistory:
    """The history of the tagged versions and of the text as it stands; written to `FILE`."""
    made = VersionHistory()
    try:
        with opened(request.project) as repository:
            tags = repository.tags()
    except GitError as error:
        message = "no versions are kept: a history is made of the tags of a git repository"
        hint = "without one, compare two folders: 'fascicle redline OLD-FOLDER'"
        made.problems.add(Code.NO_SUCH_VERSION, message, None, hint, causes=[str(error)])
        return made
    if not tags:
        hint = "name a version by 'git tag v1', once it is committed"
        made.problems.add(Code.NO_SUCH_VERSION, "no version has a tag yet", None, hint)
        return made
    parts = [
        *_changes(request, made.problems, [*tags, ("", "")]),
        f"## {tags[0][0]} ({tags[0][1]})\n\nThe first version.\n",
    ]
    made.text = "\n".join(parts)
    if request.no_trust:
        deliver_inside(made.text.encode(), request.project, FILE)
    else:
        deliver_bytes(made.text.encode(), request.project / FILE)
    return made


def _changes(request: Request, problems: Collector, tags: list[tuple[str, str]]) -> Iterator[str]:
    """A part for each version but the first, the newest first; the last of `tags` is the text as it stands."""
    for (old, _), (new, day) in reversed(list(pairwise(tags))):
        compared = make_redline(request, Wanted(old, new, ()))
        problems.extend(compared.problems.sorted())
        if compared.listing is None or (not new and not compared.listing.entries):
            continue
        head = f"## {new} ({day})" if new else "## Not tagged yet"
        lines = "".join(f"- {line}\n" for line in _sections(compared))
        yield (
            f"{head}\n\nSince {old}:\n\n{lines}"
            if lines
            else f"{head}\n\nNo change of the text since {old}.\n"
        )


def _sections(compared: Redline) -> Iterator[str]:
    counts = compared.listing.counts() if compared.listing else {}
    for section, count in counts.items():
        if count.total():
            yield f"{section}: {summary_line([count])}"
