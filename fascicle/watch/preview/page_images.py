"""Pages as sharp pictures, drawn when they are asked for and kept while there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from io import BytesIO

from PIL import Image

from fascicle.watch.preview.pages import Page

WIDEST = 6000
"""Most pixels from side to side: more than any screen has, and a limit to what one request can cost."""
_PIXELS = 40_000_000
ROOM = 64 << 20
"""Bytes of pictures that are kept."""


def draw(page: Page, width: int) -> Image.Image:
    """The page as a picture of about `width` pixels. GoneError when its PDF was let go."""
    sheet = page.sheet
    scale = min(max(width, 16), WIDEST) / sheet.width
    scale = min(scale, (_PIXELS / (sheet.width * sheet.height)) ** 0.5)
    with page.source.page(page.index) as drawn:
        # Bytes in the order that Pillow wants, so that nothing is turned round afterwards.
        bitmap = drawn.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
        picture: Image.Image = bitmap.to_pil().copy()
        bitmap.close()
    return picture


def _png(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=1)  # it goes no further than to a browser on the same machine
    return stream.getvalue()


class Pictures:
    """PNG files of pages, the last used ones kept."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._held: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def png(self, page: Page, width: int) -> bytes:
        """The page as PNG, `width` pixels wide."""
        key = (page.fingerprint, width)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = _png(draw(page, width))
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: tuple[str, int], made: bytes) -> None:
        if key not in self._held:
            self._held[key] = made
            self._size += len(made)
        while self._size > self._room and len(self._held) > 1:
            self._size -= len(self._held.popitem(last=False)[1])

    @property
    def size(self) -> int:
        """Bytes kept."""
        return self._size
