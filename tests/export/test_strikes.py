r"""Struck-out parts of formulas, `\cancel`, in every output besides the PDF."""

from __future__ import annotations

from pathlib import Path

from fascicle.export.zip_archive import unzipped
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.support.publications import reported, small

TEXT = "---\ntitle: One\n---\n\nIt is $\\cancel{a} + \\bcancel{b}$.\n"


def test_strikes(tmp_path: Path) -> None:
    root = small(tmp_path, **{"content/01-one.md": TEXT})
    made = {}
    for edition in ("html", "jats", "word"):
        result = build_edition(Request(root), edition, lambda event: None)
        assert result.output, reported(result)
        made[edition] = (root / result.output).read_bytes()
    for edition, prefix in (("html", b""), ("jats", b"mml:")):
        assert b'<%smenclose notation="updiagonalstrike">' % prefix in made[edition]
        assert b'<%smenclose notation="downdiagonalstrike">' % prefix in made[edition]
    assert b"menclose[notation" in made["html"]
    assert b"<m:strikeBLTR" in unzipped(made["word"])["word/document.xml"]
