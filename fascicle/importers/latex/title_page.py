r"""The title and author of a text whose title page was set by hand: in `\hypersetup`, or by the size of the letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fascicle.importers.latex.definitions import group_at
from fascicle.importers.metadata.people import split_name
from fascicle.importers.report import Report

_PAGE = re.compile(r"\\begin\{(titlepage|titlingpage)\}(.*?)\\end\{\1\}", re.DOTALL)
_LARGEST = (r"\\(?:HUGE|Huge)\b", r"\\huge\b", r"\\LARGE\b")
_STATED = re.compile(r"\bpdf(title|author)\s*=\s*(?=\{)")
_MOST = 300


def add_title(text: str, facts: dict[str, Any], words: Callable[[str], str], report: Report) -> None:
    """Put in the title and the author when the text's own commands name none."""
    for found in _STATED.finditer(text):
        said = " ".join(words(group_at(text, found.end()) or "").split())
        if said and "\\" not in said and found[1] == "title" and not facts.get("title"):
            facts["title"] = said
            report.read_as("the title that the PDF was to have", said)
        elif said and found[1] == "author" and not facts.get("authors"):
            facts["authors"] = [
                name for one in re.split(r"\s*(?:,|;|\band\b)\s*", said) if (name := split_name(one))
            ]
    page = _PAGE.search(text)
    if page is None or facts.get("title"):
        return
    for size in _LARGEST:
        if said := _largest(page[2], size, words):
            facts["title"] = said
            report.verify("the largest words of the title page are taken for the title", said)
            return


def _largest(page: str, size: str, words: Callable[[str], str]) -> str:
    """The words of the group that sets this size, or those up to the end of its paragraph."""
    found = re.search(size, page)
    if found is None:
        return ""
    opened = page.rfind("{", 0, found.start())
    inner = group_at(page, opened) if opened >= 0 else None
    if inner is None or opened + len(inner) < found.start():
        inner = re.split(r"\n[ \t]*\n|\\\\\[|\\par\b|\\vspace", page[found.end() :])[0]
    said = " ".join(words(inner).split())
    return said if re.search(r"[^\W\d_]{3}", said) and len(said) < _MOST else ""
