"""What a word that is no command was probably meant to be, as a line to type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fascicle.core.suggestions import get_close_matches

MEANT: Mapping[str, str] = {
    "init": "new DIR",
    "create": "new DIR",
    "start": "new DIR",
    "serve": "watch",
    "preview": "watch",
    "live": "watch",
    "render": "build",
    "compile": "build",
    "make": "build",
    "export": "build",
    "pdf": "build",
    "docx": "build word",
    "word": "build word",
    "xml": "build jats",
    "jats": "build jats",
    "html": "build html",
    "epub": "build epub",
    "ebook": "build epub",
    "print": "build print",
    "review": "build review",
    "screen": "build screen",
    "lint": "check",
    "validate": "check",
    "convert": "import FILE",
    "package": "submit JOURNAL",
    "editions": "list editions",
    "journals": "list journals",
    "templates": "list templates",
    "codes": "list codes",
    "install": "doctor --install",
    "delete": "clean",
    "version": "--version",
}
"""Words of other programs, and of our own in another place, with what they are here."""
EDITIONS: Mapping[str, str] = {
    "docx": "word",
    "doc": "word",
    "odt": "word",
    "pdf": "screen",
    "xml": "jats",
    "web": "html",
    "ebook": "epub",
    "anonymous": "review",
    "printer": "print",
}
"""What other programs call an edition."""


def command_hint(word: str, commands: Sequence[str]) -> str:
    """What to type instead of `word`; the way to the list of all commands when nothing is like it."""
    if word in MEANT:
        return f"type: fascicle {MEANT[word]}"
    if word.endswith((".md", ".qmd", ".docx", ".tex", ".odt", ".Rmd")):
        return f"a single file is brought in as a publication: type fascicle import {word}"
    near = get_close_matches(word, [*commands, *MEANT], n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'? Type: fascicle {MEANT.get(near[0], near[0])}"
    return "type fascicle --help for the list of commands"


def edition_hint(word: str, editions: Sequence[str], command: str = "build") -> str:
    """What to type instead of the edition `word`."""
    near = get_close_matches(word, editions, n=1, cutoff=0.6)
    meant = EDITIONS.get(word.lower()) or (near[0] if near else "")
    known = f"known are: {', '.join(editions)}"
    return f"type: fascicle {command} {meant} ({known})" if meant in editions else known
