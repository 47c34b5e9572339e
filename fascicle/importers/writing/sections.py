"""A text cut into sections at its highest headings, and each written as a file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from fascicle.core.pandoc_ast import Blocks, Inlines
from fascicle.importers.draft import ImportDraft
from fascicle.importers.tree.walk import plain
from fascicle.importers.writing.inlines import InlineWriter
from fascicle.importers.writing.yaml_text import yaml_text

_LISTS = re.compile(
    r"(?:list of )?(?:references?|bibliography|works cited|literature(?: cited)?|literatur(?:verzeichnis)?|bibliographie|"
    r"bibliografía|references? cited|citations|cited works)(?:\s+and notes)?\.?:?",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(r"abstract\.?:?", re.IGNORECASE)


@dataclass(slots=True)
class SectionFile:
    """What becomes one file."""

    title: Inlines
    """Its heading; none for what stands before the first heading."""
    name: str
    """The heading's name in the source."""
    blocks: Blocks
    """Its text."""
    numbered: bool = True
    """False when the source says that it has no number."""


def cut(draft: ImportDraft) -> list[SectionFile]:
    """The sections; title and abstract that stand in the text go to the facts."""
    blocks = _without_title(draft)
    levels = [block["c"][0] for block in blocks if block["t"] == "Header"]
    top = min(levels, default=1)
    first = next(
        (at for at, block in enumerate(blocks) if block["t"] == "Header" and block["c"][0] == top), 0
    )
    leading = min((block["c"][0] for block in blocks[:first] if block["t"] == "Header"), default=top)
    sections = [SectionFile([], "", [])]
    for at, block in enumerate(blocks):
        # Headings before the first of the highest ones head sections of their own.
        if block["t"] == "Header" and block["c"][0] == (leading if at < first else top):
            _, (name, classes, _), inlines = block["c"]
            sections.append(SectionFile(inlines, name, [], "unnumbered" not in classes))
        else:
            sections[-1].blocks.append(block)
    for section in sections:
        _level(section, top)
    kept = [section for section in sections if section.title or section.blocks]
    return [section for section in kept if not _elsewhere(section, draft)] or kept


def _without_title(draft: ImportDraft) -> Blocks:
    """The blocks without a heading that is the publication's title."""
    blocks = list(draft.blocks)
    at = next((number for number, block in enumerate(blocks) if block["t"] == "Header"), None)
    if at is None:
        return blocks
    level, _, inlines = blocks[at]["c"]
    others = [block["c"][0] for block in blocks if block["t"] == "Header"]
    same = plain(inlines).strip().casefold() == str(draft.facts.get("title", "")).strip("*").casefold()
    alone = (
        at == 0
        and "title" not in draft.facts
        and others.count(level) == 1
        and len(others) > 1
        and level == min(others)
    )
    if same or alone:
        draft.facts.setdefault("title", inlines)
        if alone:
            draft.report.read_as("the first heading, alone of its level, as the title", plain(inlines))
        del blocks[at]
    return blocks


def _level(section: SectionFile, top: int) -> None:
    """Headings inside a section begin at level 2 and skip none."""
    last = 1
    for block in section.blocks:
        if block["t"] == "Header":
            last = block["c"][0] = max(2, min(block["c"][0] - top + 1, last + 1, 6))


def _elsewhere(section: SectionFile, draft: ImportDraft) -> bool:
    """Whether a section has its place elsewhere: an empty list of works, which the program prints, or the abstract."""
    title = plain(section.title).strip()
    if _LISTS.fullmatch(title) and not plain(section.blocks).strip():
        draft.report.read_as(
            "an empty heading for the list of works as the place of the list, which the program prints", title
        )
        return True
    simple = all(block["t"] in ("Para", "Plain") for block in section.blocks)
    if _ABSTRACT.fullmatch(title) and section.blocks and simple and "abstract" not in draft.facts:
        draft.facts["abstract"] = section.blocks
        draft.report.read_as("the section “Abstract” as the abstract")
        return True
    return False


def file_names(sections: list[SectionFile]) -> list[str]:
    """File names, numbered in order and made of the headings."""
    width = max(2, len(str(len(sections))))
    made = []
    for number, section in enumerate(sections, start=0 if not sections[0].title and len(sections) > 1 else 1):
        made.append(f"{number:0{width}d}-{slug(plain(section.title)) or 'text'}.md")
    return made


def slug(text: str, longest: int = 40) -> str:
    """A file name's stem: small ASCII letters and digits, words joined by hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_text)
    made = ""
    for word in words:
        if made and len(made) + len(word) >= longest:
            break
        made = f"{made}-{word}" if made else word[:longest]
    return made


def front_matter(section: SectionFile, writer: InlineWriter, labels: dict[str, str], used: set[str]) -> str:
    """The YAML at the head of a section's file."""
    facts: dict[str, object] = {"title": writer.write(section.title, line=True) or "Text"}
    label = labels.get(section.name, "")
    if label in used:
        facts["id"] = label.removeprefix("sec:")
    if not section.title:
        facts["heading"] = False
    if not section.numbered:
        facts["numbered"] = False
    return f"---\n{yaml_text(facts)}---\n"
