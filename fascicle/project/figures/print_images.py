"""Pictures for the press: each turned into inks by the means that its kind has, or refused with the reason."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.system.ghostscript import PROGRAM, GhostscriptError, NotInstalledError
from fascicle.project.figures.conversion import FigureConverter, convert, key_of
from fascicle.project.figures.drawing_characters import with_characters
from fascicle.project.figures.icc_profiles import SRGB, find_file
from fascicle.project.figures.images import RASTER
from fascicle.project.figures.intake import STANDARD_FONTS, embedded
from fascicle.project.figures.raster_inks import ColourConversion
from fascicle.project.figures.screen_colours import (
    drawing_in_inks,
    raster_in_inks,
    screen_drawing,
    screen_raster,
)
from fascicle.project.figures.vector_inks import (
    DAMAGE,
    Drawing,
    look_into,
    to_inks,
)


def placeable(
    name: str,
    path: Path,
    digest: str,
    span: Span | None,
    figure_converter: FigureConverter,
    problems: Collector,
) -> Path | None:
    """The picture as TeX places it in this edition: in a format of TeX's, and in inks where they are asked for.

    None, with an error at `span`, when that cannot be.
    """
    inks = figure_converter.inks
    if inks and PurePosixPath(name).suffix.lower() in RASTER:
        return _raster(name, path, digest, span, inks, figure_converter, problems)
    if figure_converter.rgb and PurePosixPath(name).suffix.lower() in RASTER and raster_in_inks(path):
        return _screen_raster(name, path, digest, span, figure_converter, problems)
    made = convert(name, path, digest, span, figure_converter, problems)
    if made is None or made.suffix.lower() != ".pdf":
        return made
    drawing = _look(name, made, span, problems)
    if drawing is not None and drawing.unembedded and STANDARD_FONTS.issuperset(drawing.unembedded):
        made = _with_fonts(made, digest, figure_converter)
        drawing = _look(name, made, span, problems)
    if drawing is None:
        return None
    _tell(name, drawing, span, problems)
    if figure_converter.rgb and not drawing.unembedded and drawing_in_inks(made.read_bytes()):
        return _screen_drawing(name, made, digest, span, figure_converter, problems)
    if inks is None or not (drawing.rgb or (inks.opaque and drawing.transparent)):
        return _readable(made, digest, figure_converter) if drawing.silent else made
    if drawing.unembedded:
        return None
    return _drawing(name, made, digest, span, inks, figure_converter, problems)


def _readable(made: Path, digest: str, figure_converter: FigureConverter) -> Path:
    """A copy of the drawing whose fonts tell their characters."""
    result = figure_converter.folder / f"{key_of(digest, 'characters', '1')}.pdf"
    return result if result.exists() else _kept(with_characters(made.read_bytes()), result)


def _raster(
    name: str,
    path: Path,
    digest: str,
    span: Span | None,
    inks: ColourConversion,
    figure_converter: FigureConverter,
    problems: Collector,
) -> Path | None:
    from fascicle.project.figures.raster_inks import press_picture

    result = figure_converter.folder / f"{key_of(digest, 'inks', inks.key)}.pdf"
    if result.exists():
        return result
    try:
        data = press_picture(path, inks)
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        message = f"the colours of {name} cannot be converted for the press"
        problems.add(Code.PICTURE_NOT_CONVERTED, message, span, causes=[str(error)])
        return None
    return _kept(data, result)


def _with_fonts(made: Path, digest: str, figure_converter: FigureConverter) -> Path:
    """The drawing with the fonts of every printer, which it names and does not hold; as it is without Ghostscript."""
    result = figure_converter.folder / f"{key_of(digest, 'fonts')}.pdf"
    if result.exists():
        return result
    try:
        return _kept(embedded(made.read_bytes()), result)
    except (GhostscriptError, OSError, ValueError):
        return made


def _screen_raster(
    name: str,
    path: Path,
    digest: str,
    span: Span | None,
    figure_converter: FigureConverter,
    problems: Collector,
) -> Path | None:
    result = figure_converter.folder / f"{key_of(digest, 'screen', '1')}.png"
    if result.exists():
        return result
    try:
        return _kept(screen_raster(path), result)
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        message = f"the printing inks of {name} cannot be turned into colours of a screen"
        problems.add(Code.PICTURE_NOT_CONVERTED, message, span, "save it in RGB", causes=[str(error)])
        return None


def _screen_drawing(
    name: str,
    made: Path,
    digest: str,
    span: Span | None,
    figure_converter: FigureConverter,
    problems: Collector,
) -> Path | None:
    result = figure_converter.folder / f"{key_of(digest, 'screen', '1')}.pdf"
    if result.exists():
        return result
    try:
        data = screen_drawing(made.read_bytes(), find_file(SRGB))
        return _kept(with_characters(data) if look_into(data).silent else data, result)
    except GhostscriptError as error:
        missing = isinstance(error, NotInstalledError)
        code = Code.TOOL_MISSING if missing else Code.PICTURE_NOT_CONVERTED
        hint = "save the drawing in RGB" + (", or install ghostscript" if missing else "")
        message = f"the drawing {name} is in printing inks, and cannot be turned into colours of a screen"
        problems.add(code, message, span, hint, causes=[str(error)])
        return None


def _look(name: str, made: Path, span: Span | None, problems: Collector) -> Drawing | None:
    try:
        return look_into(made.read_bytes())
    except DAMAGE as error:
        hint = "open it in the program that made it and save or export it again"
        problems.add(
            Code.CORRUPT_PICTURE, f"the picture {name} cannot be read", span, hint, causes=[str(error)]
        )
        return None


def _tell(name: str, drawing: Drawing, span: Span | None, problems: Collector) -> None:
    """What a drawing lacks, or has and loses."""
    if drawing.unembedded:
        fonts = ", ".join(drawing.unembedded[:3])
        hint = "export it again with fonts embedded, or with its text as outlines"
        problems.add(Code.PICTURE_FONTS, f"the drawing {name} does not hold its fonts ({fonts})", span, hint)
    if drawing.unknown and not drawing.unembedded:
        fonts = ", ".join(drawing.unknown[:3])
        message = f"the drawing {name} does not tell which characters its text is made of ({fonts})"
        hint = "its text can be read but not searched, copied or read aloud, unless it is exported again with its characters"
        problems.add(Code.PICTURE_CHARACTERS, message, span, hint)
    if drawing.annotations:
        count = (
            "a link or other annotation" if drawing.annotations == 1 else f"{drawing.annotations} annotations"
        )
        problems.add(Code.PICTURE_LINKS, f"the drawing {name} has {count}, which does not come along", span)


def _drawing(
    name: str,
    made: Path,
    digest: str,
    span: Span | None,
    inks: ColourConversion,
    figure_converter: FigureConverter,
    problems: Collector,
) -> Path | None:
    result = figure_converter.folder / f"{key_of(digest, 'drawing', inks.key)}.pdf"
    if result.exists():
        return result
    try:
        data = to_inks(made.read_bytes(), inks, find_file(SRGB))
        left = look_into(data)
    except GhostscriptError as error:
        missing = isinstance(error, NotInstalledError)
        hint = (
            "install ghostscript (Debian; Homebrew on macOS), or save the drawing in CMYK" if missing else ""
        )
        code = Code.TOOL_MISSING if missing else Code.PICTURE_NOT_CONVERTED
        message = f"the drawing {name} cannot be converted to printing inks"
        problems.add(code, message, span, *([hint] if hint else []), causes=[str(error)])
        return None
    if left.rgb:
        message = f"the drawing {name} holds colours that {PROGRAM} cannot turn into printing inks"
        problems.add(Code.PICTURE_NOT_CONVERTED, message, span, "save the drawing in CMYK")
        return None
    return _kept(with_characters(data) if left.silent else data, result)


def _kept(data: bytes, result: Path) -> Path:
    result.parent.mkdir(parents=True, exist_ok=True)
    fresh = result.with_name(f"new-{os.getpid()}-{result.name}")
    fresh.write_bytes(data)
    fresh.replace(result)
    return result
