"""What a source is, and its files, read from inside its folder alone and within limits."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from fascicle.importers.draft import ImportRefusedError, ImportSource

MAX_TEXT = 30_000_000
"""Bytes of the longest text that is read: the longest thesis is a tenth of it."""
MAX_FILE = 200_000_000
"""Bytes of the largest picture or Word document."""
_BY_ENDING = {
    ".docx": "word", ".docm": "word", ".dotx": "word", ".odt": "odt",
    ".md": "markdown", ".markdown": "markdown", ".mkd": "markdown", ".mdown": "markdown", ".rmd": "rmarkdown",
    ".qmd": "quarto", ".myst": "myst", ".tex": "latex", ".ltx": "latex", ".latex": "latex",
    ".xml": "jats", ".nxml": "jats", ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text", ".text": "text",
}  # fmt: skip
_REFUSED = {
    ".doc": ("a document of Word 97–2003", "open it in Word or LibreOffice and save it as .docx"),
    ".rtf": ("a document in RTF", "open it in Word or LibreOffice and save it as .docx"),
    ".pages": ("a document of Pages", "export it as Word (.docx)"),
    ".pdf": ("a PDF, from which no text comes whole", "import the file from which it was made"),
    ".wpd": ("a document of WordPerfect", "open it in LibreOffice and save it as .docx"),
    ".ipynb": ("a notebook", "export it as Markdown: jupyter nbconvert --to markdown"),
    ".gdoc": ("a link to a Google document", "download it as .docx"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = (
    "paper.md",
    "manuscript.qmd",
    "index.qmd",
    "paper.qmd",
    "index.Rmd",
    "main.tex",
    "paper.tex",
    "thesis.tex",
)


def find_source(path: Path) -> ImportSource:
    """What the author named; ImportRefusedError tells why it cannot be brought in."""
    if not path.exists():
        raise ImportRefusedError(f"{path} is not there")
    if path.is_dir():
        return _in_folder(path)
    ending = path.suffix.lower()
    if ending in _REFUSED:
        what, hint = _REFUSED[ending]
        raise ImportRefusedError(f"{path.name} is {what}, which cannot be read", hint)
    if ending not in _BY_ENDING:
        known = ", ".join(sorted(_BY_ENDING))
        raise ImportRefusedError(
            f"{path.name} is of no kind that can be read", f"what can be read ends in {known}"
        )
    return ImportSource(path, path.resolve().parent, _kind(path, _BY_ENDING[ending]))


def _kind(path: Path, kind: str) -> str:
    """The kind by the file's name, looked at again where its text says more."""
    head = _head(path, 4000)
    if head.startswith(_OLE):
        hint = "open it in Word, take the password away or save it as .docx, and import that"
        raise ImportRefusedError(
            f"{path.name} is protected by a password, or a document of Word 97–2003", hint
        )
    if kind in ("word", "odt"):
        return _packed(path, kind)
    if kind == "markdown" and (
        (path.parent / "myst.yml").is_file()
        or re.search(
            rb"^(?:```\{|:::\{|\{[a-z:]+\}`)|^jupytext:|\{cite:?[pt]?\}`", _head(path, MAX_TEXT), re.M
        )
    ):
        return "myst"
    if kind == "jats" and b"<article" not in _head(path, 20_000):
        raise ImportRefusedError(
            f"{path.name} is XML, but not JATS", "JATS begins with the element <article>"
        )
    return kind


def _packed(path: Path, kind: str) -> str:
    """A Word or OpenDocument text by what the file holds, whatever its name."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return kind
    if "content.xml" in names:
        return "odt"
    return "word" if any(name.startswith("word/document") for name in names) else kind


def _head(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limit)
    except OSError as error:
        raise ImportRefusedError(
            f"{path.name} cannot be read: {error.strerror or error}", surroundings=True
        ) from error


def _in_folder(folder: Path) -> ImportSource:
    if (folder / "content" / "publication.yaml").is_file():
        raise ImportRefusedError(
            f"{folder} is a publication of Fascicle already", f"fascicle build --project {folder}"
        )
    if any((folder / "content" / name).is_file() for name in ("metadata.yaml", "00.front-matter.md")):
        return ImportSource(folder, folder.resolve(), "manubot")
    if (folder / "_bookdown.yml").is_file() or (folder / "_quarto.yml").is_file():
        return ImportSource(folder, folder.resolve(), "book")
    for name in _MAIN:
        if inside(folder, name):
            found = find_source(folder / name)
            return ImportSource(found.path, folder.resolve(), found.kind)
    if any((folder / name).is_file() for name in ("myst.yml", "_toc.yml")):
        return ImportSource(folder, folder.resolve(), "myst")
    texts = [path for path in matching(folder, "*") if path.suffix.lower() in _BY_ENDING]
    if len(texts) == 1:
        return find_source(texts[0])
    listed = ", ".join(path.name for path in texts[:6]) or "no text"
    raise ImportRefusedError(f"{folder} holds {listed}: which one is to be imported?", "name the file")


def inside(root: Path, name: str, folder: Path | None = None) -> Path | None:
    """The file `name`, relative to `folder` or `root`; None when it is not there or lies outside of `root`."""
    root = root.resolve()
    for start in (folder or root, root):
        try:
            found = (start / name).resolve()
            if found.is_file() and found.is_relative_to(root):
                return found
        except (OSError, ValueError):
            continue
    return None


def matching(root: Path, pattern: str, folder: Path | None = None) -> list[Path]:
    """The files of `folder` or `root` whose names fit, in name order; links that lead out of `root` are none."""
    return sorted(path for path in (folder or root).glob(pattern) if inside(root, str(path.absolute())))


def text_of(path: Path) -> str:
    """A text file, its line ends made line feeds."""
    data = bytes_of(path, MAX_TEXT)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def bytes_of(path: Path, limit: int = MAX_FILE) -> bytes:
    """A file's bytes; ImportRefusedError when it is too large or cannot be read."""
    try:
        if path.stat().st_size > limit:
            raise ImportRefusedError(f"{path.name} is larger than {limit // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise ImportRefusedError(
            f"{path.name} cannot be read: {error.strerror or error}", surroundings=True
        ) from error
