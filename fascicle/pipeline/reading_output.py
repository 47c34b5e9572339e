"""Steps 5 to 7 of the editions for reading on a screen.

HTML and EPUB, with what other editions have made.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.model import OutputFormat, PageDivision
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.run import BUILD, Run

SCREEN = "screen"
"""The edition whose PDF is offered beside the page, and whose pages an EPUB lists."""
EPUB = "epub"
"""The edition whose book is offered beside the page."""
_COVERS = {".jpg": ".jpg", ".jpeg": ".jpg", ".png": ".png"}


def reading_output(run: Run, manuscript: Manuscript, path: str) -> dict[str, bytes] | None:
    """The files to deliver, the main one at `path`; None, with what is wrong in `run.problems`, when there are none."""
    with run.step(5):
        if manuscript.cited is None or manuscript.pages is None or run.judged.failed:
            return None
        if manuscript.edition.settings.format is OutputFormat.EPUB:
            return _epub(run, manuscript, path)
        return _html(run, manuscript, path)


def _html(run: Run, manuscript: Manuscript, path: str) -> dict[str, bytes] | None:
    from fascicle.export.html.html import HtmlOptions, html

    assert manuscript.cited is not None  # noqa: S101 - for the type checker; the caller has looked
    assert manuscript.pages is not None  # noqa: S101
    folder, _, name = path.rpartition("/")
    slug = manuscript.publication.slug
    offered = {
        f"{slug}.pdf": _made(manuscript, SCREEN, ".pdf"),
        f"{slug}.epub": _made(manuscript, EPUB, ".epub"),
    }
    output_options = HtmlOptions(
        manuscript.pages,
        division=manuscript.edition.settings.pages or PageDivision.ONE,
        anonymous=manuscript.anonymous is not None,
        links=manuscript.edition.links,
        downloads={file: data for file, data in offered.items() if data is not None},
    )
    files = html(manuscript.cited, manuscript.prepared, name, output_options, run.problems)
    if files is None:
        return None
    others = {f"{folder}/{file}": data for file, data in files.items() if file != name}
    return {**others, path: files[name]}


def _epub(run: Run, manuscript: Manuscript, path: str) -> dict[str, bytes] | None:
    from fascicle.export.epub.epub import EpubOptions, epub

    assert manuscript.cited is not None  # noqa: S101 - for the type checker; the caller has looked
    assert manuscript.pages is not None  # noqa: S101
    cover = _cover(run, manuscript)
    if run.judged.failed:
        return None
    output_options = EpubOptions(
        manuscript.pages,
        epoch=manuscript.epoch,
        anonymous=manuscript.anonymous is not None,
        links=manuscript.edition.links,
        pdf=_made(manuscript, SCREEN, ".pdf"),
        cover=cover,
    )
    book = epub(manuscript.cited, manuscript.prepared, output_options, run.problems)
    return None if book is None else {path: book}


def _made(manuscript: Manuscript, edition: str, suffix: str) -> bytes | None:
    """What another edition has made of this text; None when it is not there, which is remembered, or names its authors."""
    sources = manuscript.sources
    path = f"{BUILD}/{edition}/{manuscript.publication.slug}{suffix}"
    if manuscript.anonymous or not sources.exists(path):
        return None
    return sources.bytes(path, Collector())


def _cover(run: Run, manuscript: Manuscript) -> tuple[str, bytes] | None:
    """The picture that the edition names for its cover."""
    named = manuscript.pages.options["cover"] if manuscript.pages else None
    if not named:
        return None
    span = manuscript.publication.places.of("editions", manuscript.edition.name, "options", "cover")
    suffix = _COVERS.get(PurePosixPath(named).suffix.lower())
    if suffix is None:
        message = f"the cover '{named}' is not a JPEG or PNG file"
        run.problems.add(Code.UNKNOWN_PICTURE_FORMAT, message, span, "export it as one of these")
        return None
    data = manuscript.sources.bytes(named, run.problems, span)
    return None if data is None else (suffix, data)
