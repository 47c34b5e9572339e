"""Names of files by a journal's rules."""

from __future__ import annotations

import re
from collections.abc import Mapping


def file_name(pattern: str, names: Mapping[str, str]) -> str:
    """A name of a file by the journal's rule, in letters that every system has."""
    filled = re.sub(r"\{(\w+)\}", lambda match: names.get(match[1], ""), pattern)
    return re.sub(r"[^A-Za-z0-9_-]+", "-", filled).strip("-") or "manuscript"
