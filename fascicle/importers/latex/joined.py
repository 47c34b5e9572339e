r"""A LaTeX text put together from the files that it inputs, from inside its folder alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from fascicle.importers.draft import ImportRefusedError
from fascicle.importers.latex.definitions import with_definitions, with_inputs
from fascicle.importers.latex.environment_scan import environments
from fascicle.importers.report import Report
from fascicle.importers.sources import MAX_TEXT, inside, matching, text_of

_INPUT = re.compile(
    r"\\(?:input|include|subfile|InputIfFileExists)\s*\{([^{}]+)\}|\\input\s+([^\s{}\\]+)"
    r"|\\(?:import|subimport)\*?\s*\{([^{}]*)\}\s*\{([^{}]+)\}"
)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_VERBATIM = re.compile(r"\\begin\{(?P<kind>verbatim\*?|lstlisting|minted|Verbatim|comment|filecontents\*?)\}")
_MANY = 500


@dataclass(slots=True)
class Joined:
    """A text and where its files lie."""

    text: str
    """The whole text, without comments."""
    folders: list[Path] = field(default_factory=list)
    """Folders in which pictures are looked for."""
    read: int = 0
    """Characters that have been read, those of files that are input again each time."""


def joined(path: Path, root: Path, report: Report) -> Joined:
    """The text of `path` with everything that it inputs."""
    made = Joined("", [path.parent])
    count = [0]
    made.text = _read(path, root, path.parent, (), made, count, report)
    made.text = with_definitions(_preamble(made.text, path, root) + made.text, path, root)
    for found in re.findall(r"\\graphicspath\s*\{((?:\s*\{[^{}]*\})+)\s*\}", made.text):
        made.folders += [path.parent / name for name in re.findall(r"\{([^{}]*)\}", found)]
    return made


def _preamble(text: str, path: Path, root: Path) -> str:
    """The preamble of a text without one, when one file beside it is nothing but a preamble."""
    if "\\documentclass" in text or "\\begin{document}" not in text:
        return ""
    beside = [
        _without_comments(text_of(each)) for each in matching(root, "*.tex", path.parent) if each != path
    ]
    found = [each for each in beside if "\\documentclass" in each and "\\begin{document}" not in each]
    if len(found) != 1:
        return ""
    made = Joined("")
    file = next(
        each for each in matching(root, "*.tex", path.parent) if _without_comments(text_of(each)) == found[0]
    )
    return _read(file, root, path.parent, (), made, [0], Report()) + "\n"


def _read(
    path: Path,
    root: Path,
    base: Path,
    above: tuple[Path, ...],
    made: Joined,
    count: list[int],
    report: Report,
) -> str:
    count[0] += 1
    if path in above:
        raise ImportRefusedError(f"{path.name} inputs itself", "look at its \\input commands")
    if count[0] > _MANY:
        raise ImportRefusedError(f"{above[0].name if above else path.name} inputs more than {_MANY} files")
    text = with_inputs(_without_comments(text_of(path)))
    made.read += len(text)
    if made.read > MAX_TEXT:
        raise ImportRefusedError(f"{path.name} with its inputs is longer than any text")
    if path.parent not in made.folders:
        made.folders.append(path.parent)

    def change(found: re.Match[str]) -> str:
        name = found[1] or found[2] or f"{found[3].rstrip('/')}/{found[4]}"
        name = name.strip().strip('"')
        there = inside(root, name if name.endswith(".tex") else f"{name}.tex", base) or inside(
            root, name, base
        )
        there = there or inside(root, f"{name}.tex", path.parent)
        if there is None or there.suffix in (".pdf", ".png", ".jpg"):
            report.left_out("a file that is input and does not lie beside the source", name)
            return ""
        inner = _read(there, root, base, (*above, path), made, count, report)
        document = re.search(r"\\begin\{document\}(.*?)\\end\{document\}", inner, re.DOTALL)
        return document[1] if document and "\\begin{document}" in text else inner

    return _INPUT.sub(change, text)


def _without_comments(text: str) -> str:
    """The text without comments, those in literal text left alone."""
    parts, at = [], 0
    for found in environments(text, _VERBATIM):
        parts.append(_COMMENT.sub(r"\1%", text[at : found.begin.start()]))
        parts.append("" if found.begin["kind"] == "comment" else found.text)
        at = found.end
    made = "".join([*parts, _COMMENT.sub(r"\1%", text[at:])])
    return re.sub(r"^[ \t]*%[ \t]*\n", "", re.sub(r"%\n[ \t]*", "", made), flags=re.MULTILINE)
