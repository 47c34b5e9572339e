"""Installs the Debian packages a build needs.

On any other system says what to type. Never asks for a password.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fascicle.typeset.toolchain import apt, platforms, requirements
from fascicle.typeset.toolchain.package_log import begin_log, last_lines, log_path, run_logged
from fascicle.typeset.toolchain.programs import Finding, Toolchain, is_native
from fascicle.typeset.toolchain.requirements import TEST_PROGRAMS

_APT = ("apt-get", "-o", "DPkg::Lock::Timeout=600", "-o", "Dpkg::Use-Pty=0")


@dataclass(frozen=True, slots=True)
class InstallOutcome:
    """What became of an installation."""

    done: bool
    """True when everything is installed, or nothing was missing."""
    packages: tuple[str, ...] = ()
    """What was installed, or would have been."""
    command: str = ""
    """What to type instead; empty when nothing is left to be typed."""
    reason: str = ""
    """Why it was not done, one sentence without full stop."""
    left_out: tuple[str, ...] = ()
    """Packages that cannot be installed here, whoever tries."""


def wanted_packages(findings: Sequence[Finding], toolchain: Toolchain, *headings: str) -> tuple[str, ...]:
    """The Debian packages to install: the list's under `headings` (without any: those of a build), less those that
    are there. A TeX Live of its own keeps its TeX, and the tests take their programs from wherever they came.
    """
    if not headings and is_native(toolchain):
        candidates = tuple(
            dict.fromkeys(
                one.requirement.debian for one in findings if not one.ok and not one.requirement.texlive
            )
        )
    else:
        tests = {row.requirement.debian for row in findings if row.ok and row.requirement in TEST_PROGRAMS}
        candidates = tuple(name for name in requirements.debian_packages(*headings) if name not in tests)
    present = installed([name for package in candidates for name in apt.alternatives(package)])
    return tuple(package for package in candidates if not _has(package, present))


def _has(package: str, present: frozenset[str]) -> bool:
    """Whether the alternative of `package` that is this release's is there, or any where apt knows none."""
    chosen, _ = apt.choose((package,))
    return not present.isdisjoint(chosen or apt.alternatives(package))


def installed(packages: Sequence[str]) -> frozenset[str]:
    """Those of `packages` that dpkg knows as installed."""
    command = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *packages]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return frozenset()
    rows = (line.split() for line in done.stdout.splitlines())
    return frozenset(row[1] for row in rows if row[:1] == ["installed"])


def install(packages: Sequence[str], tell: Callable[[str], None]) -> InstallOutcome:
    """Install Debian `packages` as root or by `sudo -n`; `tell` gets one line before each step that takes long.

    What apt does not know, or cannot install, is left out: it keeps nothing else from being installed.
    """
    if not packages:
        return InstallOutcome(True)
    system = platforms.this_system()
    names = tuple(packages)
    if system.name != "Debian" or not shutil.which("apt-get"):
        reason = f"{system.name} has no apt-get, so nothing was installed"
        return InstallOutcome(False, names, system.command, reason)
    prefix = _as_root()
    if prefix is None:
        reason = "installing needs root, and sudo would ask for a password"
        return InstallOutcome(False, apt.choose(names)[0], platforms.apt_command(names), reason)
    begin_log()
    return _Apt(prefix, tell).install(names)


class _Apt:
    """apt-get as root."""

    def __init__(self, prefix: tuple[str, ...], tell: Callable[[str], None]) -> None:
        self._command = (*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *_APT, "-q", "-y")
        self._tell = tell
        self._fresh = False

    def install(self, packages: tuple[str, ...]) -> InstallOutcome:
        """Install, and once more with a fresh index when the first try fails: apt's index may be empty or old."""
        names, unknown = apt.choose(packages)
        if unknown or not _possible(names):
            self._update()
            names, unknown = apt.choose(packages)
        if not _possible(names):
            impossible = tuple(name for name in names if not _possible((name,)))
            names = tuple(name for name in names if name not in impossible)
            unknown += impossible
        if names and not self._install(names):
            said = "".join(f"\n    {line}" for line in last_lines())
            reason = f"apt-get failed; {log_path()} has all that it said, the last lines are:{said}\n"
            return InstallOutcome(False, names, platforms.apt_command(names), reason)
        if not unknown:
            return InstallOutcome(True, names)
        return InstallOutcome(False, names, "", f"apt cannot install {', '.join(unknown)} here", unknown)

    def _install(self, names: tuple[str, ...]) -> bool:
        number = f"{len(names)} Debian package{'s'[: len(names) != 1]}"
        self._tell(f"installing {number}, which may take some minutes: {' '.join(names)}")
        command = (*self._command, "install", "--no-install-recommends", *names)
        return self._run(command) or (self._update() and self._run(command))

    def _run(self, command: Sequence[str]) -> bool:
        return run_logged(command, self._tell) == 0

    def _update(self) -> bool:
        """Read the index anew, once."""
        if self._fresh:
            return False
        self._fresh = True
        self._tell("reading apt's index anew")
        done = self._run((*self._command, "update"))
        apt.forget()
        return done


def _possible(names: tuple[str, ...]) -> bool:
    """True when apt could install every one of `names`."""
    command = [*_APT, "install", "--simulate", "--no-install-recommends", *names]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _as_root() -> tuple[str, ...] | None:
    """What to put before a command so that root runs it; None when that needs a password."""
    if os.geteuid() == 0:
        return ()
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return (sudo, "-n")
    return None
