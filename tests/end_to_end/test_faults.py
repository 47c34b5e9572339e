"""The catalogue of seeded faults: each is told at exactly the place its author wrote, and nothing else is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from fascicle.core.diagnostics import Diagnostic
from fascicle.pipeline.build import build_edition, check_edition
from fascicle.pipeline.run import Request
from tests.support.publications import SMALL, SOUND, TINY, write

FOLDER = Path(__file__).parent / "faults"
BASES: Mapping[str, Mapping[str, str | bytes]] = {"sound": SOUND, "small": SMALL, "tiny": TINY}


@dataclass(frozen=True)
class Case:
    """One publication with faults in it.

    Its files are those of a base without fault (`sound` has one of everything, `small` is the least, `tiny` has
    the least template too), changed by
    `files` (whole files; null removes one), `replace` (text that stands once, and what comes in its place) and
    `append`; `edition` is what is built. `expected` are lines `file:line:column severity[code] part of message or hints`; the column and the
    part may be left out, and the place is `-` when no file is to blame.
    """

    title: str
    expected: tuple[str, ...]
    base: str = "sound"
    edition: str = "screen"
    files: Mapping[str, str | None] = field(default_factory=dict)
    replace: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    append: Mapping[str, str] = field(default_factory=dict)
    request: Mapping[str, Any] = field(default_factory=dict)

    def lay_out(self, root: Path) -> Path:
        """Write the publication into a folder."""
        files: dict[str, str | bytes] = dict(BASES[self.base])
        for name, content in self.files.items():
            if content is None:
                del files[name]
            else:
                files[name] = content
        for name, changes in self.replace.items():
            for old, new in changes.items():
                text = files[name]
                assert isinstance(text, str)
                assert text.count(old) == 1, f"{old!r} does not stand once in {name}"
                files[name] = text.replace(old, new)
        for name, more in self.append.items():
            text = files.get(name, "")
            assert isinstance(text, str)
            files[name] = text + more
        return write(root, files)


def cases(folder: Path) -> Iterator[Any]:
    """The cases of a folder's fixture files, as parameters."""
    for path in sorted(folder.glob("*.yaml")):
        for given in yaml.safe_load(path.read_text(encoding="utf-8")):
            case = Case(**{**given, "expected": tuple(given["expected"])})
            yield pytest.param(case, id=f"{path.stem}: {case.title}")


def line(found: Diagnostic) -> str:
    """A diagnostic as the fixtures write it."""
    return f"{found.span or '-'} {found.severity}[{found.code}] {' | '.join([found.message, *found.hints])}"


def assert_told(found: list[Diagnostic], expected: tuple[str, ...]) -> None:
    """All that is expected was told, in order, and nothing else."""
    reported = [line(item) for item in found]
    listed = "\n".join(reported) or "nothing was told"
    assert len(reported) == len(expected), listed
    for observed, wanted in zip(reported, expected, strict=True):
        place, code, *part = wanted.split(" ", 2)
        start = re.escape(place) if place == "-" or place.count(":") == 2 else re.escape(place) + r":\d+"
        assert re.match(f"{start} {re.escape(code)} ", observed), f"not {place} {code}:\n{listed}"
        assert not part or part[0] in observed, f"{part[0]!r} is not in {observed!r}"


WITHOUT_TEX = list(cases(FOLDER))
WITH_TEX = list(cases(FOLDER / "tex"))


@pytest.mark.parametrize("base", BASES)
def test_the_bases_have_no_fault(base: str, tmp_path: Path) -> None:
    root = Case("sound", (), base).lay_out(tmp_path)
    assert list(check_edition(Request(root), "screen")) == []


@pytest.mark.parametrize("case", WITHOUT_TEX)
def test_a_fault_that_needs_no_tex(case: Case, tmp_path: Path) -> None:
    found = check_edition(Request(case.lay_out(tmp_path), **case.request), case.edition)
    assert_told(found.sorted(), case.expected)


@pytest.mark.tex
@pytest.mark.release
@pytest.mark.parametrize("case", WITH_TEX)
def test_a_fault_that_tex_finds(case: Case, tmp_path: Path) -> None:
    request = Request(case.lay_out(tmp_path), **{"seconds": 60.0, **case.request})
    result = build_edition(request, case.edition, lambda event: None)
    assert_told(list(result.diagnostics), case.expected)


def test_there_are_cases_enough() -> None:
    assert len(WITHOUT_TEX) + len(WITH_TEX) >= 90
