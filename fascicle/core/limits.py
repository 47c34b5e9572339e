"""What one publication may take.

Sizes of its files, memory, time. Set from outside by FASCICLE_LIMITS.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import PurePosixPath

VARIABLE = "FASCICLE_LIMITS"
"""Environment variable with other limits, such as `section=20M,memory=6G,seconds=1200`."""
DEFAULTS = {
    "section": 5_000_000,
    "bibliography": 50_000_000,
    "picture": 500_000_000,
    "memory": 4_000_000_000,
    "seconds": 600,
}
"""Bytes of a text or YAML file, of a bibliography, of any other file; bytes of memory and seconds of a publication."""
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}
_PAIR = re.compile(r"([a-z]+)=(\d+)([KMG]?)")
_BIBLIOGRAPHY = (".bib", ".json", ".ris")
_TEXT = (".md", ".yaml", ".yml", ".tex", ".csl", ".py")


@cache
def limits() -> dict[str, int]:
    """The limits in force. Raises ValueError when the variable cannot be read."""
    found = dict(DEFAULTS)
    for part in filter(None, os.environ.get(VARIABLE, "").replace(" ", "").split(",")):
        match = _PAIR.fullmatch(part)
        if not match or match[1] not in found:
            raise ValueError(f"{VARIABLE}: '{part}' is none of {', '.join(f'{name}=…' for name in found)}")
        found[match[1]] = int(match[2]) * _UNITS[match[3]]
    return found


def _kind(path: str) -> str:
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in _BIBLIOGRAPHY or (path.startswith("bib/") and suffix in (".yaml", ".yml")):
        return "bibliography"
    return "section" if suffix in _TEXT else "picture"


def most_bytes(path: str) -> int:
    """Bytes that a project file of this name may have."""
    return limits()[_kind(path)]


def hint_of(path: str) -> str:
    """How a larger one is allowed."""
    return f"when it is meant, build with {VARIABLE}={_kind(path)}=…M, as docs/security.md says"
