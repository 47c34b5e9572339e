"""The redline as a Word document with tracked changes, proved by accepting and rejecting all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.document.word_count import counted
from fascicle.export.completeness import missing_blocks
from fascicle.export.docx.check import expected, units
from fascicle.export.docx.docx import docx
from fascicle.export.docx.options import DocxOptions
from fascicle.export.zip_archive import unzipped, zipped
from fascicle.pipeline.manuscript import Manuscript
from fascicle.redline.comparing import Compared
from fascicle.redline.proof.page import first_difference
from fascicle.redline.tracked import Tracker, version

_NUMBERS = re.compile(r"[\d.]+")
_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def redline_word(compared: Compared, new: Manuscript, problems: Collector) -> bytes | None:
    """The document; None, with what is wrong in `problems`, when it cannot be made or proved."""
    options = new.word
    if options is None:
        return None
    options = replace(options, counted=counted(compared.changes.new))
    document = compared.marked.document
    made = docx(
        replace(compared.new, document=document), compared.pictures(document), options, problems, marked=True
    )
    if made is None or problems.failed:
        return None
    files = unzipped(made)
    tracker = Tracker(datetime.fromtimestamp(options.epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    for name in (_BODY, *_NOTES):
        if name in files:
            files[name] = tracker.part(files[name])
    return zipped(files, options.epoch) if _is_proved(files, compared, options, problems) else None


def _is_proved(
    files: dict[str, bytes], compared: Compared, options: DocxOptions, problems: Collector
) -> bool:
    """Whether both versions are had from the finished file: each block, and the text as a whole but for its numbers."""
    stated = compared.new.document.publication
    sides = ((compared.changes.new, compared.new, True), (compared.changes.old, compared.old, False))
    for document, cited, new in sides:
        single = replace(cited, document=replace(document, publication=stated))
        found = Collector()
        alone = docx(single, compared.pictures(single.document), options, found)
        name = "new" if new else "old"
        if alone is None:
            causes = [one.message for one in found.sorted()]
            problems.add(Code.REDLINE_UNPROVED, f"the {name} version alone makes no document", causes=causes)
            return False
        resolved = {part: version(data, new=new) for part, data in files.items() if part in (_BODY, *_NOTES)}
        wanted, given = _letters(unzipped(alone)), _letters(resolved)
        done = "accepting" if new else "rejecting"
        if wanted != given:
            message = f"{done} all changes does not give the {name} version's text"
            problems.add(Code.REDLINE_UNPROVED, message, causes=[first_difference(given, wanted)])
            return False
        body, notes = (
            units(resolved[_BODY]),
            [text for part in _NOTES for text in units(resolved.get(part, b""))],
        )
        for block in missing_blocks(expected(single.document, cited.resolved, options), body, notes):
            message = f"{done} all changes does not give a {block.name} of the {name} version"
            problems.add(Code.REDLINE_UNPROVED, message, block.span)
            return False
    return True


def _letters(files: dict[str, bytes]) -> str:
    """The text of body and notes without digits and stops, which numbers of headings hold."""
    text = "".join("".join(units(files[part])) for part in (_BODY, *_NOTES) if part in files)
    return _NUMBERS.sub("", text)
