"""The only reader of project files.

Text, bytes and listings, each read once and remembered with its hash.
"""

from __future__ import annotations

import hashlib
import os
import shlex
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from stat import S_ISCHR, S_ISFIFO

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.limits import hint_of, most_bytes
from fascicle.core.text.visible_text import visible
from fascicle.project.manifest import FileEntry


class Sources:
    """A project folder and what was read from it."""

    def __init__(self, root: Path, *, trusted: bool = True, templates: bool = False) -> None:
        self.root = root.resolve()
        """The project folder, absolute."""
        self.trusted = trusted
        """False (`--no-trust`) refuses links that lead out of the project folder."""
        self.own_templates = trusted or templates
        """Whether the project's own `templates/` are used: with trust, or accepted alone (`--trust-templates`)."""
        self.odd_names: set[str] = set()
        """Files passed over because their names are no text."""
        self._reads: dict[str, FileEntry] = {}
        self._bytes: dict[str, bytes] = {}

    @property
    def reads(self) -> Iterator[FileEntry]:
        """Everything read so far, in path order."""
        return (self._reads[path] for path in sorted(self._reads))

    def locate(self, path: str, problems: Collector, span: Span | None = None) -> Path | None:
        """The absolute path of `path`; None, with an error, when it leads out of the project folder."""
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\0" in path:
            hint = "copy or link the file into the project folder and give its path from there"
            problems.add(Code.PATH_OUTSIDE, f"the path '{path}' leads out of the project folder", span, hint)
            return None
        found = self.root / pure
        # os.path, unlike pathlib, does not raise at links that lead in a circle; reading them fails later, with a place.
        if not self.trusted and not Path(os.path.realpath(found)).is_relative_to(self.root):
            hint = "untrusted publications may not use links to files elsewhere"
            problems.add(Code.PATH_OUTSIDE, f"'{path}' is a link out of the project folder", span, hint)
            return None
        return found

    def exists(self, path: str) -> bool:
        """True when a file is there; its absence is remembered too, for a file that appears is a change."""
        quiet = Collector()
        found = self.locate(path, quiet)
        if found is not None and _is_file(found):
            self.digest(path)
            return True
        self._reads.setdefault(path, FileEntry(path, "", 0, 0))
        return False

    def digest(self, path: str) -> str:
        """SHA-256 of a file that exists, read in pieces so that a huge picture costs no memory."""
        if path not in self._reads or not self._reads[path].digest:
            found = self.root / path
            stat = found.stat()
            if stat.st_size > most_bytes(path):
                return self._stamped(path, stat)
            with found.open("rb") as stream:
                sha = hashlib.file_digest(stream, "sha256").hexdigest()
            self._reads[path] = FileEntry(path, sha, stat.st_mtime_ns, stat.st_size)
        return self._reads[path].digest

    def _stamped(self, path: str, stat: os.stat_result) -> str:
        """Size and time in the place of the digest of a file that nobody will read."""
        stamp = hashlib.sha256(f"{path} {stat.st_size} {stat.st_mtime_ns}".encode("utf-8", "surrogateescape"))
        self._reads[path] = FileEntry(path, stamp.hexdigest(), stat.st_mtime_ns, stat.st_size)
        return self._reads[path].digest

    def small_enough(self, path: str, problems: Collector, span: Span | None = None) -> bool:
        """Whether a file that is there may be read; what is too large is told."""
        size, most = (self.root / path).stat().st_size, most_bytes(path)
        if size > most:
            message = f"{path} has {size / 1e6:,.0f} MB, and {most / 1e6:,.0f} MB are the most"
            problems.add(Code.TOO_LARGE_FILE, message, span or Span(path), hint_of(path))
        return size <= most

    def bytes(self, path: str, problems: Collector, span: Span | None = None) -> bytes | None:
        """A file's bytes; None, with an error at `span`, when it cannot be read."""
        if path in self._bytes:
            return self._bytes[path]
        found = self.locate(path, problems, span)
        if found is None:
            return None
        try:
            stat = found.stat()
            if S_ISFIFO(stat.st_mode) or S_ISCHR(stat.st_mode):
                _unreadable(path, span, problems, "it is a pipe or a device, which may never end")
                return None
            if not self.small_enough(path, problems, span):
                self._stamped(path, stat)
                return None
            data = found.read_bytes()
        except FileNotFoundError:
            self._reads.setdefault(path, FileEntry(path, "", 0, 0))
            problems.add(Code.MISSING_FILE, f"the file {path} is not there", span, *self._near(found))
            return None
        except OSError as error:
            self._reads.setdefault(path, FileEntry(path, "", 0, 0))
            _unreadable(path, span, problems, error.strerror or str(error))
            return None
        sha = hashlib.sha256(data).hexdigest()
        self._reads[path] = FileEntry(path, sha, stat.st_mtime_ns, stat.st_size)
        self._bytes[path] = data
        return data

    def text(self, path: str, problems: Collector, span: Span | None = None) -> str | None:
        """A file's text with its line ends made line feeds; None, with an error, when it is not UTF-8."""
        data = self.bytes(path, problems, span)
        if data is None:
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problems.add(Code.NOT_UTF8, *_other_encoding(path, data, error.start))
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def listing(self, folder: str, suffix: str) -> list[str]:
        """Paths of the files in `folder` that end in `suffix`, in name order; hidden files are left out."""
        found = self.root / folder
        try:
            names = sorted(
                entry.name
                for entry in found.iterdir()
                if entry.name.endswith(suffix)
                and not entry.name.startswith(".")
                and (entry.is_file() or entry.is_symlink())
            )
            mtime = found.stat().st_mtime_ns
        except OSError:
            names, mtime = [], 0
        digest = (
            hashlib.sha256("\n".join(names).encode("utf-8", "surrogateescape")).hexdigest() if mtime else ""
        )
        self._reads[f"{folder}/*{suffix}"] = FileEntry(f"{folder}/*{suffix}", digest, mtime, len(names))
        reported = [name for name in names if not _is_text(name)]
        self.odd_names |= {f"{folder}/{name}" for name in reported}
        return [f"{folder}/{name}" for name in names if name not in reported]

    def below(self, folder: str, suffixes: tuple[str, ...]) -> list[str]:
        """Paths of the files with one of these endings in the folders of `folder`, one level down, in name order."""
        found = []
        for inner in self._folders(folder):
            for suffix in suffixes:
                found += self.listing(f"{folder}/{inner}", suffix)
        return sorted(found)

    def _folders(self, folder: str) -> list[str]:
        """Names of the folders in `folder`; hidden ones are left out."""
        try:
            return sorted(
                entry.name
                for entry in (self.root / folder).iterdir()
                if not entry.name.startswith((".", "_")) and entry.is_dir() and not entry.is_symlink()
            )
        except OSError:
            return []

    def _near(self, found: Path) -> tuple[str, ...]:
        """A hint that names a file of nearly the same name."""
        from fascicle.core.suggestions import get_close_matches

        try:
            names = [entry.name for entry in found.parent.iterdir() if entry.name != found.name]
        except OSError:
            return (f"the folder {found.parent.name}/ is not there either",)
        near = get_close_matches(found.name, names, n=1)
        return (f"did you mean '{near[0]}'?",) if near else ()


def _is_text(name: str) -> bool:
    """False for a name that is not UTF-8, or holds a control character such as a line end."""
    return visible(name) == name


def _is_file(path: Path) -> bool:
    """True when a file is there; False too for a name that is longer than any file's can be."""
    try:
        return path.is_file()
    except OSError:
        return False


def _unreadable(path: str, span: Span | None, problems: Collector, cause: str) -> None:
    problems.add(Code.UNREADABLE_FILE, f"{path} cannot be read", span, causes=[cause])


_UTF16 = (b"\xff\xfe", b"\xfe\xff")
"""What editors put at the beginning of a file in UTF-16."""


def _other_encoding(path: str, data: bytes, at: int) -> tuple[str, Span, str]:
    """What is said of a text whose byte `at` is no UTF-8: the letter that it most likely is, and how to save it."""
    span = Span(path, data.count(b"\n", 0, at) + 1, at - data.rfind(b"\n", 0, at))
    utf16 = data.startswith(_UTF16)
    name, encoding = shlex.quote(path), "UTF-16" if utf16 else "CP1252"
    again = (
        "save it in your editor with the encoding UTF-8, or type: "
        f"iconv -f {encoding} -t UTF-8 {name} > saved && mv saved {name}"
    )
    if utf16:
        return f"{path} is written in UTF-16, and must be in UTF-8", span, again
    letter = data[at : at + 1].decode("cp1252", "replace")
    likely = f" (perhaps '{letter}')" if letter.isprintable() and letter != "\ufffd" else ""
    return f"{path} is not written in UTF-8: a letter{likely} cannot be read", span, again
