"""What all tests share: programs that must be there, a fixed date, and a repository root to look into."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

from fascicle.core.system import sandbox
from fascicle.core.system.sandbox_trial import stand_for
from fascicle.pdf.preflight import verapdf
from fascicle.pipeline import tagging
from fascicle.typeset.tagging import Capability, capability
from fascicle.typeset.toolchain import apt, requirements

ROOT = Path(__file__).resolve().parent.parent
FROZEN_DAY = date(2024, 2, 29)
TEX_PROGRAMS = ("lualatex", "kpsewhich")
REQUIRE = os.environ.get("FASCICLE_REQUIRE_TOOLS", "") not in ("", "0")
"""Set by `.ci/run`: a missing program is then a failure, since a test that never runs proves nothing."""
STRESS = os.environ.get("FASCICLE_STRESS", "") not in ("", "0")
"""Set by `make stress`: tests that try their luck try it much more often."""

UNTAGGED = Capability("tests take no tags")
LEFT_OUT = pytest.StashKey[str]()
"""What the summary says of tests that were left out."""
_MISSING = "missing on this system: "

# No test measures time: a machine that does other work too is no reason to fail.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Where programs are required the examples are the same each time, so that what fails fails again for whoever looks.
settings.register_profile("repeatable", settings.get_profile("untimed"), derandomize=True)
settings.load_profile("repeatable" if REQUIRE else "untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Fix the date before any fixture runs, so that builds shared by a whole session have it too.

    Forget the make that runs the tests, too: a make that they start would speak as its child.
    """
    for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
        os.environ.pop(name, None)
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        # Tests that run side by side would wait for each other's fonts, and TeX by itself does not even wait.
        fonts = config.rootpath / ".pytest_cache" / "fonts" / worker
        tex = str(fonts / "tex")
        os.environ |= {"XDG_CACHE_HOME": str(fonts / "program"), "TEXMFVAR": tex, "TEXMFCACHE": tex}
    # Tests speak of untagged pages, which every TeX makes; those marked `tagged` ask for tags.
    if not capability().lacking:
        tagging.capability = lambda: UNTAGGED  # type: ignore[assignment]
    noon = datetime(FROZEN_DAY.year, FROZEN_DAY.month, FROZEN_DAY.day, 12, tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests marked `tagged` where TeX cannot tag."""
    lacking = capability().lacking
    if not lacking:
        return
    left_out = [item for item in items if item.get_closest_marker("tagged")]
    if left_out:
        items[:] = [item for item in items if not item.get_closest_marker("tagged")]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = f"{len(left_out)} tests of tagged PDF were left out: {lacking}"


def need(*programs: str) -> None:
    """Skip the running test when one of `programs` is missing; fail it where programs are required and could be here."""
    if not (missing := [program for program in programs if shutil.which(program) is None]):
        return
    if REQUIRE and (packed := [program for program in missing if _is_packed(program)]):
        reason = f"{_MISSING}{', '.join(packed)} (`make toolchain` installs what it can)"
        pytest.fail(f"{reason}; FASCICLE_REQUIRE_TOOLS is set", pytrace=False)
    where = "apt knows no package of it here" if REQUIRE else "`make toolchain` installs what it can"
    pytest.skip(f"{_MISSING}{', '.join(missing)} ({where})")


def need_strangers_wall(tier: sandbox.Tier | None = None) -> sandbox.Tier:
    """Put up the wall for strangers; skip the running test where there is none, or not `tier`, and fail it where there must be."""
    found = stand_for(untrusted=True)
    if found and found is not sandbox.Tier.REFUSED and tier in (None, found):
        return found
    sandbox.stand(None)
    reason = f"{_MISSING}{tier or 'a wall for strangers'}"
    if REQUIRE and tier is None:
        pytest.fail(f"{reason}; FASCICLE_REQUIRE_TOOLS is set", pytrace=False)
    pytest.skip(reason)


def _is_packed(program: str) -> bool:
    """Whether this system has a package with `program`; Ubuntu has none of Chromium, for instance."""
    known = (*requirements.PROGRAMS, *requirements.TEST_PROGRAMS)
    packages = [one.debian for one in known if one.name == program]
    return not packages or bool(apt.choose(packages)[0])


def not_fetched(what: str) -> NoReturn:
    """Skip the running test for want of something that `make setup-tests` fetches; fail it where programs are required."""
    if REQUIRE:
        pytest.fail(f"{_MISSING}{what}; FASCICLE_REQUIRE_TOOLS is set: make setup-tests", pytrace=False)
    pytest.skip(f"{_MISSING}{what} (`make setup-tests` fetches it)")


def need_verapdf() -> None:
    """Skip the running test without veraPDF; fail it where programs are required and Maven could have fetched it."""
    if not (reason := verapdf.not_here()):
        return
    if REQUIRE and shutil.which("mvn"):
        pytest.fail(f"{reason}; FASCICLE_REQUIRE_TOOLS is set", pytrace=False)
    pytest.skip(f"{_MISSING}veraPDF ({reason})")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests marked `tex` need the TeX programs."""
    if item.get_closest_marker("tex"):
        need(*TEX_PROGRAMS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tested."""
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    missed = Counter(
        program
        for reason in reasons
        if _MISSING in reason
        for program in reason.partition(_MISSING)[2].partition(" (")[0].split(", ")
    )
    if left_out := terminalreporter.config.stash.get(LEFT_OUT, ""):
        terminalreporter.write_line(left_out)
    if missed:
        terminalreporter.section("NOT TESTED", red=True, bold=True)
        for program, count in sorted(missed.items()):
            terminalreporter.write_line(f"{count} tests were skipped because {program} is missing", red=True)


@pytest.fixture(autouse=True)
def wall_of_its_own() -> Iterator[None]:
    """A test that built a stranger's publication leaves no wall standing for the next."""
    yield
    sandbox.stand(None)


@pytest.fixture
def need_program() -> Callable[..., None]:
    """Call it with names of programs that the test cannot do without, such as `qpdf`."""
    return need


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def frozen_day() -> date:
    """The day that `SOURCE_DATE_EPOCH` names in all tests."""
    return FROZEN_DAY


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's own publication."""
    from tests.support.essay import copy_essay  # which asks this module for ROOT

    return copy_essay(tmp_path_factory.mktemp("essay"))
