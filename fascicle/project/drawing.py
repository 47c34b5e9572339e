"""Makes pictures that TeX can place: runs the scripts that draw them, turns SVG into PDF and TIFF into PNG or JPEG."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fascicle.codes import Code
from fascicle.diagnostics import Collector, Span
from fascicle.model import FigureData
from fascicle.project.colour import Inks
from fascicle.project.ledger import FOLDER
from fascicle.project.pictures import quiet_pillow
from fascicle.project.sources import Sources

SCRIPT_SECONDS = 60
"""Longest time that a drawing script may take."""
CONVERT_SECONDS = 60
"""Longest time that the conversion of one SVG may take."""
SVG_CONVERTER = "rsvg-convert"


@dataclass(frozen=True, slots=True)
class Studio:
    """Where pictures are made, and with what leave."""

    sources: Sources
    """The project."""
    folder: Path
    """Folder for made pictures; each is named after the content it was made from."""
    scripts: bool
    """True when scripts may be run."""
    epoch: int
    """The publication's date as SOURCE_DATE_EPOCH, for whatever writes a date into a picture."""
    inks: Inks | None = None
    """What colours are to become in a print edition; None leaves them."""

    def environment(self) -> dict[str, str]:
        """A small, fixed environment: the same picture on every machine and day."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        fixed = {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(self.epoch)}
        return {**kept, **fixed, "PYTHONDONTWRITEBYTECODE": "1"}


def draw(name: str, data: FigureData, span: Span | None, studio: Studio, problems: Collector) -> Path | None:
    """The picture that `data.script` draws; drawn anew only when the script or its data changed."""
    if not studio.scripts:
        hint = "say 'trust: {scripts: true}' in content/publication.yaml if you trust the script"
        problems.add(Code.SCRIPT_NOT_TRUSTED, f"{name} is drawn by a script that is not trusted", span, hint)
        return None
    script = f"{FOLDER}/{data.script}"
    helpers = [path for path in studio.sources.listing(FOLDER, ".py") if path != script]
    inputs = [script, *(f"{FOLDER}/{extra}" for extra in data.data), *helpers]
    if not all(studio.sources.exists(path) for path in inputs):
        return None  # told by the ledger
    key = key_of(name, *(studio.sources.digest(path) for path in inputs))
    result = studio.folder / f"{key}{PurePosixPath(name).suffix.lower()}"
    if not result.exists():
        return _run_script(name, script, result, span, studio, problems)
    return result


def key_of(*parts: str) -> str:
    """Name of what is made of `parts`: the same parts, the same name."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _run_script(
    name: str, script: str, result: Path, span: Span | None, studio: Studio, problems: Collector
) -> Path | None:
    studio.folder.mkdir(parents=True, exist_ok=True)
    fresh = result.with_name(f"new-{os.getpid()}-{result.name}")
    command = [sys.executable, str(studio.sources.root / script), str(fresh)]
    try:
        done = subprocess.run(
            command,
            cwd=studio.sources.root / FOLDER,
            env=studio.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SCRIPT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = f"the script {script} did not end within {SCRIPT_SECONDS} seconds"
        problems.add(Code.SCRIPT_FAILED, message, Span(script))
        fresh.unlink(missing_ok=True)
        return None
    if done.returncode != 0:
        _script_failed(script, done.stderr.decode("utf-8", "replace"), problems)
        fresh.unlink(missing_ok=True)
        return None
    if not fresh.exists():
        hint = "the script's first argument is the file that it must write"
        problems.add(Code.SCRIPT_FAILED, f"the script {script} wrote no picture for {name}", Span(script), hint)
        return None
    fresh.replace(result)
    return result


def _script_failed(script: str, stderr: str, problems: Collector) -> None:
    """Tell a script's failure at the script's own line, which its traceback names."""
    lines = [line for line in stderr.strip().splitlines() if line.strip()]
    places = re.findall(rf'File "[^"]*{re.escape(PurePosixPath(script).name)}", line (\d+)', stderr)
    reason = lines[-1].strip() if lines else "it said nothing"
    line = int(places[-1]) if places else 1
    problems.add(Code.SCRIPT_FAILED, f"the script {script} failed: {reason}", Span(script, line))


def convert(name: str, path: Path, digest: str, span: Span | None, studio: Studio, problems: Collector) -> Path | None:
    """The picture as a format that TeX places: itself, or a PDF made of an SVG, or a PNG or JPEG of a TIFF."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".svg":
        return _from_svg(name, path, studio.folder / f"{key_of(digest, 'svg')}.pdf", span, studio, problems)
    if suffix in (".tif", ".tiff"):
        return _from_tiff(path, studio.folder / key_of(digest, "tiff"))
    return path


def _from_svg(
    name: str, path: Path, result: Path, span: Span | None, studio: Studio, problems: Collector
) -> Path | None:
    if result.exists():
        return result
    if shutil.which(SVG_CONVERTER) is None:
        hint = "install librsvg2-bin (Debian), librsvg (macOS, Homebrew) or export the picture as PDF"
        problems.add(Code.TOOL_MISSING, f"{SVG_CONVERTER} is needed to print {name} and is not there", span, hint)
        return None
    studio.folder.mkdir(parents=True, exist_ok=True)
    fresh = result.with_name(f"new-{os.getpid()}-{result.name}")
    command = [SVG_CONVERTER, "--format=pdf", f"--output={fresh}", "--", str(path)]
    try:
        done = subprocess.run(
            command, env=studio.environment(), stdin=subprocess.DEVNULL, capture_output=True,
            timeout=CONVERT_SECONDS, check=False,
        )  # fmt: skip
        reason = done.stderr.decode("utf-8", "replace").strip()
    except subprocess.TimeoutExpired:
        reason = f"{SVG_CONVERTER} did not end within {CONVERT_SECONDS} seconds"
    if reason or not fresh.exists():
        fresh.unlink(missing_ok=True)
        problems.add(Code.CORRUPT_PICTURE, f"the picture {name} cannot be made a PDF", span, causes=[reason])
        return None
    fresh.replace(result)
    return result


def _from_tiff(path: Path, stem: Path) -> Path:
    """PNG loses nothing; CMYK has no PNG, so it becomes a JPEG of high quality."""
    from PIL import Image

    with quiet_pillow(), Image.open(path) as image:
        cmyk = image.mode == "CMYK"
        result = stem.with_suffix(".jpg" if cmyk else ".png")
        if result.exists():
            return result
        result.parent.mkdir(parents=True, exist_ok=True)
        fresh = result.with_name(f"new-{os.getpid()}-{result.name}")
        kept = {key: image.info[key] for key in ("dpi", "icc_profile") if image.info.get(key)}
        if cmyk:
            image.save(fresh, "JPEG", quality=95, subsampling=0, **kept)
        else:
            image.save(fresh, "PNG", **kept)
    fresh.replace(result)
    return result
