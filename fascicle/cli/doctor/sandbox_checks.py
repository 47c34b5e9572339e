"""What `fascicle doctor` finds of the walls around programs.

Each is attacked as a stranger's manuscript would.
"""

from __future__ import annotations

import sys

from fascicle.core.system import bubblewrap, landlock, seccomp
from fascicle.core.system.sandbox import Tier
from fascicle.core.system.sandbox_trial import ATTACKS, tried
from fascicle.typeset.toolchain.trials import Trial

INSTALL = "on Debian and Ubuntu: apt install bubblewrap"
_ALLOW = "this system lets it make no namespaces: docs/security.md says how it is allowed"


def try_walls() -> list[Trial]:
    """The wall of trusted publications, and that of strangers'."""
    if sys.platform != "linux":
        reported = (
            "none here: only on Linux; untrusted publications are refused, unless --without-sandbox is given"
        )
        return [Trial("walls", ok=False, reported=reported)]
    kernel = _tried(Tier.LANDLOCK) if landlock.version() and seccomp.available() else _no_kernel()
    outer = _tried(Tier.BUBBLEWRAP) if bubblewrap.program() and seccomp.available() else _no_bubblewrap()
    rows = [Trial("wall", kernel.ok, f"trusted text: {kernel.reported}", kernel.remedy)]
    rows.append(Trial("wall", outer.ok, f"strangers' text: {outer.reported}", outer.remedy))
    if not outer.ok:
        second = _tried(Tier.STRICT) if kernel.ok else kernel
        instead = "" if second.ok else "; untrusted publications are refused here"
        rows.append(
            Trial("second wall", second.ok, f"strangers' text: {second.reported}{instead}", second.remedy)
        )
    return rows


def _tried(tier: Tier) -> Trial:
    trial = tried(tier)
    if trial.failure:
        return Trial("", ok=False, reported=f"{tier} cannot be had ({trial.failure})", remedy=_ALLOW)
    if not trial.holds:
        return Trial("", ok=False, reported=f"{tier} let through: {', '.join(trial.reached)}")
    held = len(ATTACKS) - len(trial.reached)
    return Trial("", ok=True, reported=f"{tier} held {held} of {len(ATTACKS)} attacks")


def _no_kernel() -> Trial:
    return Trial(
        "",
        ok=False,
        reported="this kernel has no Landlock (Linux 5.13 and newer have it), or seccomp is unknown here",
    )


def _no_bubblewrap() -> Trial:
    return Trial("", ok=False, reported="bubblewrap is not installed", remedy=INSTALL)
