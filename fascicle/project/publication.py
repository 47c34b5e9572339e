"""Step 1 as a whole: publication.yaml, the sections, the bibliography and the ledger, read into one `Publication`."""

from __future__ import annotations

import re
import shlex
import unicodedata
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Places, Publication, PublicationData
from fascicle.core.text.visible_text import visible
from fascicle.project.bibliography.files.formats import SUFFIXES
from fascicle.project.bibliography.library import read_bibliography
from fascicle.project.figures.ledger import read_ledger
from fascicle.project.sections import read_sections
from fascicle.project.sources import Sources
from fascicle.project.validation import places, validate
from fascicle.project.yaml_reader import read_yaml

PUBLICATION = "content/publication.yaml"


def read_publication(sources: Sources, problems: Collector) -> Publication | None:
    """Everything the author states; None when there is no publication at all to go on with."""
    text = sources.text(PUBLICATION, problems) if sources.exists(PUBLICATION) else None
    if text is None:
        if not problems.failed:
            problems.add(Code.MISSING_FILE, f"there is no {PUBLICATION} here", None, _way_in(sources.root))
        return None
    located = read_yaml(text, PUBLICATION, problems)
    data = validate(PublicationData, located, PUBLICATION, problems)
    if data is None:
        return None
    stated = places(located, PUBLICATION)
    _tell_starter(data, stated, problems)
    _check_affiliations(data, stated, problems)
    files = list(data.bibliography) or [path for end in SUFFIXES for path in sources.listing("bib", end)]
    spans = [stated.of("bibliography", number) if data.bibliography else None for number in range(len(files))]
    if not files:
        _tell_stray(sources, problems)
    publication = Publication(
        data=data,
        places=stated,
        slug=data.slug or _slug(data.title),
        sections=read_sections(data.sections, stated, sources, problems),
        pictures=read_ledger(sources, problems),
        bibliography=read_bibliography(sources, list(zip(files, spans, strict=True)), problems),
    )
    for name in sorted(sources.odd_names):
        message = f"the name of the file '{visible(name)}' is not plain text, so it is not read"
        problems.add(Code.ODD_FILE_NAME, message, None, "give it another name")
    return publication


_MANUSCRIPTS = ("content/metadata.yaml", "paper.md", "_quarto.yml", "_bookdown.yml")
"""Files by which texts of other programs show themselves."""
_ENDINGS = (".docx", ".odt", ".qmd", ".Rmd", ".tex", ".md")
"""Endings of files that may be somebody's text, the likeliest first."""


def _way_in(folder: Path) -> str:
    """What to type in a folder that is no publication: the way to bring in the text that lies in it, if one does."""
    found = next((name for name in _MANUSCRIPTS if (folder / name).is_file()), "")
    if found:
        source = found if found == "paper.md" else "."
        return f"bring in the text that is here: fascicle import {source} NEWDIR"
    names = sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    texts = [name for end in _ENDINGS for name in names if name.endswith(end) and name.lower() != "readme.md"]
    if texts:
        return f"bring in the text that is here: fascicle import {shlex.quote(texts[0])} NEWDIR"
    return "go to the publication's folder, name it with --project, or make one: fascicle new my-text"


STARTER_NAME = "Your Name"
"""The author of a new publication, until somebody says who wrote it."""


def _tell_starter(data: PublicationData, stated: Places, problems: Collector) -> None:
    """What `fascicle new` has put in, and nobody has changed, was forgotten."""
    for number, author in enumerate(data.authors):
        if author.literal == STARTER_NAME:
            message = f"the author is still '{STARTER_NAME}', as a new publication begins"
            span = stated.of("authors", number)
            problems.add(Code.STARTER_NAME, message, span, "write your name: family: Doe, given: Jane")


_STRAYS = ("references", "bibliography", "library", "refs", "works", "paper", "sources", "literature")
"""Stems of names under which bibliographies are found elsewhere."""


def _tell_stray(sources: Sources, problems: Collector) -> None:
    """Where `bib/` has no file, one of a usual name elsewhere was probably meant."""
    for folder in ("", "content/"):
        for stem in _STRAYS:
            for suffix in (".bib", ".ris", ".json"):
                if sources.exists(path := f"{folder}{stem}{suffix}"):
                    message = f"{path} is not read: bibliographies are looked for in bib/"
                    hint = f"move it to bib/, or add to {PUBLICATION}: bibliography: [{path}]"
                    problems.add(Code.STRAY_BIBLIOGRAPHY, message, Span(path), hint)
                    return


def _check_affiliations(data: PublicationData, stated: Places, problems: Collector) -> None:
    """Authors name affiliations by key; a key that nobody defined would print nothing."""
    for number, author in enumerate(data.authors):
        for index, key in enumerate(author.affiliations):
            if key not in data.affiliations:
                span = stated.of("authors", number, "affiliations", index)
                message = f"'{key}' is not a key of 'affiliations'"
                problems.add(Code.WRONG_VALUE, message, span, _known_affiliations(data, key))


def _known_affiliations(data: PublicationData, key: str) -> str:
    if data.affiliations:
        return f"known here: {', '.join(data.affiliations)}"
    given = key if re.fullmatch(r"\w+", key) else "home"
    return f"state it once, at the file's margin: affiliations: {{{given}: {{name: {key}}}}}; authors name '{given}'"


def _slug(title: str) -> str:
    """A file name's stem made from the title: its Latin letters and digits, joined by hyphens; a plain one when it has none."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", ascii_title.lower()).strip("-")[:60].rstrip("-")
    return made or "publication"
