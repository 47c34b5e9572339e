"""Makes pictures that TeX can place.

Runs the scripts that draw them, turns SVG into PDF and TIFF into PNG or JPEG.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import FigureData
from fascicle.core.system.atomic_files import deliver
from fascicle.core.system.sandbox import SandboxPolicy, own_fonts, run
from fascicle.core.system.sandbox_paths import of_path
from fascicle.project.figures.images import open_picture
from fascicle.project.figures.ledger import FOLDER
from fascicle.project.figures.svg_references import outside_reference
from fascicle.project.sources import Sources

if TYPE_CHECKING:
    from concurrent.futures import Future

    from fascicle.project.figures.raster_inks import ColourConversion

SCRIPT_SECONDS = 60
"""Longest time that a drawing script may take."""
CONVERT_SECONDS = 60
"""Longest time that the conversion of one SVG may take."""
SVG_CONVERTER = "rsvg-convert"
_REFUSED = re.compile(r"PermissionError|Operation not permitted|Permission denied")
_WALLED = (
    "scripts read the project's folder and write the file that they are given, and nothing else, and use the network "
    "only with 'trust: {network: true}'; see docs/security.md, or build with --without-sandbox"
)


@dataclass(frozen=True, slots=True)
class FigureConverter:
    """Where pictures are made, and with what leave."""

    sources: Sources
    """The project."""
    folder: Path
    """Folder for made pictures; each is named after the content it was made from."""
    scripts: bool
    """True when scripts may be run."""
    epoch: int
    """The publication's date as SOURCE_DATE_EPOCH, for whatever writes a date into a picture."""
    inks: ColourConversion | None = None
    """What colours are to become in a print edition; None leaves them."""
    network: bool = False
    """True when scripts may use the network."""
    rgb: bool = False
    """True when the file describes colours of a screen alone, so that pictures in printing inks are converted."""
    begun: dict[str, Future[tuple[Path | None, Collector]]] = field(default_factory=dict)
    """Drawings under way, by name: the picture, and what was wrong."""

    def environment(self) -> dict[str, str]:
        """A small, fixed environment: the same picture on every machine and day."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        fixed = {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(self.epoch)}
        return {**kept, **fixed, "PYTHONDONTWRITEBYTECODE": "1"}


def begin(wanted: Iterable[tuple[str, FigureData, Span | None]], figure_converter: FigureConverter) -> None:
    """Begin to draw pictures side by side, those that are not there yet; `draw` waits for the one that it is asked for."""
    waiting = [
        (name, data, span)
        for name, data, span in wanted
        if data.script and _awaited(name, data, figure_converter)
    ]
    if not waiting:
        return
    from concurrent.futures import ThreadPoolExecutor

    from fascicle.core.system.workers import processors

    with_all = ThreadPoolExecutor(min(len(waiting), processors()))
    for name, data, span in waiting:
        figure_converter.begun[name] = with_all.submit(_drawn, name, data, span, figure_converter)
    with_all.shutdown(wait=False)


def _drawn(
    name: str, data: FigureData, span: Span | None, figure_converter: FigureConverter
) -> tuple[Path | None, Collector]:
    """A picture, and the PDF of it when it is an SVG, for TeX wants that."""
    problems = Collector()
    made = _draw(name, data, span, figure_converter, problems)
    if made and made.suffix == ".svg":
        convert(
            name, made, made.stem, span, figure_converter, Collector()
        )  # what is wrong is told when it is placed
    return made, problems


def _awaited(name: str, data: FigureData, figure_converter: FigureConverter) -> bool:
    inputs = _inputs(data, figure_converter) if figure_converter.scripts else None
    return inputs is not None and not _result(name, inputs, figure_converter).exists()


def draw(
    name: str, data: FigureData, span: Span | None, figure_converter: FigureConverter, problems: Collector
) -> Path | None:
    """The picture that `data.script` draws; drawn anew only when the script or its data changed."""
    if begun := figure_converter.begun.pop(name, None):
        from fascicle.core.system.signals import awaited

        made, found = awaited(begun)
        problems.extend(found)
        return made
    return _draw(name, data, span, figure_converter, problems)


def _draw(
    name: str, data: FigureData, span: Span | None, figure_converter: FigureConverter, problems: Collector
) -> Path | None:
    if not figure_converter.scripts:
        hint = "say 'trust: {scripts: true}' in content/publication.yaml if you trust the script"
        problems.add(Code.SCRIPT_NOT_TRUSTED, f"{name} is drawn by a script that is not trusted", span, hint)
        return None
    inputs = _inputs(data, figure_converter)
    if inputs is None:
        return None  # told by the ledger
    result = _result(name, inputs, figure_converter)
    if not result.exists():
        return _run_script(name, inputs[0], result, span, figure_converter, problems)
    return result


def _inputs(data: FigureData, figure_converter: FigureConverter) -> list[str] | None:
    """The script, its data, and the modules beside it; None when one of them is not there."""
    script = f"{FOLDER}/{data.script}"
    helpers = [path for path in figure_converter.sources.listing(FOLDER, ".py") if path != script]
    inputs = [script, *(f"{FOLDER}/{extra}" for extra in data.data), *helpers]
    return inputs if all(figure_converter.sources.exists(path) for path in inputs) else None


def _result(name: str, inputs: Iterable[str], figure_converter: FigureConverter) -> Path:
    """Where a drawing lies: another script or other data, another place."""
    key = key_of(name, *(figure_converter.sources.digest(path) for path in inputs))
    return figure_converter.folder / f"{key}{PurePosixPath(name).suffix.lower()}"


def fresh_name(result: Path) -> Path:
    """A name beside `result` under which nobody else writes."""
    return result.with_name(f"new-{os.getpid()}-{threading.get_ident()}-{result.name}")


def key_of(*parts: str) -> str:
    """Name of what is made of `parts`: the same parts, the same name."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _run_script(
    name: str,
    script: str,
    result: Path,
    span: Span | None,
    figure_converter: FigureConverter,
    problems: Collector,
) -> Path | None:
    figure_converter.folder.mkdir(parents=True, exist_ok=True)
    fresh = fresh_name(result)
    with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
        drawn = Path(scratch) / fresh.name
        command = [sys.executable, str(figure_converter.sources.root / script), str(drawn)]
        caches = figure_converter.folder / "caches"  # matplotlib looks at every font of the system once
        caches.mkdir(exist_ok=True)
        settings = {"TMPDIR": scratch, **dict.fromkeys(("MPLCONFIGDIR", "XDG_CACHE_HOME"), str(caches))}
        python = (sys.prefix, sys.base_prefix, *(path for path in sys.path if path.startswith("/")))
        reads = (
            str(figure_converter.sources.root),
            *python,
            *own_fonts(),
            *of_path(figure_converter.environment()),
        )
        wall = SandboxPolicy(
            reads, (scratch, str(caches)), SCRIPT_SECONDS, network=figure_converter.network, processes=True
        )
        try:
            done = run(
                command,
                wall,
                {**figure_converter.environment(), **settings},
                figure_converter.sources.root / FOLDER,
                SCRIPT_SECONDS,
            )
        except subprocess.TimeoutExpired:
            message = f"the script {script} did not end within {SCRIPT_SECONDS} seconds"
            problems.add(Code.SCRIPT_FAILED, message, Span(script))
            return None
        if drawn.is_file() and not drawn.is_symlink():
            deliver(drawn, fresh)
    if done.returncode != 0:
        _script_failed(script, done.stderr.decode("utf-8", "replace"), problems)
        fresh.unlink(missing_ok=True)
        return None
    if not fresh.exists():
        hint = "the script's first argument is the file that it must write"
        problems.add(
            Code.SCRIPT_FAILED, f"the script {script} wrote no picture for {name}", Span(script), hint
        )
        return None
    fresh.replace(result)
    return result


def _script_failed(script: str, stderr: str, problems: Collector) -> None:
    """Tell a script's failure at the script's own line, which its traceback names."""
    lines = [line for line in stderr.strip().splitlines() if line.strip()]
    places = re.findall(rf'File "[^"]*{re.escape(PurePosixPath(script).name)}", line (\d+)', stderr)
    reason = lines[-1].strip() if lines else "it said nothing"
    line = int(places[-1]) if places else 1
    hints = (_WALLED,) if _REFUSED.search(reason) else ()
    problems.add(Code.SCRIPT_FAILED, f"the script {script} failed: {reason}", Span(script, line), *hints)


def convert(
    name: str,
    path: Path,
    digest: str,
    span: Span | None,
    figure_converter: FigureConverter,
    problems: Collector,
) -> Path | None:
    """The picture as a format that TeX places: itself, or a PDF made of an SVG, or a PNG or JPEG of a TIFF."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".svg":
        return _from_svg(
            name,
            path,
            figure_converter.folder / f"{key_of(digest, 'svg')}.pdf",
            span,
            figure_converter,
            problems,
        )
    if suffix in (".tif", ".tiff"):
        return _from_tiff(path, figure_converter.folder / key_of(digest, "tiff"))
    return path


def _from_svg(
    name: str,
    path: Path,
    result: Path,
    span: Span | None,
    figure_converter: FigureConverter,
    problems: Collector,
) -> Path | None:
    if outside := outside_reference(path):
        hint = "put it into the drawing: in Inkscape, Extensions → Images → Embed Images, then save it again"
        message = f"the drawing {name} takes something from outside itself: {outside}"
        problems.add(Code.PICTURE_NOT_WHOLE, message, span, hint)
        return None
    if result.exists():
        return result
    if shutil.which(SVG_CONVERTER) is None:
        hint = "install librsvg2-bin (Debian), librsvg (macOS, Homebrew) or export the picture as PDF"
        problems.add(
            Code.TOOL_MISSING, f"{SVG_CONVERTER} is needed to print {name} and is not there", span, hint
        )
        return None
    figure_converter.folder.mkdir(parents=True, exist_ok=True)
    fresh = fresh_name(result)
    with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
        drawing, made = Path(scratch) / "drawing.svg", Path(scratch) / "drawing.pdf"
        shutil.copyfile(path, drawing)
        command = [SVG_CONVERTER, "--format=pdf", f"--output={made}", "--", str(drawing)]
        wall = SandboxPolicy(own_fonts(), (scratch,), CONVERT_SECONDS)
        try:
            done = run(
                command, wall, {**figure_converter.environment(), "TMPDIR": scratch}, scratch, CONVERT_SECONDS
            )
            reason = done.stderr.decode("utf-8", "replace").strip().replace(str(drawing), name)
        except subprocess.TimeoutExpired:
            reason = f"{SVG_CONVERTER} did not end within {CONVERT_SECONDS} seconds"
        if made.is_file() and not made.is_symlink():
            deliver(made, fresh)
    if reason or not fresh.exists():
        fresh.unlink(missing_ok=True)
        problems.add(Code.CORRUPT_PICTURE, f"the picture {name} cannot be made a PDF", span, causes=[reason])
        return None
    fresh.replace(result)
    return result


def _from_tiff(path: Path, stem: Path) -> Path:
    """PNG loses nothing; CMYK has no PNG, so it becomes a JPEG of high quality."""
    with open_picture(path) as image:
        cmyk = image.mode == "CMYK"
        result = stem.with_suffix(".jpg" if cmyk else ".png")
        if result.exists():
            return result
        result.parent.mkdir(parents=True, exist_ok=True)
        fresh = fresh_name(result)
        kept = {key: image.info[key] for key in ("dpi", "icc_profile") if image.info.get(key)}
        if cmyk:
            image.save(fresh, "JPEG", quality=95, subsampling=0, **kept)
        else:
            image.save(fresh, "PNG", **kept)
    fresh.replace(result)
    return result
