"""Line numbers and whatever else is marked as no part of the text (ISO 32000-1, 14.8.2.2), taken out before reading."""

from __future__ import annotations

import re
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

_MARKED = re.compile(rb"/Artifact BMC\b.*?\bEMC\b", re.DOTALL)
_LOOKED_AT = 3
"""Pages after which a file without such marks counts as one that has none."""


def text_alone(data: bytes, reader: PdfReader) -> bytes:
    """The file without its marked artifacts, to be read and thrown away; itself where there are none."""
    if not any(_MARKED.search(_content(page)) for page in reader.pages[:_LOOKED_AT]):
        return data
    writer = PdfWriter(clone_from=reader)
    for page in writer.pages:
        stream = DecodedStreamObject()
        stream.set_data(_MARKED.sub(b"", _content(page)))
        page[NameObject("/Contents")] = writer._add_object(stream)
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def _content(page: PageObject) -> bytes:
    contents = page.get_contents()
    return contents.get_data() if contents is not None else b""
