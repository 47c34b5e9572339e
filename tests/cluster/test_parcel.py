"""A publication's files as they travel, and as a worker lays them out."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from fascicle.cluster.parcel import as_plain, lay_out, parcel_of
from tests.support.publications import TINY, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        **TINY, "build/screen/a.pdf": "pdf", "build/print/a.pdf": "pdf", ".git/config": "x", "figures/build/d.csv": "1",
        "figures/Über 1.png": b"\x00", "tool.sh": "#!/bin/sh\n",
    }  # fmt: skip
    root = write(tmp_path / "one", files)
    (root / "tool.sh").chmod(0o755)
    (tmp_path / "secret").write_text("secret")
    (root / "out.md").symlink_to("../secret")
    (root / "loop").symlink_to(".")
    return root


def test_results_and_hidden_folders_stay_at_home(project: Path) -> None:
    paths = [one.path for one in parcel_of(project, trusted=True).files]
    assert paths == sorted(paths)
    assert {"content/publication.yaml", "figures/build/d.csv", "figures/Über 1.png"} <= set(paths)
    assert not [path for path in paths if path.startswith(("build/", ".git"))]
    more = [one.path for one in parcel_of(project, trusted=True, results=project).files]
    assert [path for path in more if path.startswith("build/")] == ["build/screen/a.pdf"]


def test_links_of_strangers_are_not_followed(project: Path) -> None:
    parcel = parcel_of(project, trusted=False)
    secret = hashlib.sha256(b"secret").hexdigest()
    assert {one.path: one.link for one in parcel.files if one.link} == {"out.md": "../secret", "loop": "."}
    assert secret not in parcel.places
    assert secret in parcel_of(project, trusted=True).places


def test_what_arrives_is_what_was_sent(project: Path, tmp_path: Path) -> None:
    parcel, store = parcel_of(project, trusted=False), tmp_path / "store"
    store.mkdir()
    for digest in parcel.places:
        (store / digest).write_bytes(parcel.content(digest) or b"")
    lay_out(as_plain(parcel), store, tmp_path / "two")
    assert parcel_of(tmp_path / "two", trusted=False).files == tuple(
        type(one)(one.path, one.digest, two.mtime_ns, one.size, one.runs, one.link)
        for one, two in zip(parcel.files, parcel_of(tmp_path / "two", trusted=False).files, strict=True)
    )


def test_a_content_that_changes_meanwhile_is_not_sent(project: Path) -> None:
    parcel = parcel_of(project, trusted=True)
    (digest,) = (one.digest for one in parcel.files if one.path == "tool.sh")
    (project / "tool.sh").write_text("changed")
    assert parcel.content(digest) is None


@pytest.mark.parametrize("path", ["../a", "/etc/a", "a/../../b", "a\0b"])
def test_a_path_that_leads_out_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leads out"):
        lay_out([[path, "0", False, ""]], tmp_path, tmp_path / "new")
