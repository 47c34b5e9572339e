"""What is installed and yet not found by TeX, and what to type then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fascicle.typeset.toolchain import apt, platforms
from fascicle.typeset.toolchain.install import installed
from fascicle.typeset.toolchain.programs import Finding, find_toolchain, is_native
from fascicle.typeset.toolchain.requirements import RequirementKind

_SETTINGS = (
    "all of it is installed, and TeX finds nothing: its list of files or its settings are damaged. Type:"
    "\n    sudo update-texmf && sudo mktexlsr && sudo fmtutil-sys --all"
    "\n    kpsewhich -a texmf.cnf    (the settings that are read, if that does not help)"
)


def with_remedies(found: Sequence[Finding]) -> list[Finding]:
    """The findings, with another remedy where Debian's package is installed and its files are not there."""
    missing = [row for row in found if not row.path and row.requirement.kind is not RequirementKind.PROGRAM]
    if not missing or platforms.this_system().name != "Debian" or is_native(find_toolchain()):
        return list(found)
    present = installed([name for row in missing for name in apt.alternatives(row.requirement.debian)])
    packages = {
        row.requirement.debian: present.intersection(apt.alternatives(row.requirement.debian))
        for row in missing
    }
    styles = [row for row in found if row.requirement.kind is RequirementKind.STYLE]
    nothing = bool(styles) and all(not row.path and packages[row.requirement.debian] for row in styles)
    return [
        replace(row, remedy=_remedy(packages[row.requirement.debian], nothing=nothing))
        if row in missing and packages[row.requirement.debian]
        else row
        for row in found
    ]


def _remedy(packages: frozenset[str], *, nothing: bool) -> str:
    if nothing:
        return _SETTINGS
    names = " ".join(sorted(packages))
    return f"sudo apt-get install --reinstall {names}    (it is installed, but its files are not found)"
