"""Installs the Debian packages a build needs; on any other system says what to type. Never asks for a password."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fascicle.typeset.toolchain import platforms, requirements
from fascicle.typeset.toolchain.programs import Finding, Toolchain, is_native

_APT = ("apt-get", "-o", "DPkg::Lock::Timeout=600", "-o", "Dpkg::Use-Pty=0")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an installation."""

    done: bool
    """True when the packages are installed, or none were missing."""
    packages: tuple[str, ...] = ()
    """What was installed, or would have been."""
    command: str = ""
    """What to type instead; empty when all is done."""
    reason: str = ""
    """Why it was not done, one sentence without full stop."""


def wanted_packages(
    findings: Sequence[Finding], toolchain: Toolchain, heading: str = "build"
) -> tuple[str, ...]:
    """The Debian packages to install: the list's, less those that are there. A TeX Live of its own keeps its TeX."""
    if heading == "build" and is_native(toolchain):
        candidates = tuple(
            dict.fromkeys(
                one.requirement.debian for one in findings if not one.ok and not one.requirement.texlive
            )
        )
    else:
        candidates = requirements.debian_packages(heading)
    present = installed(candidates)
    return tuple(package for package in candidates if package not in present)


def installed(packages: Sequence[str]) -> frozenset[str]:
    """Those of `packages` that dpkg knows as installed."""
    command = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *packages]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return frozenset()
    rows = (line.split() for line in done.stdout.splitlines())
    return frozenset(row[1] for row in rows if row[:1] == ["installed"])


def install(packages: Sequence[str], tell: Callable[[str], None]) -> Outcome:
    """Install Debian `packages` as root or by `sudo -n`; `tell` gets one line before each step that takes long."""
    names = tuple(packages)
    if not names:
        return Outcome(True)
    command = platforms.apt_command(names)
    system = platforms.this_system()
    if system.name != "Debian" or not shutil.which("apt-get"):
        return Outcome(
            False, names, system.command, f"{system.name} has no apt-get, so nothing was installed"
        )
    prefix = _as_root()
    if prefix is None:
        return Outcome(False, names, command, "installing needs root, and sudo would ask for a password")
    tell(f"installing {len(names)} Debian packages: {' '.join(names)}")
    if _apt_install(names, prefix, tell):
        return Outcome(True, names)
    return Outcome(False, names, command, "apt-get failed; its own lines above say why")


def _apt_install(names: tuple[str, ...], prefix: tuple[str, ...], tell: Callable[[str], None]) -> bool:
    """Install, and once more with a fresh index when the first try fails: apt's index may be empty or old."""
    apt = (*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *_APT, "-q", "-y")
    command = (*apt, "install", "--no-install-recommends", *names)
    if _knows(names) and _run(command) == 0:
        return True
    tell("reading apt's index anew")
    return _run((*apt, "update")) == 0 and _run(command) == 0


def _knows(names: tuple[str, ...]) -> bool:
    """True when apt's index has every one of `names`."""
    done = subprocess.run(
        [*_APT, "install", "--simulate", "--no-install-recommends", *names],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def _as_root() -> tuple[str, ...] | None:
    """What to put before a command so that root runs it; None when that needs a password."""
    if os.geteuid() == 0:
        return ()
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return (sudo, "-n")
    return None


def _run(command: Sequence[str]) -> int:
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode
