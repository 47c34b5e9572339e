"""Which addresses of clusters may be used: what is not this machine must be encrypted."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest

from fascicle.cluster.address import ClusterError, checked, is_loopback
from fascicle.cluster.connection import connected
from tests.support.command_line import fascicle
from tests.support.publications import TINY, write


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("127.0.0.1:8786", "tcp://127.0.0.1:8786"), ("tcp://localhost:1", "tcp://localhost:1"),
        ("tcp://[::1]:8786", "tcp://[::1]:8786"), ("tls://cluster.example:8786", "tls://cluster.example:8786"),
        ("tls://10.0.0.7:8786", "tls://10.0.0.7:8786"),
    ],
)  # fmt: skip
def test_loopback_and_tls_are_taken(address: str, whole: str) -> None:
    assert checked(address) == whole


@pytest.mark.parametrize(
    "address",
    ["10.0.0.7:8786", "tcp://cluster.example:8786", "tcp://0.0.0.0:8786", "tcp://127.0.0.1.example.org:1"],
)
def test_an_open_way_to_another_machine_is_refused(address: str) -> None:
    with pytest.raises(ClusterError, match="not encrypted") as told:
        checked(address)
    assert "tls://" in told.value.hint


@pytest.mark.parametrize(
    "address", ["screen", "tcp://", "http://127.0.0.1:1", "127.0.0.1", "tcp://127.0.0.1:x", "ucx://a:1"]
)
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(ClusterError, match="is no address"):
        checked(address)


@pytest.mark.parametrize(
    ("host", "here"), [("127.8.8.8", True), ("::1", True), ("128.0.0.1", False), ("localhost.example", False)]
)
def test_loopback(host: str, here: bool) -> None:
    assert is_loopback(host) is here


def test_the_command_refuses_it_before_anything_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "shelf/a", TINY)
    monkeypatch.chdir(tmp_path)
    assert fascicle(monkeypatch, "build", "--all-in", "shelf", "--cluster", "10.0.0.7:8786") == 2
    assert "not encrypted" in capsys.readouterr().err
    assert not (tmp_path / "shelf/a/build").exists()


def test_without_dask_it_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "shelf/a", TINY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert fascicle(monkeypatch, "build", "html", "--all-in", "shelf", "--cluster") == 3
    printed = capsys.readouterr()
    assert "dask.distributed is not installed" in printed.out + printed.err
    assert "fascicle-press[cluster]" in printed.out + printed.err


def test_tls_without_certificates_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ClusterError, match="no certificates") as told, connected("tls://127.0.0.1:1"):
        pass
    assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in told.value.hint


def test_dask_itself_says_nothing() -> None:
    """Its loggers have levels of their own, so that the first of them alone decides nothing."""
    pytest.importorskip("distributed")
    with pytest.raises(ClusterError), connected("tls://127.0.0.1:1"):
        pass
    assert logging.getLogger("distributed.client").getEffectiveLevel() == logging.CRITICAL


class _Distributed:
    """What is asked of dask.distributed."""

    asked: ClassVar[dict[str, object]] = {}

    class Security:
        @staticmethod
        def temporary() -> str:
            return "certificates"

    @classmethod
    @contextmanager
    def LocalCluster(cls, **asked: object) -> Iterator[str]:  # noqa: N802 - Dask's name
        cls.asked.update(asked)
        yield "cluster"

    class Client:
        def __init__(self, cluster: str, *, security: object, **other: object) -> None:
            self.security = security

        def close(self) -> None:
            """Nothing is open."""


def test_a_cluster_of_this_machine_is_closed_to_its_other_users(monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates are made for it, or there is none."""

    def unable() -> str:
        raise ImportError

    monkeypatch.setitem(sys.modules, "distributed", _Distributed)
    with connected("local", 1) as client:
        assert client.security == _Distributed.asked["security"] == "certificates"
    monkeypatch.setattr(_Distributed.Security, "temporary", unable)
    with pytest.raises(ClusterError, match="cryptography"), connected("local", 1):
        pass
