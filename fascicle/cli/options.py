"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from fascicle.core import diagnostic_formats
from fascicle.core.diagnostics import Collector
from fascicle.core.limits import limits
from fascicle.core.system.sandbox import WITHOUT, Tier
from fascicle.core.system.sandbox_trial import stand_for
from fascicle.project import manifest
from fascicle.project.publication import PUBLICATION


def publication_of(file: Path) -> Path:
    """The publication that a file belongs to; a usage error, with the way to bring it in, when it belongs to none."""
    for folder in file.resolve().parents:
        if (folder / PUBLICATION).is_file():
            return folder
    raise click.UsageError(f"{file} belongs to no publication; make one of it: fascicle import {file}")


COLLECTION = "collection.yaml"
"""The file that makes a folder a collection."""
F = TypeVar("F", bound=Callable[..., Any])


def publication_here() -> Path:
    """The publication that the present folder belongs to: itself, or the nearest above it; else the present folder."""
    return Path(manifest.publication_root())


project_option = click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    default=publication_here,
    envvar="FASCICLE_PROJECT",
    metavar="DIR",
    help="The publication's folder; when not given, the present one or the nearest above it.",
)
"""Adds --project to a command that takes one publication."""
all_in_option = click.option(
    "--all-in",
    "shelves",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    multiple=True,
    metavar="DIR",
    help="Take every publication in DIR: each folder in it that holds content/publication.yaml, or the articles of the "
    "collection that DIR is.",
)
"""Adds --all-in to a command that takes several publications; those named so get no trust."""
_PROJECTS = (
    click.option(
        "--project",
        "projects",
        type=click.Path(path_type=Path, file_okay=False),
        multiple=True,
        metavar="DIR",
        help="The publication's folder; when not given, the present one or the nearest above it. Give it again for "
        "several publications.",
    ),
    all_in_option,
)
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(diagnostic_formats.NAMES),
    default="human",
    help="How problems are printed: for people, one line each, as JSON lines, as GitHub annotations or as SARIF.",
)
_STRICT = click.option("--strict", is_flag=True, help="Let warnings fail too.")
_NO_TRUST = click.option(
    "--no-trust",
    is_flag=True,
    help="Run no scripts and pass no raw LaTeX, whatever the publication says of itself.",
)
_TRUST = click.option(
    "--trust/--no-trust",
    default=None,
    help="Whether scripts are run and raw LaTeX is passed where a publication asks for it: by default yes when one "
    "publication is named, and no when several are, or --all-in is given.",
)
_TRUST_ARTICLES = click.option(
    "--trust/--no-trust",
    default=None,
    help="Whether scripts are run and raw LaTeX is passed where an article asks for it; no when not given.",
)
_TRUST_TEMPLATES = click.option(
    "--trust-templates",
    is_flag=True,
    help="Use the publication's own templates, inside the wall, and trust nothing else of it unless --trust is given.",
)
trust_templates_option = click.option(
    "--trust-templates",
    is_flag=True,
    help="Use the publication's own templates, inside the wall, and trust nothing else of it.",
)
"""Adds --trust-templates to a command that takes one publication."""
_WITHOUT_SANDBOX = click.option(
    "--without-sandbox",
    is_flag=True,
    expose_value=False,
    callback=lambda context, option, given: os.environ.update({WITHOUT: "1"}) if given else None,
    help="Start programs within limits alone, without the system's wall; a stranger's publication is built so only "
    "where no wall can be had for it.",
)
_QUIET = click.option("-q", "--quiet", is_flag=True, help="Print problems alone.")


def _cluster(address: str) -> str:
    """A cluster that may be used; a usage error for another."""
    from fascicle.cluster.address import LOCAL, ClusterError, checked

    try:
        return address if address in ("", LOCAL) else checked(address)
    except ClusterError as error:
        raise click.BadParameter(f"{error}; {error.hint}", param_hint="'--cluster'") from error


cluster_option = click.option(
    "--cluster",
    is_flag=False,
    flag_value="local",
    default="",
    metavar="[ADDRESS|local]",
    callback=lambda context, option, given: _cluster(given),
    help="Build on the workers of dask.distributed: of the scheduler at tls://HOST:PORT, or of this machine alone.",
)
"""Adds --cluster to a command that builds much."""


def shared(command: F) -> F:
    """Add --project, --format, --strict, --no-trust and --quiet."""
    return _with(command, project_option, _FORMAT, _STRICT, _NO_TRUST, _WITHOUT_SANDBOX, _QUIET)


def shared_by_many(command: F) -> F:
    """The same options for commands that take several publications."""
    return _with(command, *_PROJECTS, _FORMAT, _STRICT, _TRUST, _TRUST_TEMPLATES, _WITHOUT_SANDBOX, _QUIET)


def shared_by_collections(command: F) -> F:
    """The same options for commands that take a collection, whose folder is an argument."""
    return _with(command, _FORMAT, _STRICT, _TRUST_ARTICLES, _TRUST_TEMPLATES, _WITHOUT_SANDBOX, _QUIET)


def _with(command: F, *options: Callable[[F], F]) -> F:
    for option in reversed(options):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Publications:
    """The publications that a command is to work on, and what they may do."""

    roots: tuple[Path, ...]
    """Their folders, absolute, each once, in the order given."""
    several: bool
    """True when several were asked for, though there may be one alone."""
    no_trust: bool
    """Take back the trust that they give themselves."""
    withheld: bool
    """True when trust is taken back because they are several, and nobody said so."""


def publications(
    projects: tuple[Path, ...],
    shelves: tuple[Path, ...],
    *,
    trust: bool | None,
    trust_templates: bool = False,
) -> Publications:
    """The publications that the options name; two names of one folder count once."""
    if not projects and not shelves:
        projects = (Path(os.environ.get("FASCICLE_PROJECT") or publication_here()),)
    for project in projects:
        if not project.is_dir():
            raise click.UsageError(
                f"there is no folder '{project}'; name the publication's folder with --project"
            )
    found: dict[object, Path] = {}
    for root in (*projects, *(root for shelf in shelves for root in publications_in(shelf))):
        found.setdefault(_identity(root), root.resolve())
    several = bool(shelves) or len(found) > 1
    no_trust = several or trust_templates if trust is None else not trust
    _read_limits()
    require_sandbox(no_trust=no_trust, trust_templates=trust_templates)
    withheld = several and trust is None and not trust_templates
    return Publications(tuple(found.values()), several, no_trust, withheld)


def collection_trust(*, trust: bool | None, trust_templates: bool) -> tuple[bool, bool]:
    """Whether the articles of a collection get no trust, and whether that is so because nobody said anything."""
    no_trust = not trust
    _read_limits()
    require_sandbox(no_trust=no_trust, trust_templates=trust_templates)
    return no_trust, trust is None and not trust_templates


def _read_limits() -> None:
    """What the environment says of limits; a usage error where it cannot be understood."""
    try:
        limits()
    except ValueError as error:
        raise click.UsageError(str(error)) from error


class SandboxUnavailableError(click.ClickException):
    """Nothing here keeps a stranger's publication in."""

    exit_code = 3


_WALLS = (Tier.STRICT, Tier.BUBBLEWRAP)
"""The walls that are made for strangers."""


def trust_withheld(*, no_trust: bool, trust_templates: bool) -> bool:
    """Whether one publication gets no trust: --trust-templates takes all other trust away.

    Wall and limit of memory stand then until the command ends.
    """
    withheld = no_trust or trust_templates
    _read_limits()
    require_sandbox(no_trust=withheld, trust_templates=trust_templates)
    if withheld:
        from fascicle.pipeline.confined import (
            within_memory,
        )  # what builds trusted publications needs none of it

        click.get_current_context().with_resource(within_memory())
    return withheld


def require_sandbox(*, no_trust: bool, trust_templates: bool = False) -> None:
    """Refuse publications without trust where nothing of the system would stand around the programs that read them."""
    if no_trust and stand_for(untrusted=True) is Tier.REFUSED:
        raise SandboxUnavailableError(
            "this system can put no wall around programs that read an untrusted publication.\n"
            "`fascicle doctor` says what is missing: on Debian and Ubuntu, apt install bubblewrap. "
            "With --without-sandbox it is built all the same"
        )
    if no_trust and trust_templates and stand_for(untrusted=True) not in _WALLS:
        raise SandboxUnavailableError(
            "--trust-templates needs the wall, and there is none here; leave it out to trust everything"
        )


def publications_in(shelf: Path) -> list[Path]:
    """The publications in a folder, in name order; of a collection its articles in their order."""
    if (shelf / COLLECTION).is_file():
        from fascicle.collection.settings.reader import read_collection  # who has none need not wait for it

        collection = read_collection(shelf.resolve(), Collector())
        if collection and collection.articles:
            return [article.folder for article in collection.articles]
        raise click.UsageError(
            f"'{shelf}' is a collection without articles that can be read: fascicle collection check"
        )
    found = sorted(path.parent.parent for path in shelf.glob(f"[!.]*/{PUBLICATION}") if path.is_file())
    if not found:
        hint = f"; it is one itself: --project {shelf}" if (shelf / PUBLICATION).is_file() else ""
        raise click.UsageError(f"no folder in '{shelf}' is a publication, with a file {PUBLICATION}{hint}")
    return found


def _identity(root: Path) -> object:
    """What two names of one folder have in common."""
    try:
        status = root.stat()
    except OSError:
        return root.resolve()
    return status.st_dev, status.st_ino


def overrides(settings: tuple[str, ...]) -> dict[str, Any]:
    """`options.paper=a5` as {"options": {"paper": "a5"}}."""
    result: dict[str, Any] = {}
    for setting in settings:
        path, equals, value = setting.partition("=")
        if not equals or not path:
            raise click.UsageError(f"--set needs KEY=VALUE, not '{setting}'")
        *parents, key = path.split(".")
        inner = result
        for parent in parents:
            inner = inner.setdefault(parent, {})
        inner[key] = value
    return result
