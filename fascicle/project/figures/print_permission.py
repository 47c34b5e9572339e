"""Whether each placed picture may be printed (permission, edition); it is made ready, or a plate stands in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import FigureData, Permission, Picture
from fascicle.core.suggestions import get_close_matches
from fascicle.project.figures.cache import cached_drawing, remember
from fascicle.project.figures.conversion import FigureConverter, begin, draw
from fascicle.project.figures.images import Probe, probe, stated_size
from fascicle.project.figures.intake import take_in
from fascicle.project.figures.ledger import LEDGER, ledger_path

PLATE_SIZE = stated_size("120x80mm")
"""Size of a plate whose picture's size nobody has stated: the proportions of a 35 mm still."""


class PlaceholderReason(StrEnum):
    """Why a plate stands in place of a picture; the words are printed on it, in the publication's language."""

    PENDING = "permission-pending"
    AWAITED = "picture-awaited"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be placed."""

    path: str
    """The picture's path as the text gives it."""
    file: Path | None
    """The file for TeX; None for a plate."""
    placeholder: PlaceholderReason | None
    """Why there is a plate; None when there is a file."""
    width: float
    """Natural width in TeX points."""
    height: float
    """Natural height in TeX points."""
    alt: str
    """What it shows; empty when nobody has said."""


def begin_drawing(
    placed: Iterable[tuple[str, Span]], ledger: Mapping[str, Picture], figure_converter: FigureConverter
) -> None:
    """Let scripts draw side by side what the text places, while other things are done."""
    wanted = []
    for path, span in placed:
        entry = ledger.get(ledger_path(path))
        if entry and entry.data and entry.data.permission is not Permission.PENDING:
            wanted.append((PurePosixPath(ledger_path(path)).name, entry.data, entry.span or span))
    begin(wanted, figure_converter)


def prepare(
    path: str,
    span: Span,
    ledger: Mapping[str, Picture],
    figure_converter: FigureConverter,
    day: date | None,
    problems: Collector,
) -> Prepared | None:
    """The picture at `path`, placed at `span`; None, with an error, when it can be no part of any edition.

    `day` is the publication's date, by which a permission may have run out.
    """
    own = ledger_path(path)
    entry = ledger.get(own)
    data = entry.data if entry else None
    if figure_converter.sources.locate(own, problems, span) is None:
        return None
    there = figure_converter.sources.exists(own)
    if there or entry is not None:
        _check_entry(own, span, entry, day, problems)
    if data is not None and data.permission is Permission.PENDING:
        where = entry.span if entry else span
        message = f"permission to print {path} is pending: a plate is printed in its place"
        problems.add(Code.PERMISSION_PENDING, message, where)
        return _plate(path, data, PlaceholderReason.PENDING)
    if data is None or data.script is None:
        if not there:
            return _absent(own, span, entry, ledger, figure_converter, problems)
        if not figure_converter.sources.small_enough(own, problems, span):
            return None
        return _ready(
            path,
            figure_converter.sources.root / own,
            figure_converter.sources.digest(own),
            span,
            data,
            figure_converter,
            problems,
        )
    drawn = draw(PurePosixPath(own).name, data, entry.span if entry else span, figure_converter, problems)
    return _ready(path, drawn, drawn.stem, span, data, figure_converter, problems) if drawn else None


def _ready(
    path: str,
    file: Path,
    digest: str,
    span: Span,
    data: FigureData | None,
    figure_converter: FigureConverter,
    problems: Collector,
) -> Prepared | None:
    ready = cached_drawing(path, digest, figure_converter) or _looked_into(
        path, file, digest, span, figure_converter, problems
    )
    if ready is None:
        return None
    made, found = ready
    alt = data.alt if data and data.alt else ""
    return Prepared(path, made, None, found.width, found.height, alt)


def _looked_into(
    path: str, file: Path, digest: str, span: Span, figure_converter: FigureConverter, problems: Collector
) -> tuple[Path, Probe] | None:
    """The picture as TeX places it, and its size."""
    before = len(problems)
    taken = take_in(path, file, digest, span, figure_converter, problems)
    if taken is None:
        return None
    found = probe(taken.file, taken.name, span, problems)
    if found is None:
        return None
    # With pypdf, which a text without pictures does not need.
    from fascicle.project.figures.print_images import placeable

    made = placeable(taken.name, taken.file, taken.digest, span, figure_converter, problems)
    if made is None:
        return None
    if made is not taken.file:
        found = probe(made, made.name, span, problems) or found
    if len(problems) == before:
        remember(path, digest, made, found, figure_converter)
    return made, found


def _plate(path: str, data: FigureData, reason: PlaceholderReason) -> Prepared:
    width, height = stated_size(data.size) if data.size else PLATE_SIZE
    return Prepared(path, None, reason, width, height, data.alt or "")


def _absent(
    path: str,
    span: Span,
    entry: Picture | None,
    ledger: Mapping[str, Picture],
    figure_converter: FigureConverter,
    problems: Collector,
) -> Prepared | None:
    """A picture without a file: known to the ledger it is awaited, else its path is most likely mistyped."""
    if entry is not None and entry.data is not None:
        message = f"the picture {path} is not there yet: a plate is printed in its place"
        problems.add(Code.PICTURE_AWAITED, message, entry.span, *_otherwise_spelt(path, figure_converter))
        return _plate(path, entry.data, PlaceholderReason.AWAITED)
    name = PurePosixPath(path.replace("\\", "/")).name
    near = _near(path, name, ledger, figure_converter.sources.root)
    hint = (
        f"did you mean '{near}'?"
        if near
        else f"put the picture into the folder figures/, and write figures/{name}"
    )
    problems.add(Code.MISSING_PICTURE, f"there is no picture {path}", span, hint)
    return None


def _near(path: str, name: str, ledger: Mapping[str, Picture], root: Path) -> str:
    """The picture whose file's name is most like this one, in the same folder, in figures/ or in the ledger."""
    known = dict.fromkeys(ledger)
    for folder in (PurePosixPath(path).parent, PurePosixPath("figures")):
        with suppress(OSError):
            known |= dict.fromkeys(str(folder / item.name) for item in (root / folder).iterdir())
    named = {PurePosixPath(one).name: one for one in known if one != path}
    found = get_close_matches(name, named, n=1, cutoff=0.6)
    return named[found[0]] if found else ""


def _otherwise_spelt(path: str, figure_converter: FigureConverter) -> tuple[str, ...]:
    """A hint when the file is there under a name that looks the same: some systems take letters and accents apart."""
    folder = figure_converter.sources.root / PurePosixPath(path).parent
    wanted = normalize("NFC", PurePosixPath(path).name)
    if folder.is_dir() and any(normalize("NFC", item.name) == wanted for item in folder.iterdir()):
        return (
            "a file is there whose name has its accents in another encoding: rename it, typing the name anew",
        )
    return ()


def _check_entry(path: str, span: Span, entry: Picture | None, day: date | None, problems: Collector) -> None:
    """What the ledger must say of every picture that is placed."""
    if entry is None or entry.data is None:
        if entry is None and path.strip():
            message = f"{path} has no entry in {LEDGER}"
            hint = f"add '{PurePosixPath(path).name}:' with alt, credit and permission to {LEDGER}"
            problems.add(Code.MISSING_RIGHTS, message, span, hint)
        return
    if not entry.data.credit and entry.data.permission is not Permission.OWN:
        hint = "give 'credit:' in the words that the holder of the rights asks for"
        problems.add(Code.MISSING_CREDIT, f"{path} has no credit line", entry.span, hint)
    if entry.data.expires and day and entry.data.expires < day:
        message = f"the permission to print {path} ran out on {entry.data.expires.isoformat()}"
        problems.add(Code.PERMISSION_EXPIRED, message, entry.places.of("expires"))
