"""Fields of a Word document: citations found and marked, contents and lists of works taken out."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from fascicle.importers.word.package import W

OPEN, CLOSE = "\ue0f0", "\ue0f1"
"""Around the number of a citation in the text that pandoc reads."""
_CITES = re.compile(
    r"\s*(?:ADDIN\s+(?:ZOTERO_ITEM|CSL_CITATION|Mendeley Citation|EN\.CITE(?!\.DATA))|CITATION\s)",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"\s*(?:ADDIN\s+(?:ZOTERO_BIBL|Mendeley Bibliography|CSL_BIBLIOGRAPHY|EN\.REFLIST)|BIBLIOGRAPHY\b)",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA)\b")


@dataclass(slots=True)
class Fields:
    """What was found."""

    citations: list[str] = field(default_factory=list)
    """The codes of citations, in order."""
    shown: list[str] = field(default_factory=list)
    """What Word showed for each."""
    lists: int = 0
    """Lists of works taken out."""
    listed: list[str] = field(default_factory=list)
    """The paragraphs of these lists."""
    contents: int = 0
    """Tables of contents taken out."""


@dataclass(slots=True)
class _Open:
    """A field that has begun."""

    runs: list[ET.Element]
    code: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    separated: bool = False


class FieldMarker:
    """Marks the fields of one part."""

    def __init__(self, root: ET.Element, found: Fields) -> None:
        self.root = root
        self.found = found
        self.parents = {child: parent for parent in root.iter() for child in parent}

    def mark(self) -> None:
        """Replace citations by marks, and take out what the program makes itself."""
        stack: list[_Open] = []
        for run in list(self.root.iter(f"{W}r")):
            for opened in stack:
                opened.runs.append(run)
            self._run(run, stack)
        for simple in list(self.root.iter(f"{W}fldSimple")):
            self._simple(simple)
        self._without_empty()

    def _run(self, run: ET.Element, stack: list[_Open]) -> None:
        for part in run:
            kind = part.get(f"{W}fldCharType") if part.tag == f"{W}fldChar" else ""
            if kind == "begin":
                stack.append(_Open([run]))
                stack[-1].data += [item.text or "" for item in part.iter(f"{W}fldData")]
            elif kind == "separate" and stack:
                stack[-1].separated = True
            elif kind == "end" and stack:
                ended = stack.pop()
                if not self._ended(ended) and stack:
                    stack[-1].data += ended.data
            elif part.tag == f"{W}instrText" and stack:
                stack[-1].code.append(part.text or "")
            elif part.tag == f"{W}t" and stack:
                for opened in stack:
                    if opened.separated:
                        opened.shown.append(part.text or "")

    def _ended(self, ended: _Open) -> bool:
        code = "".join(ended.code)
        if _CITES.match(code):
            self._replace(ended.runs, self._cited(code, ended))
            return True
        if _LISTS.match(code):
            self.found.lists += 1
            self.found.listed += self._paragraphs(ended.runs)
        elif _CONTENTS.match(code):
            self.found.contents += 1
        else:
            return False
        self._replace(ended.runs, "")
        return True

    def _paragraphs(self, runs: list[ET.Element]) -> list[str]:
        """The words of runs, paragraph by paragraph."""
        made: dict[int, str] = {}
        for run in dict.fromkeys(runs):
            holder = self.parents.get(run)
            while holder is not None and holder.tag != f"{W}p":
                holder = self.parents.get(holder)
            words = "".join(
                part.text or "" if part.tag == f"{W}t" else " "
                for part in run
                if part.tag in (f"{W}t", f"{W}tab")
            )
            made[id(holder)] = made.get(id(holder), "") + words
        return [words for words in (" ".join(each.split()) for each in made.values()) if words]

    def _cited(self, code: str, ended: _Open) -> str:
        if "EN.CITE" in code and "<" not in code:
            code += " " + "".join(ended.data)
        self.found.citations.append(code.strip())
        self.found.shown.append("".join(ended.shown).strip())
        return f"{OPEN}{len(self.found.citations) - 1}{CLOSE}"

    def _replace(self, runs: list[ET.Element], text: str) -> None:
        for number, run in enumerate(dict.fromkeys(runs)):
            for part in list(run):
                if part.tag != f"{W}rPr":
                    run.remove(part)
            if number == 0 and text:
                ET.SubElement(run, f"{W}t").text = text

    def _simple(self, simple: ET.Element) -> None:
        code = simple.get(f"{W}instr", "")
        runs = list(simple.iter(f"{W}r"))
        shown = [part.text or "" for part in simple.iter(f"{W}t")]
        if _CITES.match(code):
            self._replace(runs, self._cited(code, _Open(runs, [code], [], shown)))
        elif _LISTS.match(code):
            self.found.lists += 1
            self._replace(runs, "")

    def _without_empty(self) -> None:
        """Runs that hold nothing any more go."""
        for run in list(self.root.iter(f"{W}r")):
            if not [part for part in run if part.tag != f"{W}rPr"] and run in self.parents:
                self.parents[run].remove(run)
