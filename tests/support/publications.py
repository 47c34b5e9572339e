"""Small publications for tests, written into a folder and built in process."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image

from fascicle.pipeline.build import BuildResult, build_edition, check_edition
from fascicle.pipeline.run import Request
from tests.support.diagnostics import in_full, places_and_codes

SMALL: Mapping[str, str] = {
    "content/publication.yaml": "title: A Small Thing\nauthors: [{family: Small, given: Ann}]\nlanguage: en-GB\n",
    "content/01-one.md": "---\ntitle: One\n---\n\nA paragraph of text.\n",
}
"""The least publication that builds."""


def png(width: int = 900, height: int = 600) -> bytes:
    """A small grey picture."""
    stream = BytesIO()
    Image.new("L", (width, height), 128).save(stream, "PNG", dpi=(300, 300))
    return stream.getvalue()


SOUND: Mapping[str, str | bytes] = {
    "content/publication.yaml": """\
title: A Sound Thing
authors:
  - family: Whole
    given: Ann
language: en-GB
date: 2024-02-29
""",
    "content/01-one.md": """\
---
title: One
---

A paragraph that cites a work [@small2001, p. 7] and speaks of @fig:plate.

![A grey plate.](figures/plate.png){#fig:plate width=50%}

## A part {#part}

As @sec:part says, there is little to say.
""",
    "bib/works.bib": """\
@book{small2001,
  author = {Small, Ann},
  title = {A Small Book},
  date = {2001},
  publisher = {Press},
  location = {Leeds},
}
""",
    "figures/figures.yaml": """\
plate.png:
  permission: own
  alt: A plate in even grey
  credit: Drawn for this test
""",
    "figures/plate.png": png(),
}
"""A publication that has one of everything and no fault."""

TINY: Mapping[str, str] = {
    "content/publication.yaml": """\
title: A Tiny Thing
authors: [{family: Small, given: Ann}]
language: en-GB
date: 2024-02-29
trust: {raw-latex: true}
editions: {screen: {template: tiny, standard: none}}
""",
    "content/01-one.md": "---\ntitle: One\n---\n\nA paragraph of text.\n",
    "templates/tiny/template.yaml": "description: Hardly anything, to be typeset in no time\n",
    "templates/tiny/main.tex": """\
\\documentclass{article}
\\usepackage{graphicx}
((* for package in packages *))
\\usepackage{((( package )))}
((* endfor *))
((* include "shared/fascicle.tex" *))
\\begin{document}
((( body )))
\\end{document}
""",
}
"""The least publication with the least template: raw LaTeX is trusted, and TeX is done in a second."""


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below `root`, which is given back."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def small(root: Path, **more: str | bytes) -> Path:
    """The least publication, with `more` files; `__` in a name stands for `/`, a single file's name is section 01."""
    return write(root, {**SMALL, **more})


def build(root: Path, **settings: bool | float) -> BuildResult:
    """Build the screen edition of the publication in `root`."""
    return build_edition(Request(root, **settings), "screen", lambda event: None)  # type: ignore[arg-type]


def reported(result: BuildResult) -> list[str]:
    """The result's diagnostics as `place code`."""
    return places_and_codes(result.diagnostics)


def checked(root: Path, **settings: bool) -> list[str]:
    """What `fascicle check` says of the publication in `root`, as `place code message`."""
    found = check_edition(Request(root, **settings), "screen")  # type: ignore[arg-type]
    return in_full(found.sorted())
