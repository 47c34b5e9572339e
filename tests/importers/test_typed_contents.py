"""Tables of contents and numbers typed by hand, and spaces that Word leaves at the ends of things."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.importing import bring_in

LINES = "".join(
    f"<p>{name} …………{page}</p>" for name, page in (("One", 3), ("Two", 12), ("Three", 20), ("Works", 31))
)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            f"<p>Start.</p><p><b>Indice</b></p>{LINES}<h1>One</h1><p>Words.</p>",
            "a table of contents typed by hand",
        ),
        (
            "<h1>Inhaltsverzeichnis</h1><h1>One</h1><p>Start. Words.</p><h1>Two</h1><p>Words.</p>",
            "the empty heading of a table of contents",
        ),
    ],
)
def test_contents_typed_by_hand(tmp_path: Path, page: str, told: str) -> None:
    """The template prints contents; old page numbers are left out, and told."""
    done = bring_in(tmp_path, {"t.html": f'<html lang="en"><body>{page}</body></html>'})
    assert told in done.report
    everything = "".join(path.read_text() for path in (tmp_path / "project/content").iterdir())
    assert "Start." in everything
    assert not {"Indice", "Inhaltsverzeichnis", "…"} & set(everything.replace("*", " ").split())
    assert done.errors == []


@pytest.mark.parametrize(
    ("heads", "kept"),
    [
        (("One", "1.1 Ships", "1.2 Tides"), True),
        (("1 One", "2 Two", "3 Three"), True),
        (("One", "1945 and after", "12 ships"), False),
    ],
)
def test_headings_with_typed_numbers(tmp_path: Path, heads: tuple[str, ...], kept: bool) -> None:
    """No number of the template stands beside a typed one."""
    page = "".join(f"<h1>{head}</h1><p>Words.</p>" for head in heads)
    done = bring_in(tmp_path, {"t.html": f'<html lang="en"><body>{page}</body></html>'})
    assert ("number-sections: false" in done.facts) == kept
    assert ("headings bear typed numbers" in done.report) == kept


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("<b>of l<i>École. </i></b>They", "__of l*École.*__ They"),
        ("<b><i> École</i> one</b> two", "__*École* one__ two"),
        ("The end.&nbsp;", "The end."),
        ("&nbsp;The end.", "The end."),
        ("A sign \\", "A sign \\\\"),
    ],
)
def test_spaces_at_ends(tmp_path: Path, words: str, written: str) -> None:
    """A space inside of marks goes out of them, a fixed one at the end of a paragraph goes away."""
    done = bring_in(tmp_path, {"t.html": f'<html lang="en"><body><p>{words}</p></body></html>'})
    assert done.body == written
