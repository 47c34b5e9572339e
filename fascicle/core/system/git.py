"""Git, asked for what it keeps alone: nobody's configuration, filters, hooks or programs have a part in it.

A repository's objects are read through a folder of our own that holds copies of its references and nothing else of it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from fascicle.core.system.sandbox import SandboxPolicy, run

PROGRAM = "git"
SECONDS = 120
"""Longest time that one run may take."""
MOST = 1 << 30
"""Bytes of one revision's files that are taken out."""
_AT_ONCE = 1 << 26
_NOTHING = "/dev/null"
_REFERENCE = re.compile(r"(?:ref: )?[\x21-\x7e\x80-\U0010ffff]{1,4096}\s*")
_SHA256 = re.compile(r"^[ \t]*objectformat[ \t]*=[ \t]*sha256[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
_FILES = ("100644", "100755", "100664")
"""Modes of plain files: links and other repositories stay where they are."""


class GitError(Exception):
    """Git did not do what it was asked; the text says why."""


class GitNotInstalledError(GitError):
    """There is no git."""

    def __init__(self) -> None:
        super().__init__(f"{PROGRAM} is not installed")


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository whose objects may be read."""

    top: Path
    """The folder of its files."""
    folder: Path
    """Our own folder, which git takes for the repository."""
    objects: Path
    """The repository's objects."""

    def ask(self, arguments: Sequence[str], data: bytes | None = None) -> bytes:
        """What a git command says. Raises GitError."""
        program = shutil.which(PROGRAM)
        if program is None:
            raise GitNotInstalledError
        command = [program, "--no-pager", "--no-replace-objects", "--literal-pathspecs", *arguments]
        wall = SandboxPolicy((str(self.folder), str(self.objects)), (), SECONDS)
        try:
            done = run(command, wall, self._environment(), self.folder, SECONDS, data)
        except OSError as error:
            raise GitError(f"{PROGRAM} cannot be run: {error.strerror or error}") from error
        except subprocess.TimeoutExpired as error:
            raise GitError(f"git did not end within {SECONDS} seconds") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise GitError(said[-1].removeprefix("fatal: ") if said else "git failed without saying why")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        """Nothing of the user's: no home, no configuration, no prompt, no fetching of what is not there."""
        return {
            "PATH": os.defpath,
            "HOME": _NOTHING,
            "XDG_CONFIG_HOME": _NOTHING,
            "LC_ALL": "C.UTF-8",
            "GIT_DIR": str(self.folder),
            "GIT_OBJECT_DIRECTORY": str(self.objects),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_SYSTEM": _NOTHING,
            "GIT_CONFIG_GLOBAL": _NOTHING,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "",
            "GIT_ASKPASS": "false",
        }

    def commit(self, revision: str) -> str:
        """The commit that a revision names. Raises GitError."""
        if not _REFERENCE.fullmatch(revision) or revision.startswith("-"):
            raise GitError(f"'{revision}' names no revision")
        try:
            found = self.ask(
                ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
            )
        except GitNotInstalledError:
            raise
        except GitError as error:
            raise GitError(f"there is no revision '{revision}' in {self.top.name}") from error
        return found.decode().strip()

    def tags(self) -> list[tuple[str, str]]:
        """Every tag of a commit with the day of that commit, the earliest in the history first. Raises GitError."""
        listed = self.ask(["for-each-ref", "--format=%(refname:strip=2)", "refs/tags"]).decode(
            "utf-8", "replace"
        )
        found: list[tuple[int, str, str]] = []
        for name in listed.splitlines():
            with suppress(GitError):
                commit = self.commit(f"refs/tags/{name}")
                count = int(self.ask(["rev-list", "--count", commit]))
                day = self.ask(["show", "--no-patch", "--format=%cs", commit]).decode().strip()
                found.append((count, name, day))
        return [(name, day) for _, name, day in sorted(found)]

    def subject(self, commit: str) -> str:
        """The first line of a commit's message."""
        raw = self.ask(["cat-file", "commit", commit]).decode("utf-8", "replace")
        return raw.partition("\n\n")[2].partition("\n")[0]

    def export(self, commit: str, under: str, target: Path) -> None:
        """Write the files that a commit has in the folder `under` into `target`, byte for byte as they are kept."""
        listed = self.ask(
            ["ls-tree", "-r", "-z", "--long", "--full-tree", commit, *([f"{under}/"] if under else [])]
        )
        waiting: list[tuple[str, Path]] = []
        size = total = 0
        for kind, digest, length, path in _entries(listed):
            place = _place(path, under)
            if kind not in _FILES or place is None:
                continue
            total, size = total + length, size + length
            if total > MOST:
                raise GitError(f"the files of {commit[:12]} are larger than {MOST >> 20} MiB")
            waiting.append((digest, target / place))
            if size > _AT_ONCE:
                self._write(waiting)
                waiting, size = [], 0
        self._write(waiting)

    def _write(self, files: Sequence[tuple[str, Path]]) -> None:
        if not files:
            return
        asked = "".join(f"{digest}\n" for digest, _ in files).encode()
        answer = memoryview(self.ask(["cat-file", "--batch"], asked))
        for digest, path in files:
            end = bytes(answer[:256]).index(b"\n")
            head = bytes(answer[:end]).decode().split()
            if len(head) != 3 or head[1] != "blob":
                raise GitError(f"the repository lacks an object ({digest[:12]})")
            begins, length = end + 1, int(head[2])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(answer[begins : begins + length])
            answer = answer[begins + length + 1 :]


def _entries(listed: bytes) -> Iterator[tuple[str, str, int, str]]:
    """Mode, object, size and path of each file."""
    for line in listed.split(b"\0"):
        if line:
            facts, _, path = line.partition(b"\t")
            mode, _, digest, size = facts.decode().split()
            yield mode, digest, int(size) if size.isdecimal() else 0, os.fsdecode(path)


def _place(path: str, under: str) -> str | None:
    """Where a file goes; None for one that could go elsewhere, and for what builds have made."""
    inside = path.removeprefix(f"{under}/") if under else path
    parts = PurePosixPath(inside).parts
    if not parts or path.startswith("/") or parts[0] == "build":
        return None
    return None if any(part in ("..", ".") or part.lower() == ".git" for part in parts) else inside


@contextmanager
def opened(folder: Path) -> Iterator[Repository]:
    """The repository that a folder is in. Raises GitError when it is in none."""
    top, kept, common = _found(folder.resolve())
    with TemporaryDirectory(prefix="fascicle-git-") as name:
        own = Path(name)
        (own / "objects").mkdir()
        (own / "refs").mkdir()
        for file in ("packed-refs", "shallow"):
            _copy(common / file, own / file)
        _copy(kept / "HEAD", own / "HEAD")
        _copy_references(common / "refs", own / "refs")
        stated = _small_text(common / "config")
        extension = "1\n[extensions]\n\tobjectFormat = sha256\n" if _SHA256.search(stated) else "0\n"
        (own / "config").write_text(f"[core]\n\tbare = true\n\trepositoryformatversion = {extension}")
        yield Repository(top, own, common / "objects")


def _found(folder: Path) -> tuple[Path, Path, Path]:
    """The folder of the files, that of HEAD, and that of the objects."""
    for top in (folder, *folder.parents):
        kept = top / ".git"
        if kept.is_dir() and not kept.is_symlink():
            return top, kept, kept
        if kept.is_file() and not kept.is_symlink():
            return top, *_worktree(kept)
    raise GitError(f"{folder} is in no git repository; name a folder instead of a revision")


def _worktree(link: Path) -> tuple[Path, Path]:
    """Where a further working tree is kept: each of the two must name the other."""
    kept = Path(_small_text(link).partition("gitdir:")[2].strip())
    kept = kept if kept.is_absolute() else link.parent / kept
    back = _small_text(kept / "gitdir").strip()
    common = kept / (_small_text(kept / "commondir").strip() or "missing")
    if not back or Path(back).resolve() != link.resolve() or not (common / "objects").is_dir():
        raise GitError(f"{link} names no repository that names it in turn")
    return kept, common.resolve()


def _copy_references(source: Path, target: Path) -> None:
    for where, folders, names in os.walk(source):
        here = target / Path(where).relative_to(source)
        folders[:] = [name for name in folders if not (Path(where) / name).is_symlink()]
        here.mkdir(exist_ok=True)
        for name in names:
            _copy(Path(where) / name, here / name)


def _copy(source: Path, target: Path) -> None:
    """Copy a file of lines about objects; anything else is left."""
    if source.is_file() and not source.is_symlink():
        target.write_bytes(source.read_bytes())


def _small_text(path: Path) -> str:
    if not path.is_file() or path.stat().st_size > 1 << 20:
        return ""
    return path.read_text(encoding="utf-8", errors="replace")
