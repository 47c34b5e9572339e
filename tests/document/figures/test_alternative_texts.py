"""Alternative texts that say nothing are told; those of the text itself count where the ledger has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.pipeline.build import build_edition, check_edition
from fascicle.pipeline.run import Request
from tests.support.diagnostics import places_and_codes
from tests.support.publications import png, small

LONG = "Column one is taller than column two. " * 15


def project(root: Path, alt: str = "", caption: str = "A grey plate.", attributes: str = "") -> Path:
    stated = f"{{permission: own, alt: '{alt}'}}" if alt else "{permission: own}"
    return small(root, **{
        "figures/figures.yaml": f"plate_1.png: {stated}\n",
        "figures/plate_1.png": png(),
        "content/01-one.md": f"---\ntitle: One\n---\n\nText.\n\n![{caption}](figures/plate_1.png){{{attributes}}}\n",
    })  # fmt: skip


def told(root: Path) -> list[str]:
    return [one for one in places_and_codes(check_edition(Request(root), "html")) if "-alt" in one]


@pytest.mark.parametrize(
    ("alt", "words"),
    [
        ("a grey  plate", "is its caption once more"),
        ("plate_1.png", "is the name of a file"),
        ("Plate 1", "is the name of a file"),
        ("DSC0042.JPG", "is the name of a file"),
        ("Image 3", "says only that there is a picture"),
        (LONG, "words long"),
    ],
)
def test_a_text_that_says_nothing_is_told_at_its_line(alt: str, words: str, tmp_path: Path) -> None:
    (found,) = told(project(tmp_path, alt))
    assert found.startswith("figures/figures.yaml:1")
    assert "poor-alt" in found
    assert any(words in one.message for one in check_edition(Request(tmp_path), "html"))


@pytest.mark.parametrize(
    "alt", ["A plate in even grey", "Chart of two columns, the first taller", "灰色的图版"]
)
def test_a_text_that_says_what_is_seen_is_not_told(alt: str, tmp_path: Path) -> None:
    assert told(project(tmp_path, alt)) == []


def test_a_text_that_is_missing_is_told(tmp_path: Path) -> None:
    (found,) = told(project(tmp_path))
    assert "missing-alt" in found


def test_a_text_at_the_figure_itself_counts_and_is_in_the_page(tmp_path: Path) -> None:
    root = project(tmp_path, attributes='fig-alt="Even grey, edge to edge"')
    assert told(root) == []
    result = build_edition(Request(root), "html", lambda event: None)
    assert 'alt="Even grey, edge to edge"' in (root / result.output).read_text(encoding="utf-8")


def test_a_long_description_opens_in_the_page_and_is_in_jats(tmp_path: Path) -> None:
    root = project(tmp_path, "Two columns")
    ledger = "plate_1.png:\n  permission: own\n  alt: Two columns\n  description: |\n    In 1990: 3 & 4.\n\n    In 2000: 5.\n"
    (root / "figures/figures.yaml").write_text(ledger, encoding="utf-8")
    assert told(root) == []
    page = build_edition(Request(root), "html", lambda event: None)
    text = (root / page.output).read_text(encoding="utf-8")
    summary = "<summary>Description of the picture</summary>"
    assert f"{summary}<p>In 1990: 3 &amp; 4.</p><p>In 2000: 5.</p></details>" in text
    article = build_edition(Request(root), "jats", lambda event: None)
    assert "<long-desc>In 1990: 3 &amp; 4.\n\nIn 2000: 5.</long-desc>" in (root / article.output).read_text(
        encoding="utf-8"
    )
