"""The essay as latexmk has it: the main file that our own build typesets, in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.run import Request, Run
from fascicle.typeset.environment import font_cache
from tests.bench.harness import timed

LATEXMK = ("latexmk", "-norc", "-lualatex", "-interaction=nonstopmode")
LUALATEX = ("lualatex", "-interaction=nonstopmode")
BIBER = ("biber", "--noconf", "main")


def forget(project: Path) -> None:
    """Leave nothing of this text: neither its build folder nor its preamble. As for a new one, by a user of the program."""
    shutil.rmtree(font_cache(project / "build") / "heads", ignore_errors=True)
    shutil.rmtree(project / "build", ignore_errors=True)


def forget_kind(project: Path) -> None:
    """Leave nothing of texts with these packages and this citation style either: only the fonts."""
    for name in ("control", "formats"):
        shutil.rmtree(font_cache(project / "build") / name, ignore_errors=True)
    forget(project)


def manuscript_of(project: Path) -> Manuscript:
    """Steps 1 to 4 of the screen edition."""
    run = Run(Request(project.resolve()), "screen", lambda event: None)
    manuscript = read_manuscript(run)
    assert manuscript, [str(found) for found in run.problems.sorted()]
    assert manuscript.assembled
    return manuscript


def warm_fonts(project: Path) -> Mapping[str, str]:
    """An environment with our own font cache, which a build has filled: nobody pays for fonts."""
    cache = str(font_cache(project / "build"))
    return {"TEXMFVAR": cache, "TEXMFCACHE": cache}


@dataclass(frozen=True, slots=True)
class Latexmk:
    """latexmk on the main file that our own build typesets."""

    project: Path
    """The publication."""
    folder: Path
    """Where latexmk works."""

    def export(self) -> None:
        """Write the main file and its inputs as they are now; files that did not change are left alone."""
        assembled = manuscript_of(self.project).assembled
        assert assembled
        texts = {"main.tex": assembled.tex, **assembled.texts}
        for name, text in texts.items():
            self._put(name, text.encode())
        for name, path in assembled.pictures.items():
            self._put(name, path.read_bytes())

    def run(self) -> float:
        """Seconds of a run."""
        return self.program(*LATEXMK, "main.tex")

    def cold(self) -> float:
        """Seconds of a run in a folder that holds nothing but main file and inputs."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.export()
        return self.run()

    def bare(self, cache: Path) -> float:
        """Seconds of such a run on a machine that has never set these fonts: `cache` is an empty folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.export()
        fonts = {"TEXMFVAR": str(cache), "TEXMFCACHE": str(cache), "HOME": str(self.folder)}
        return timed((*LATEXMK, "main.tex"), self.folder, fonts)

    def program(self, *command: str) -> float:
        """Seconds of another program in the same place."""
        return timed(command, self.folder, {**warm_fonts(self.project), "HOME": str(self.folder)})

    def _put(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
