"""What a word that is no command was probably meant to be, as a line to type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from fascicle.core.suggestions import get_close_matches

MEANT: Mapping[str, str] = {
    "init": "new my-text",
    "create": "new my-text",
    "start": "new my-text",
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
    "convert": "import paper.docx",
    "package": "submit elsevier",
    "crossref": "cite crossref",
    "datacite": "cite datacite",
    "bibtex": "cite bibtex",
    "doi": "cite crossref",
    "wordcount": "check --words",
    "editions": "list editions",
    "journals": "list journals",
    "templates": "list templates",
    "codes": "list codes",
    "install": "doctor --install",
    "delete": "clean",
    "version": "--version",
}
"""Words of other programs, and of our own in another place, with what they are here."""
EXAMPLES: Mapping[str, str] = {
    "new": "new my-text",
    "import": "import paper.docx",
    "cite": "cite crossref",
    "submit": "submit elsevier    (fascicle list journals names the others)",
    "merge": "merge returned.docx",
    "redline": "redline HEAD",
    "preflight": "preflight build/screen/my-text.pdf",
    "completion": "completion bash",
    "schema": "schema publication",
}
"""A line to type for each command that wants a word after its name."""
_RECORDS = ("cff", "bibtex", "ris", "csl-json", "datacite", "crossref")
"""What `fascicle cite` writes, asked for by an option or of another command."""
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


def usage_hint(error: click.UsageError, typed: Sequence[str]) -> str:
    """A line to type in place of `typed`, the words after `fascicle`; empty where the error's own words say it."""
    command = error.ctx.command.name if error.ctx and error.ctx.command.name else ""
    if isinstance(error, click.MissingParameter) and command in EXAMPLES:
        return f"type, for example: fascicle {EXAMPLES[command]}"
    words = [word for word in typed[1:] if not word.startswith("-")]
    if error.message.startswith("Got unexpected extra argument") and words == list(typed[1:]):
        return f'a name with spaces stands between quotation marks: fascicle {command} "{" ".join(words)}"'
    found = next((word for word in words if word in _RECORDS), "")
    return f"type: fascicle cite {found}" if found and command in ("cite", "submit", "build") else ""
