"""What an SVG drawing takes from outside itself.

Other files, stylesheets, entities. It may take nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

_XINCLUDE = "http://www.w3.org/2001/XInclude"
_CSS = re.compile(
    r"url\(\s*+['\"]?\s*+(?!#|data:|['\")\s])([^'\")\s]{1,200})|@import\s++([^;]{1,200})", re.IGNORECASE
)
_LINKS = frozenset({"a"})
"""Elements whose address is followed by a reader and not by whoever draws."""


def outside_reference(path: Path) -> str:
    """What the drawing takes from outside itself, the first that is found; empty when nothing."""
    reader = _Reader()
    try:
        with path.open("rb") as stream:
            reader.parser.ParseFile(stream)
    except expat.ExpatError:
        return reader.found  # the converter says what is wrong with it
    return reader.found


class _Reader:
    """Reads a drawing without loading anything."""

    def __init__(self) -> None:
        self.found = ""
        self.style: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.EntityDeclHandler = self.entity
        self.parser.ProcessingInstructionHandler = self.instruction

    def tell(self, what: str) -> None:
        self.found = self.found or what

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, element = name.rpartition(" ")
        if namespace == _XINCLUDE:
            self.tell(f"it includes '{attributes.get('href', 'another file')}'")
        if element == "style":
            self.style = []
        for key, value in attributes.items():
            plain = key.rpartition(" ")[2]
            if plain in ("href", "src") and element not in _LINKS:
                self.address(value)
            elif css := _CSS.search(value):
                self.tell(f"its style takes '{css[1] or css[2]}'")

    def address(self, value: str) -> None:
        if value.strip() and not value.lstrip().lower().startswith(("#", "data:")):
            self.tell(f"it shows '{value.strip()[:200]}'")

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] == "style" and self.style is not None:
            if css := _CSS.search("".join(self.style)):
                self.tell(f"its style takes '{css[1] or css[2]}'")
            self.style = None

    def text(self, data: str) -> None:
        if self.style is not None:
            self.style.append(data)

    def entity(
        self, name: str, is_parameter: bool, value: str | None, base: str | None, system: str | None,
        public: str | None, notation: str | None,
    ) -> None:  # fmt: skip
        if system is not None:
            self.tell(f"its entity '{name}' is the file '{system}'")

    def instruction(self, target: str, data: str) -> None:
        if target == "xml-stylesheet" and (css := re.search(r"href\s*=\s*['\"]([^'\"]*)", data)):
            self.address(css[1])
