"""Publications made to be slow are read, and what is told of them has a measure."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.core.diagnostics import MOST_HINTS, MOST_OF_A_KIND
from fascicle.pipeline.build import check_edition
from fascicle.pipeline.run import Request
from tests.support.growth import KINDS, write


@pytest.mark.parametrize(
    "kind",
    [
        "undefined references among labels",
        "undefined notes among notes",
        "undefined citations among works",
        "unknown keys of publication.yaml",
    ],
)
def test_equal_faults_have_a_measure(kind: str, tmp_path: Path) -> None:
    """A thousand are listed, the others counted, and the first hundred alone are compared with all that is known."""
    found = check_edition(Request(write(kind, MOST_OF_A_KIND + 5, tmp_path)), "screen")
    code = next(one.code for one in found if one.stands_for)
    alike = [one for one in found if one.code is code]
    assert [one.stands_for for one in alike if one.stands_for] == [5]
    assert len(alike) == MOST_OF_A_KIND + 1
    assert (
        sum(any("did you mean" in hint or "known here" in hint for hint in one.hints) for one in alike)
        <= MOST_HINTS
    )


def test_a_crowd_of_faults_hides_no_other(tmp_path: Path) -> None:
    """What else is wrong is told beside it."""
    root = write("unknown keys of publication.yaml", MOST_OF_A_KIND + 1, tmp_path)
    (root / "content/text.md").write_text("---\ntitle: One\n---\n\nSee @sec:nowhere.\n", encoding="utf-8")
    assert "undefined-reference" in {one.code.value for one in check_edition(Request(root), "screen")}


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if "undefined" not in kind and "unknown" not in kind]
)
def test_what_is_only_long_has_no_error(kind: str, tmp_path: Path) -> None:
    """Long is not wrong."""
    found = check_edition(Request(write(kind, KINDS[kind].sizes // 50, tmp_path)), "screen")
    assert not [
        str(one) for one in found if one.severity.value == "error" and one.code.value != "undefined-citation"
    ]
