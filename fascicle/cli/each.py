"""Runs a command on every publication of a folder or a collection, and sums up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from fascicle.cli.options import COLLECTION, publications_in
from fascicle.cli.reporter import Reporter
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Collector
from fascicle.pipeline.run import Request


@dataclass(frozen=True, slots=True)
class Member:
    """A publication among several."""

    root: Path
    """Its folder, absolute."""
    imposed: Mapping[str, Any] = field(default_factory=dict)
    """What a collection says of it."""


def members(shelves: Sequence[Path], reporter: Reporter) -> list[Member]:
    """The publications of folders and collections, those of a collection in its order; what is wrong with it is told."""
    found: list[Member] = []
    for shelf in shelves:
        root = shelf.resolve()
        if (root / COLLECTION).is_file():
            from fascicle.collection.members import members_of  # who has no collection need not wait for it

            problems = Collector()
            of_collection = members_of(Request(root, no_trust=True), problems)
            reporter.diagnostics(problems.sorted(), SourceView(root), more=True)
            found += [Member(folder, said) for folder, said in of_collection]
        else:
            found += [Member(one.resolve()) for one in publications_in(shelf)]
    return found


def each(wanted: Sequence[Member], one: Callable[[Member], int]) -> int:
    """Run `one` for every member; the highest of the statuses. One that goes wrong stops no other."""
    statuses = []
    for member in wanted:
        try:
            statuses.append(one(member))
        except click.UsageError as error:
            click.echo(f"{SourceView(member.root).path('')}: {error.format_message()}", err=True)
            statuses.append(1)
    total, bad = len(statuses), sum(map(bool, statuses))
    click.echo(f"{total} publication{'s'[: total != 1]}: {total - bad} good, {bad} with errors", err=True)
    return max(statuses, default=1)
