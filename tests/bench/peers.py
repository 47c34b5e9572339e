"""The same text for other programs: the essay as a folder for latexmk, and as one Markdown file for pandoc."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from fascicle.manuscript import Manuscript, read_manuscript
from fascicle.press import font_cache
from fascicle.run import Request, Run
from tests.bench.harness import pandoc, timed
from tests.conftest import ROOT

_LATEXMK = ("latexmk", "-norc", "-lualatex", "-interaction=nonstopmode", "main.tex")
_SECTION = re.compile(r"\A---\n(.*?\n)---\n(.*)\Z", re.DOTALL)


def copy_essay(folder: Path) -> Path:
    """The essay as a publication of its own."""
    for name in ("content", "bib", "figures"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def manuscript_of(project: Path) -> Manuscript:
    """Steps 1 to 4 of the screen edition."""
    run = Run(Request(project.resolve()), "screen", lambda event: None)
    manuscript = read_manuscript(run)
    assert manuscript, [str(found) for found in run.problems.sorted()]
    assert manuscript.assembled
    return manuscript


@dataclass(frozen=True, slots=True)
class Latexmk:
    """latexmk on the main file that our own build typesets, with our own warm font cache."""

    project: Path
    """The publication."""
    folder: Path
    """Where latexmk works."""

    def export(self) -> None:
        """Write the main file and its inputs as they are now; files that did not change are left alone."""
        assembled = manuscript_of(self.project).assembled
        assert assembled
        texts = {"main.tex": assembled.tex, **assembled.texts, **assembled.bibliographies}
        for name, text in texts.items():
            self._put(name, text.encode())
        for name, path in assembled.pictures.items():
            self._put(name, path.read_bytes())

    def run(self) -> float:
        """Seconds of a run."""
        return timed(_LATEXMK, self.folder, self._environment)

    def cold(self) -> float:
        """Seconds of a run in a folder that holds nothing but main file and inputs."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.export()
        return self.run()

    @property
    def _environment(self) -> Mapping[str, str]:
        cache = str(font_cache(self.project / "build"))
        return {"TEXMFVAR": cache, "TEXMFCACHE": cache, "HOME": str(self.folder)}

    def _put(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


@dataclass(frozen=True, slots=True)
class Pandoc:
    """pandoc with citeproc on the same sections, joined to one file."""

    project: Path
    """The publication."""
    folder: Path
    """Where pandoc works."""

    def export(self) -> None:
        """Write text, bibliography and pictures."""
        manuscript = manuscript_of(self.project)
        assert manuscript.assembled
        self.folder.mkdir(parents=True, exist_ok=True)
        text = "\n".join(_body(path) for path in sorted((self.project / "content").glob("*.md")))
        for name, path in manuscript.assembled.pictures.items():
            shutil.copy(path, self.folder / Path(name).name)
            stem = Path(name).stem.split("-", 1)[1]
            text = re.sub(rf"figures/{re.escape(stem)}\.\w+", Path(name).name, text)
        data = manuscript.publication.data
        head = {
            "title": "The same text",
            "lang": data.language,
            "bibliography": "all.bib",
            "abstract": data.abstract,
        }
        bib = "\n".join(path.read_text() for path in sorted((self.project / "bib").glob("*.bib")))
        (self.folder / "all.bib").write_text(bib)
        (self.folder / "text.md").write_text(f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{text}")

    def run(self) -> float:
        """Seconds of a run; pandoc keeps nothing between two."""
        cache = str(font_cache(self.project / "build"))
        command = (
            pandoc() or "pandoc",
            "--citeproc",
            "--pdf-engine=lualatex",
            "text.md",
            "--output=text.pdf",
        )
        return timed(
            command, self.folder, {"TEXMFVAR": cache, "TEXMFCACHE": cache, "PATH": os.environ["PATH"]}
        )


def _body(path: Path) -> str:
    """A section as pandoc reads it: its title as a heading."""
    matched = _SECTION.match(path.read_text(encoding="utf-8"))
    assert matched, path
    return f"# {yaml.safe_load(matched[1])['title']}\n{matched[2]}\n"
