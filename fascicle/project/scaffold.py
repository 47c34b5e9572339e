"""Writes a small complete publication into a new folder, whole or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.text.person_names import family_and_given

_RENAMED = {"gitignore": ".gitignore"}
"""A file called .gitignore among our own sources would hide files of ours."""
_HARMLESS = frozenset({".git", ".DS_Store"})
"""What a folder may hold and still count as empty."""


class OccupiedError(Exception):
    """The folder holds something already, or is none; the message says what."""


@dataclass(frozen=True, slots=True)
class StarterData:
    """What the new publication says of itself; what is empty stays as the starter has it."""

    title: str = ""
    """Its title; made from the folder's name when empty."""
    authors: Sequence[str] = ()
    """Names as people write them: `Family, Given`, `Given Family`, or a body or single name."""
    orcid: str = ""
    """ORCID of the first author."""
    language: str = ""
    """Language tag, such as de."""
    citation_style: str = ""
    """Citation style."""


def write(folder: Path, data: StarterData = StarterData()) -> tuple[Path, ...]:
    """Write the starter publication into `folder`, which must be empty or not be there; returns its files.

    Raises `OccupiedError`, or OSError when the folder cannot be written; in both cases nothing is left behind.
    """
    folder = folder.resolve()
    _refuse_occupied(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = folder.parent / f".{folder.name}.{os.getpid()}"
    stage.mkdir()
    try:
        data = replace(data, title=data.title or title_of(folder))
        written = [_copy(source, stage, data) for source in _sources()] + _schemas(stage)
        _move_in(stage, folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return tuple(folder / path.relative_to(stage) for path in written)


def today() -> date:
    """The day a new publication is dated: SOURCE_DATE_EPOCH's, else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (
        datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now().astimezone()
    ).date()


def _sources() -> list[Path]:
    return sorted(path for path in _scaffold().rglob("*") if path.is_file())


def _scaffold() -> Path:
    return builtin_folder() / "scaffold"


def _refuse_occupied(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise OccupiedError(f"{folder.name} is a file")
    held = (
        sorted(path.name for path in folder.iterdir() if path.name not in _HARMLESS)
        if folder.is_dir()
        else []
    )
    if held:
        shown = ", ".join(held[:3]) + (f" and {len(held) - 3} more" if len(held) > 3 else "")
        raise OccupiedError(f"{folder.name} is not empty: it holds {shown}")


def _copy(source: Path, stage: Path, data: StarterData) -> Path:
    """Copy one file, with what the publication says of itself put in where the file states it."""
    relative = source.relative_to(_scaffold())
    target = stage / relative.with_name(_RENAMED.get(relative.name, relative.name))
    target.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_text(encoding="utf-8")
    if relative.name == "publication.yaml":
        text = _personal(text, data)
    elif relative.name == "README.md":
        text = _replaced(text, r"^# .*$", f"# {data.title}")
    target.write_text(text, encoding="utf-8")
    return target


def _schemas(stage: Path) -> list[Path]:
    """The schemas that the first lines of the YAML files name, for editors."""
    from fascicle.project import schemas  # nothing else of a new publication needs the model

    (stage / schemas.FOLDER).mkdir()
    made = []
    for name, schema in (
        (schemas.PUBLICATION, schemas.publication_schema),
        (schemas.LEDGER, schemas.ledger_schema),
    ):
        path = stage / schemas.FOLDER / f"{name}.schema.json"
        path.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        made.append(path)
    return made


def _personal(text: str, data: StarterData) -> str:
    """publication.yaml with its own title, authors, date, language and style."""
    lines = {"title": _quoted(data.title), "date": today().isoformat()}
    if data.language:
        lines["language"] = data.language
    if data.citation_style:
        lines["citation-style"] = _quoted(data.citation_style)
    for key, value in lines.items():
        text = _replaced(text, rf"^{key}: .*$", f"{key}: {value}")
    if data.authors:
        first, *others = data.authors
        people = "authors:\n" + _person(first, data.orcid) + "".join(_person(author) for author in others)
        text = _replaced(text, r"^authors:\n(?: .*\n)+", people)
    return text


def _replaced(text: str, pattern: str, by: str) -> str:
    """`text` with the one match of `pattern` replaced, backslashes of `by` taken as they are."""
    return re.sub(pattern, lambda _: by, text, count=1, flags=re.MULTILINE)


def _person(author: str, orcid: str = "") -> str:
    """An entry of `authors` for a name as people write it."""
    family, given = family_and_given(author)
    identity = f"    orcid: {_quoted(orcid)}\n" if orcid else ""
    if given:
        return f"  - family: {_quoted(family)}\n    given: {_quoted(given)}\n{identity}"
    return f"  - literal: {_quoted(family)}\n{identity}"


def _quoted(value: str) -> str:
    """A YAML scalar: every JSON text is one."""
    return json.dumps(value, ensure_ascii=False)


def title_of(folder: Path) -> str:
    """A title made from the folder's name: `my-essay` becomes `My essay`."""
    words = " ".join(re.split(r"[\s_-]+", folder.name.strip("._- ")))
    return words[:1].upper() + words[1:] or "A small publication"


def _move_in(stage: Path, folder: Path) -> None:
    """Rename the finished stage to `folder`; into a folder that is there already, entry by entry."""
    if not folder.exists():
        stage.rename(folder)
        return
    moved: list[Path] = []
    try:
        for entry in sorted(stage.iterdir()):
            moved.append(entry.rename(folder / entry.name))  # noqa: PERF401 - what moved before a failure counts
    except OSError:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
