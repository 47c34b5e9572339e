"""The way to a cluster: a scheduler that is there, or workers of this machine begun for the purpose."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from fascicle.cluster.address import LOCAL, ClusterError, checked
from fascicle.core.system.workers import processors

_SECONDS = 20
"""How long a scheduler may take to answer."""
_MISSING = "dask.distributed is not installed"
_INSTALL = "install it: pip install 'fascicle-press[cluster]'"


@contextmanager
def connected(address: str, workers: int | None = None) -> Iterator[Any]:
    """A client of the cluster at `address`; for `local` one of so many workers, or one a core.

    Raises ClusterError when there is none, when it cannot be reached, or when the way to it would not be encrypted.
    """
    place = address if address == LOCAL else checked(address)
    try:
        import distributed
    except ImportError as error:
        raise ClusterError(_MISSING, _INSTALL) from error
    _quieten()
    with ExitStack() as stack:
        cluster = place
        security = None
        if place == LOCAL:
            security = _made_for_now(distributed)
            cluster = stack.enter_context(_local(distributed, workers or processors(), security))
        elif place.startswith("tls:"):
            security = _security(distributed)
        try:
            connect: Any = distributed.Client
            client = connect(cluster, security=security, timeout=_SECONDS, set_as_default=False)
        except (OSError, TimeoutError) as error:
            hint = "is its scheduler running, and are the certificates those of this cluster?"
            raise ClusterError(f"no scheduler answers at {place}", hint) from error
        stack.callback(client.close)
        yield client


def _quieten() -> None:
    """What Dask logs is for those who look after it; what matters here is told as problems."""
    for name in [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _made_for_now(distributed: Any) -> Any:
    """Certificates that are made for one cluster of this machine and kept in memory.

    Without them other users of the machine could run programs on the workers while it stands. Raises ClusterError where
    they cannot be made.
    """
    try:
        return distributed.Security.temporary()
    except ImportError as error:
        message = "the library cryptography, which makes the certificates of a cluster, is not installed"
        raise ClusterError(message, _INSTALL) from error


def _local(distributed: Any, workers: int, security: Any) -> Any:
    """Workers on this machine, each a process with one build at a time."""
    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        security=security,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # None would be any address, for others to see
        worker_dashboard_address="127.0.0.1:0",
        memory_limit=0,
        silence_logs=logging.CRITICAL,
    )


def _security(distributed: Any) -> Any:
    """The certificates of Dask's own settings; ClusterError when there are none."""
    found = distributed.Security(require_encryption=True)
    if not found.tls_ca_file or not found.tls_client_cert:
        message = "no certificates are set for tls"
        hint = "set DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__CLIENT__CERT and …__CLIENT__KEY; see docs/cluster.md"
        raise ClusterError(message, hint)
    return found
