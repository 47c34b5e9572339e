"""The versions that are compared: folders, and revisions of git taken out into folders of our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from fascicle.core.system.git import GitError, opened
from fascicle.pipeline.submitted_text import journals_with_submissions, submitted
from fascicle.project.publication import PUBLICATION

_HINT = "name a revision that 'git log' lists, or the folder of a publication"


class VersionError(Exception):
    """There is no such version; the text says why."""

    def __init__(self, message: str, hint: str = _HINT) -> None:
        super().__init__(message)
        self.hint = hint
        """What to do about it."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a publication."""

    folder: Path
    """The publication's folder, absolute."""
    name: str
    """What it is called: a revision, a folder."""
    commit: str = ""
    """The commit that it is; empty for a folder."""


@contextmanager
def version(name: str, project: Path) -> Iterator[Version]:
    """The version that a folder or a revision of the project's repository is. Raises VersionError."""
    folder = Path(name)
    if folder.is_dir() and (folder / PUBLICATION).is_file():
        yield Version(folder.resolve(), name)
        return
    if name.endswith(".odt"):
        raise VersionError(f"'{name}' is an OpenDocument text: save it as .docx")
    with TemporaryDirectory(prefix="fascicle-version-") as own:
        target = Path(own) / "publication"
        try:
            commit = _take_out(name, project, target)
        except GitError as error:
            raise VersionError(str(error)) from error
        if not (target / PUBLICATION).is_file():
            raise VersionError(f"'{name}' holds no {PUBLICATION}: name a version since there is one")
        yield Version(target, name, commit)


def submission(journal: str, project: Path) -> Version:
    """What a journal got last. Raises VersionError."""
    folder = submitted(project, journal)
    if folder is None:
        known = journals_with_submissions(project)
        others = (
            f"what {' and '.join(known)} got is kept"
            if known
            else f"it is kept from the next 'fascicle submit {journal}' on; name the older version by its folder or revision"
        )
        raise VersionError(f"nothing is kept of a submission to '{journal}'", others)
    return Version(folder.resolve(), f"the submission to {journal}")


def _take_out(name: str, project: Path, target: Path) -> str:
    with opened(project) as repository:
        commit = repository.commit(name)
        under = project.resolve().relative_to(repository.top).as_posix()
        target.mkdir(parents=True)
        repository.export(commit, "" if under == "." else under, target)
    return commit
