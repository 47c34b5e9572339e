"""Text in another program's language that is ready to be read there.

Each language has a type of its own. What one is made of is held by mypy (`tools/mypy_ready_text.py`): words of our own
that stand in the code, numbers, and what is of the type already. Plain text gets in by that language's `escape` alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self


class Ready(str):
    """The type behind those of each language."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __new__(cls, ready: Self = ...) -> Self:
            """Of what is ready; the plug-in also lets in what is written out where it is called."""

    @classmethod
    def proved(cls, text: str) -> Self:
        """Text that is ready because of what the lines around the call have made sure of."""
        return str.__new__(cls, text)


class Bib(Ready):
    """What stands in a file of records for BibTeX and its kin."""

    __slots__ = ()


class Lua(Ready):
    """What stands in a program for Lua, which TeX reads first."""

    __slots__ = ()

    @classmethod
    def quoted(cls, text: str) -> Lua:
        """Text of a sort that neither Lua nor TeX takes for anything else, in quotes."""
        if not _PLAIN.fullmatch(text):
            raise ValueError(f"{text!r} cannot be quoted for Lua inside TeX")
        return cls.proved(f"'{text}'")


_PLAIN = re.compile(r"[A-Za-z0-9 \n.:;=+,()/@_\[\]*-]*")
