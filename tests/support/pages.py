"""PDFs from TeX itself, compared byte for byte."""

from __future__ import annotations

import re
from pathlib import Path


def without_id(pdf: Path | None) -> bytes:
    """The PDF without its trailer's /ID, which LuaTeX makes from the folder's name; there must be one."""
    assert pdf is not None
    return re.sub(rb"/ID\s*\[[^\]]*\]", b"", pdf.read_bytes())
