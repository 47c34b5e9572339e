"""Which Debian packages apt knows here, and which of several alternatives is the one of this release."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache

_CANDIDATE = re.compile(r"^(\S+):\n(?:  .*\n)*?  Candidate: (.*)$", re.MULTILINE)


def alternatives(package: str) -> tuple[str, ...]:
    """The names in `fonts-dejavu-mono | fonts-dejavu-core`, as Debian writes alternatives; the best comes first."""
    return tuple(name.strip() for name in package.split("|"))


def choose(packages: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to install for `packages`, each name once, and those of which apt knows no alternative."""
    wanted = tuple(packages)
    here = _known(tuple(sorted({name for package in wanted for name in alternatives(package)})))
    chosen: dict[str, None] = {}
    unknown = []
    for package in wanted:
        names = alternatives(package)
        found = next((name for name in names if here is None or name in here), None)
        if found:
            chosen[found] = None
        else:
            unknown.append(names[0])
    return tuple(chosen), tuple(dict.fromkeys(unknown))


def forget() -> None:
    """Forget what apt knows: its index is another now."""
    _policy.cache_clear()


def _known(names: tuple[str, ...]) -> frozenset[str] | None:
    """Those of `names` that can be installed; None where there is no apt-cache to ask."""
    program = shutil.which("apt-cache")
    return _policy(program, names) if program and names else None


@cache
def _policy(program: str, names: tuple[str, ...]) -> frozenset[str] | None:
    command = ["env", "LC_ALL=C", program, "policy", *names]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    except OSError:
        return None
    return frozenset(name for name, version in _CANDIDATE.findall(done.stdout) if version != "(none)")
