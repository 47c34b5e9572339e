"""`fascicle doctor`: what a build needs from the system, what is here, and the command that brings the rest."""

from __future__ import annotations

import platform
from collections.abc import Sequence

import click

from fascicle import __version__
from fascicle.report import Reporter
from fascicle.typeset import install as installing
from fascicle.typeset.requirements import Kind
from fascicle.typeset.toolchain import Finding, diagnose, find_toolchain

SURROUNDINGS = 3
"""Exit status when the system lacks something."""


@click.command(short_help="Say what is installed, what is missing and what brings it.")
@click.option(
    "--install", "wants_install", is_flag=True, help="Install what is missing, on Debian and Ubuntu."
)
@click.option("--tests", is_flag=True, help="Look for what the tests use, too.")
def doctor(wants_install: bool, tests: bool) -> int:
    """Say which programs, LaTeX packages and fonts are here, and how to get the rest.

    Ends with status 3 when something is missing. With --install the missing Debian packages are installed, as
    root or by sudo where it asks for no password; on any other system the command to type is printed.
    """
    reporter = Reporter()
    found = diagnose(tests=tests)
    if wants_install and not all(row.ok for row in found):
        if not _install(found, reporter, "tests" if tests else "build"):
            return 0 if _complete(found) else SURROUNDINGS
        found = diagnose(tests=tests)
    _print(found, reporter, brief=wants_install)
    return 0 if _complete(found) else SURROUNDINGS


def _complete(found: Sequence[Finding]) -> bool:
    return all(row.ok or row.requirement.optional for row in found)


def _install(found: Sequence[Finding], reporter: Reporter, heading: str) -> bool:
    """Install; when that cannot be done, say what is missing and what to type, and give False."""
    packages = installing.wanted_packages(found, find_toolchain(), heading)
    outcome = installing.install(packages, reporter.say)
    if outcome.done:
        return True
    missing = [row.requirement.name for row in found if not row.ok]
    reporter.say(f"missing: {', '.join(missing)}")
    reporter.say(f"{outcome.reason}. Type:\n\n    {outcome.command}\n")
    return False


def _print(found: Sequence[Finding], reporter: Reporter, *, brief: bool) -> None:
    """The report: programs one a line, files counted, then each thing that is missing with its remedy."""
    if brief and _complete(found):
        reporter.say("TeX and the fonts are all here")
        return
    reporter.say(f"fascicle {__version__} on Python {platform.python_version()}")
    for row in found:
        if row.requirement.kind is Kind.PROGRAM:
            reporter.say(f"{_mark(row)}  {row.requirement.name:<13} {row.version:<24} {row.path}".rstrip())
    for kind, plural in ((Kind.STYLE, "LaTeX packages"), (Kind.FONT, "fonts")):
        rows = [row for row in found if row.requirement.kind is kind]
        here = [row for row in rows if row.ok]
        if rows:
            reporter.say(
                f"{'ok' if len(here) == len(rows) else '--'}  {plural:<13} {len(here)} of {len(rows)}"
            )
    for row in found:
        if not row.ok:
            _print_missing(row, reporter)


def _mark(row: Finding) -> str:
    return "ok" if row.ok else "--"


def _print_missing(row: Finding, reporter: Reporter) -> None:
    needed = row.requirement
    state = "too old" if row.outdated else "missing"
    use = " (only some publications need it)" if needed.optional else ""
    reporter.say(f"\n{needed.name} is {state}: it {needed.why}{use}\n    {row.remedy}")
