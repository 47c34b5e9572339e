"""From a point on a page to the line and back, by a reader of our own; `synctex` itself is the judge elsewhere."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from fascicle.pipeline.build import BuildResult
from fascicle.watch.preview.synctex import SourceLine, Spot, SyncTeX
from tests.end_to_end.test_synctex import FEATURES, _printed
from tests.support.publications import build, write

WORDS = [
    ("abstractword", "content/publication.yaml", 4),
    ("Headingword", "content/01-one.md", 2),
    ("lineword", "content/01-one.md", 5),
    ("footnoteword", "content/01-one.md", 5),
    ("itemone", "content/01-one.md", 8),
    ("itemtwo", "content/01-one.md", 9),
    ("quoteword", "content/01-one.md", 11),
    ("cellone", "content/01-one.md", 15),
    ("cellfour", "content/01-one.md", 16),
    ("captionword", "content/01-one.md", 18),
    ("Subheading", "content/01-one.md", 20),
    ("definitionword", "content/01-one.md", 24),
]


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    root = write(tmp_path_factory.mktemp("places"), FEATURES)
    result = build(root)
    assert not result.failed
    return root, result


@pytest.fixture(scope="module")
def places(features: tuple[Path, BuildResult]) -> SyncTeX:
    root, result = features
    return SyncTeX((root / result.output).with_suffix(".synctex.gz").read_bytes(), root)


@pytest.mark.tex
@pytest.mark.parametrize(("word", "file", "line"), WORDS)
def test_each_kind_of_block(
    features: tuple[Path, BuildResult], places: SyncTeX, word: str, file: str, line: int
) -> None:
    root, result = features
    page, x, y = _printed(root / result.output)[word]
    assert places.source(page, x, y) == SourceLine(root / file, line)


@pytest.mark.tex
@pytest.mark.parametrize(("word", "file", "line"), WORDS)
def test_each_line_finds_its_page(
    features: tuple[Path, BuildResult], places: SyncTeX, word: str, file: str, line: int
) -> None:
    root, result = features
    page, _, y = _printed(root / result.output)[word]
    spot = places.spot(root / file, line)
    assert spot
    assert spot.page == page
    if word != "footnoteword":  # its line is that of the paragraph, which stands elsewhere
        assert abs(spot.y - y) < 30


SHEET = b"""SyncTeX Version:1
Input:1:/home/ann/essay/content/01.md
Input:2:/usr/share/texmf/article.cls
Input:3:/home/ann/essay/build/run/screen/main.tex
Output:pdf
Magnification:1000
Unit:1
X Offset:0
Y Offset:0
Content:
!10
{1
[2,1:0,0:40000000,50000000,0
(1,5:6578176,6578176:19734528,657817,0
g1,5:13156352,6578176
)
(3,7:6578176,10000000:19734528,657817,0
)
(2,9:6578176,13156352:19734528,657817,0
)
]
!20
}1
Postamble:
"""


def test_only_files_of_the_publication_are_places() -> None:
    places = SyncTeX(gzip.compress(SHEET), Path("/home/ann/essay"))
    assert places.source(1, 150, 95) == SourceLine(Path("/home/ann/essay/content/01.md"), 5)
    assert places.source(1, 150, 195) == SourceLine(
        Path("/home/ann/essay/content/01.md"), 5
    )  # the class's line is nobody's
    assert places.source(1, 150, 150) == SourceLine(
        Path("/home/ann/essay/content/01.md"), 5
    )  # nor is a generated file's
    assert places.source(2, 150, 95) is None
    assert SyncTeX(gzip.compress(SHEET), Path("/elsewhere")).source(1, 150, 95) is None


def test_a_line_inside_a_block_finds_the_blocks_beginning() -> None:
    places = SyncTeX(gzip.compress(SHEET), Path("/home/ann/essay"))
    assert places.spot(Path("/home/ann/essay/content/01.md"), 7) == Spot(1, pytest.approx(90, abs=0.1))
    assert places.spot(Path("/home/ann/essay/content/01.md"), 4) is None
    assert places.spot(Path("/home/ann/essay/content/02.md"), 5) is None
