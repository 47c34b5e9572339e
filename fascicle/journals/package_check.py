"""Proves a LaTeX package by using it.

Unpacked in an empty folder, compiled as the journal does, read, compared.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fascicle.core.diagnostics import Span
from fascicle.document.expected_text import BlockText
from fascicle.export.zip_archive import unzipped
from fascicle.journals.latex_package import FlatSources
from fascicle.pdf.reading.actions import acts
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pdf.reading.text import Reading, key, page_texts
from fascicle.pdf.text_comparison.differences import differences
from fascicle.typeset.simple_engine import SimpleJob, SimpleOutcome, compile_simple


@dataclass(frozen=True, slots=True)
class PackageTrial:
    """What a package is tried with."""

    engine: str
    """The journal's TeX program."""
    cache: Path
    """Folder for fonts that TeX makes on its way."""
    epoch: int
    """The document's moment."""
    blocks: tuple[BlockText, ...]
    """The texts that must be in print."""
    private: tuple[str, ...]
    """Strings of this machine that no file may hold: the project's folder, the home folder."""
    seconds: float
    """Longest time for compiling."""
    bibtex: bool = False
    """Whether BibTeX makes the list of works; then it is to make the one that the package holds."""
    said: tuple[tuple[str, Span], ...] = ()
    """Single words that must be in print, and where they come from."""


def prove(package: bytes, sources: FlatSources, trial: PackageTrial) -> tuple[SimpleOutcome, tuple[str, ...]]:
    """Compile the archive `package` in an empty folder; the outcome, and whatever is wrong."""
    files = unzipped(package)
    with tempfile.TemporaryDirectory(prefix="package-") as place:
        folder = Path(place)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        job = SimpleJob(
            folder, sources.name, trial.engine, trial.cache, trial.epoch, trial.seconds, trial.bibtex
        )
        outcome = compile_simple(job)
    return outcome, tuple(_faults(files, outcome, sources, trial))


def _faults(
    files: dict[str, bytes], outcome: SimpleOutcome, sources: FlatSources, trial: PackageTrial
) -> Iterator[str]:
    yield from _names(files)
    yield from _leaks(files, trial)
    if outcome.pdf is None:
        return  # its failure tells why
    yield from _unused(files, outcome, sources)
    if match := re.search(r"There were undefined (?:references|citations).*", outcome.log):
        yield f"compiled by itself it says: {match[0].rstrip('.')}"
    if trial.bibtex and outcome.works != files.get(f"{sources.name}.bbl"):
        yield f"BibTeX makes another list of works than {sources.name}.bbl"
    yield from text_faults(outcome.pdf, trial.blocks)
    yield from (what for _, what in acts(Inspection(outcome.pdf, strict=False)))
    yield from _unsaid(outcome.pdf, trial.said)


def _unsaid(pdf: bytes, said: Iterable[tuple[str, Span]]) -> Iterator[str]:
    """Words that stand nowhere in print."""
    whole = key("".join(page_texts(pdf))).text.casefold()
    for word, span in said:
        if key(word).text.casefold() not in whole:
            yield f"'{word}' of the record at {span} is not printed"


def text_faults(pdf: bytes, blocks: Iterable[BlockText]) -> Iterator[str]:
    """Blocks of the text that are not printed, in one column or in two."""
    wanted, pages = tuple(blocks), page_texts(pdf)
    whole = key("".join(pages)).text.casefold()
    faults = [found for found in differences(Reading(pages), wanted) if found.certain]
    if faults:
        in_columns = differences(Reading(page_texts(pdf, 2)), wanted)
        lost = {found.block.span for found in in_columns if found.certain}
        faults = [found for found in faults if found.block.span in lost]
    for found in faults:
        if found.block.name in ("heading", "caption") and _folded(found.block) in whole:
            continue  # some classes print these in capitals
        place = f" on page {found.page}" if found.page else ""
        yield f"the {found.block.name} of {found.block.span} is {_KINDS[found.kind]}{place}"


def _folded(block: BlockText) -> str:
    """A block's text in small letters, as far as it is known beforehand."""
    texts = [piece for piece in block.pieces if isinstance(piece, str)]
    return key("".join(texts)).text.casefold() if len(texts) == len(block.pieces) else "\0"


_KINDS = {
    "missing": "not printed",
    "lost": "not printed as a whole",
}


def _names(files: dict[str, bytes]) -> Iterator[str]:
    for name in files:
        if "/" in name or "\\" in name:
            yield f"the file {name} stands in a folder"
        if name.startswith("."):
            yield f"the file {name} is hidden"


def _unused(files: dict[str, bytes], outcome: SimpleOutcome, sources: FlatSources) -> Iterator[str]:
    """Files that nobody reads. A file that is read and not there stops TeX by itself."""
    for name in sorted(files.keys() - outcome.used - sources.unread):
        yield f"the file {name} is used by nothing"


def _leaks(files: dict[str, bytes], trial: PackageTrial) -> Iterator[str]:
    """Paths of this machine."""
    for name, content in files.items():
        for secret in trial.private:
            if secret.encode() in content:
                yield f"the file {name} holds the path {secret}"


def first_error(log: str) -> str:
    """The first error of a log in one line; empty when there is none."""
    match = re.search(r"^(?:!|[^\s:]+:\d+:) (.*)$", log, re.MULTILINE)
    return match[1].strip().rstrip(".") if match else ""
