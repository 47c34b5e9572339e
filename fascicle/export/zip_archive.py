"""Zip archives that are the same bytes whenever and wherever they are made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

FIRST = 315532800
"""1980-01-01, the first day that a zip archive can tell."""


def zipped(
    files: Mapping[str, bytes],
    epoch: int,
    first: tuple[str, ...] = ("[Content_Types].xml",),
    stored: tuple[str, ...] = (),
) -> bytes:
    """`files` by their paths in the archive, in name order after those of `first`; each is dated `epoch`.

    Those of `stored` are not packed.
    """
    moment = datetime.fromtimestamp(max(epoch, FIRST), UTC)
    stamp = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: (name not in first, name)):
            info = ZipInfo(name, stamp)
            info.compress_type = ZIP_STORED if name in stored else ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, files[name])
    return stream.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of an archive by their paths."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
