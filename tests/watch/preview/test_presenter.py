"""SyncTeX data as several requests at once ask for them, each in a thread of its own."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from fascicle.watch.board import ViewBoard
from fascicle.watch.preview.presenter import Presenter
from fascicle.watch.preview.synctex import SyncTeX
from fascicle.watch.state import Layer

EMPTY = gzip.compress(b"", mtime=0)
OTHER = SyncTeX(EMPTY, Path())


class Crowded(Presenter):
    """Whatever it keeps, another request at once keeps something else."""

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name == "_places" and value:
            super().__setattr__(name, (object(), OTHER))


@pytest.fixture
def layer(tmp_path: Path) -> Layer:
    (tmp_path / "a.synctex.gz").write_bytes(EMPTY)
    return Layer(b"", tmp_path / "a.synctex.gz")


def test_each_request_gets_the_places_of_its_own_pages(layer: Layer, tmp_path: Path) -> None:
    found = Crowded(ViewBoard(), tmp_path, "").places(layer)
    assert found is not None
    assert found is not OTHER


def test_they_are_read_once(layer: Layer, tmp_path: Path) -> None:
    presenter = Presenter(ViewBoard(), tmp_path, "")
    assert presenter.places(layer) is presenter.places(layer)


@pytest.mark.parametrize("spoilt", [b"no gzip", EMPTY[:-4], EMPTY[:10] + b"\xff" * 8, None])
def test_what_cannot_be_read_has_no_places(layer: Layer, tmp_path: Path, spoilt: bytes | None) -> None:
    assert layer.synctex
    layer.synctex.unlink() if spoilt is None else layer.synctex.write_bytes(spoilt)
    assert Presenter(ViewBoard(), tmp_path, "").places(layer) is None
