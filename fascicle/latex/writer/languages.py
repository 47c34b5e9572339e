r"""Changes of language inside a text.

`\fasciclelang{tag}{…}`, quotation marks and hyphenation with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fascicle.latex.escape import Latex
from fascicle.latex.writer.nodes import Lines, command
from fascicle.latex.writer.state import Writer

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def render_language(writer: Writer, tag: str, content: Callable[[], Latex], *, blocks: bool = False) -> Latex:
    """What `content` renders, set in another language; a tag that is none (the parser told) changes nothing."""
    if not _TAG.fullmatch(tag):
        return content()
    writer.languages.add(tag)
    with writer.within(language=tag):
        rendered = content()
    if blocks:
        return writer.dump(Lines("fasciclelanguage", rendered, Latex.proved(tag)))
    return command("fasciclelang", Latex.proved(tag), rendered)
