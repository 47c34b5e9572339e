"""The essay as one Markdown file, for programs that know no sections: the same words, pictures and works cited."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml
from PIL import Image

from tests.bench.peers import manuscript_of

TEXT, BIB = "text.md", "all.bib"
_SECTION = re.compile(r"\A---\n(.*?\n)---\n(.*)\Z", re.DOTALL)
_PICTURE = re.compile(r"\]\((figures/[^)]+)\)")
_REFERENCE = re.compile(r"@((?:fig|tbl|sec):[\w-]+)")


@dataclass(frozen=True, slots=True)
class OneFile:
    """A folder with the whole essay in one file."""

    project: Path
    """The publication."""
    folder: Path
    """Where the file lies, with bibliography and pictures."""

    def export(self, *, typst: bool = False) -> None:
        """Write it. Typst is given our cross-references in its own words, since pandoc takes them for citations."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = "\n".join(_body(path) for path in sorted((self.project / "content").glob("*.md")))
        text = self._with_pictures(text)
        if typst:
            text = _REFERENCE.sub(r"`@\1`{=typst}", text)
        data = manuscript_of(self.project).publication.data
        head = {
            "title": "The same text",
            "lang": data.language,
            "bibliography": BIB,
            "abstract": data.abstract,
        }
        bib = "\n".join(path.read_text("utf-8") for path in sorted((self.project / "bib").glob("*.bib")))
        (self.folder / BIB).write_text(bib, "utf-8")
        (self.folder / TEXT).write_text(
            f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{text}", "utf-8"
        )

    def _with_pictures(self, text: str) -> str:
        """The text with the names of the pictures as our own build gives them to TeX; a plate where there is none."""
        assembled = manuscript_of(self.project).assembled
        assert assembled
        made = {Path(name).stem.split("-", 1)[1]: path for name, path in assembled.pictures.items()}
        for place in _PICTURE.findall(text):
            stem = Path(place).stem
            name = f"{stem}{made[stem].suffix}" if stem in made else f"{stem}.png"
            if stem in made:
                shutil.copy(made[stem], self.folder / name)
            else:
                Image.new("L", (900, 600), 200).save(self.folder / name, dpi=(150, 150))
            text = text.replace(f"]({place})", f"]({name})")
        return text


def _body(path: Path) -> str:
    """A section: its title as a heading, then its text."""
    matched = _SECTION.match(path.read_text(encoding="utf-8"))
    assert matched, path
    return f"# {yaml.safe_load(matched[1])['title']}\n{matched[2]}\n"
