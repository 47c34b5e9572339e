"""Writes in the author's files what can be mended without thought, after showing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from fascicle.core.diagnostics import Collector
from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.document.other_syntax.find import mended
from fascicle.document.other_syntax.tell import known_to
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources


@dataclass(frozen=True, slots=True)
class AutoFix:
    """What would become of one file."""

    path: Path
    """The file."""
    name: str
    """Its path in the project."""
    before: bytes
    """What it holds."""
    after: bytes
    """What it would hold."""
    places: int
    """How many places change."""

    @property
    def diff(self) -> Iterator[str]:
        """The change as lines of a unified diff."""
        old, new = (each.decode("utf-8").splitlines() for each in (self.before, self.after))
        return unified_diff(old, new, self.name, self.name, lineterm="")

    def write(self) -> bool:
        """Write the file whole or not at all; False when somebody else has changed it meanwhile."""
        if self.path.read_bytes() != self.before:
            return False
        mode = self.path.stat().st_mode
        deliver_bytes(self.after, self.path.resolve())
        self.path.chmod(mode)
        return True


def find_fixes(sources: Sources) -> list[AutoFix]:
    """What can be mended in a publication's sections; without trust not in those that are links to files elsewhere."""
    root = sources.root
    publication = read_publication(sources, Collector())
    if publication is None:
        return []
    known = known_to(publication)
    found = []
    for section in publication.sections:
        path = root / section.path
        text, changed = mended(section.text, known)
        before = path.read_bytes() if changed else b""
        if after := _with_body(before, section.text, text):
            found.append(AutoFix(path, section.path, before, after, sum(len(one.places) for one in changed)))
    return found


def _with_body(before: bytes, old: str, new: str) -> bytes | None:
    """The file with another text under the same front matter, in its own line ends; None when they are of two kinds."""
    windows = before.count(b"\r\n")
    if windows not in (0, before.count(b"\n")):
        return None
    whole = before.decode("utf-8").replace("\r\n", "\n")
    if not old or not whole.endswith(old):
        return None
    after = (whole.removesuffix(old) + new).encode()
    return after.replace(b"\n", b"\r\n") if windows else after
