"""Reads the section files: front matter and Markdown, in order."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Places, Publication, Section, SectionData
from fascicle.project.conflicts import without_conflicts
from fascicle.project.sources import Sources
from fascicle.project.validation import places, validate
from fascicle.project.yaml_reader import Located, read_yaml

CONTENT = "content"
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def read_sections(
    listed: tuple[str, ...], stated: Places, sources: Sources, problems: Collector
) -> tuple[Section, ...]:
    """The sections named in `sections:`, or every content/*.md in name order."""
    sections = []
    for path, span in _paths(listed, stated, sources, problems):
        text = sources.text(path, problems, span)
        if text is not None:
            sections.append(read_section(path, text, problems))
    if not sections and not problems.failed:
        span = Span(stated.file)
        hint = "write a first one, such as content/01-introduction.md, with front matter 'title: …'"
        problems.add(Code.NO_SECTIONS, "the publication has no sections", span, hint)
    return _distinct([section for section in sections if section is not None])


def sections_for(publication: Publication, edition: str) -> Publication:
    """The publication with those of its sections alone that the edition includes."""
    kept = tuple(
        section
        for section in publication.sections
        if not section.data.editions or edition in section.data.editions
    )
    return publication.model_copy(update={"sections": kept})


def _distinct(sections: list[Section]) -> tuple[Section, ...]:
    """Labels made from file names are made longer where two files have the same name after their number."""
    made = Counter(section.label for section in sections if section.data.id is None)
    stated = {section.label for section in sections if section.data.id is not None}
    return tuple(
        section.model_copy(update={"label": f"sec:{PurePosixPath(section.path).stem}"})
        if section.data.id is None and (made[section.label] > 1 or section.label in stated)
        else section
        for section in sections
    )


def read_section(path: str, text: str, problems: Collector) -> Section | None:
    """One section file: YAML between two lines `---`, then Markdown."""
    text = without_conflicts(text, path, problems)
    match = _FRONT_MATTER.match(text)
    if match is None:
        problems.add(Code.MISSING_FRONT_MATTER, *_no_front_matter(path, text))
        located, body, first_line = Located({"title": "Untitled"}), *_text_alone(text)
    else:
        located = read_yaml(match[1], path, problems, first_line=2)
        body, first_line = text[match.end() :], text.count("\n", 0, match.end()) + 1
    data = validate(SectionData, located, path, problems)
    if data is None:
        return None
    return Section(
        path=path,
        data=data,
        places=places(located, path),
        text=body,
        first_line=first_line,
        label=f"sec:{data.id.removeprefix('sec:') if data.id else _label(path)}",
    )


def _no_front_matter(path: str, text: str) -> tuple[str, Span, str]:
    if not text.startswith("---") and text.lstrip().startswith("---\n"):
        blank = text[: len(text) - len(text.lstrip())].count("\n")
        return (
            "the front matter does not begin in the first line",
            Span(path, blank + 1),
            "delete what stands before it",
        )
    if text.startswith("---"):
        return "the front matter has no end", Span(path), "close it with a line '---' before the text begins"
    return (
        "the section has no front matter",
        Span(path),
        "begin the file with lines '---', 'title: …' and '---'",
    )


def _text_alone(text: str) -> tuple[str, int]:
    """The text, and its first line, of a file whose front matter is missing or ends nowhere but at an empty line."""
    if not text.startswith("---"):
        return text, 1
    head, _, body = text.partition("\n\n")
    return body, head.count("\n") + 3


def _paths(
    listed: tuple[str, ...], stated: Places, sources: Sources, problems: Collector
) -> list[tuple[str, Span | None]]:
    if not listed:
        _tell_left_out(sources, problems)
        found = [path for path in sources.listing(CONTENT, ".md") if not _is_lock(path)]
        _tell_copies(found, problems)
        return [(path, None) for path in found]
    stated_ones: dict[str, Span | None] = {}
    for number, name in enumerate(listed):
        path, span = str(PurePosixPath(CONTENT) / name), stated.of("sections", number)
        if path in stated_ones:
            problems.add(Code.DUPLICATE_SECTION, f"the section '{name}' is listed twice", span)
        stated_ones.setdefault(path, span)
    return list(stated_ones.items())


def _is_lock(path: str) -> bool:
    """A file that a word processor keeps beside an open one, or an editor beside an unsaved one."""
    return PurePosixPath(path).name.startswith(("~$", ".~", "#"))


_COPY = re.compile(
    r"(?: copy(?: \d+)?| \(\d+\)| - Copy(?: \(\d+\))?| - Kopie| Kopie|[-_ ]?(?:backup|bak|old|conflict(?:ed)?.*))$",
    re.IGNORECASE,
)
"""What file managers and clouds put at the end of a copy's name."""
_READABLE = (".md", ".markdown", ".qmd", ".Rmd")
_PLAIN = (".MD", ".Md", ".markdown", ".mdown", ".mkd", ".txt", ".text")
_OTHER = (".qmd", ".Rmd", ".rtf", ".doc", ".docx", ".odt", ".tex")


def _tell_left_out(sources: Sources, problems: Collector) -> None:
    """Tell of files that look like sections and are none by their names: a section must not vanish unseen."""
    # Each ending by itself: what editors put beside the sections for a moment is no change.
    for ending in (*_PLAIN, *_OTHER):
        for path in sources.listing(CONTENT, ending):
            name = PurePosixPath(path).with_suffix(".md")
            brought = f"fascicle import {shlex.quote(path)} new-text makes a publication of it"
            hint = (
                f"rename it to {name}" if ending in _PLAIN else f"{brought}; or save it as Markdown, {name}"
            )
            message = f"{path} is left out: sections are files whose names end in .md"
            problems.add(Code.LEFT_OUT_SECTION, message, Span(path), f"{hint}, or move it out of {CONTENT}/")
    for path in sources.below(CONTENT, _READABLE):
        message = f"{path} is left out: sections stand in {CONTENT}/ itself, and this is a folder in it"
        hint = f"list the files in their order in content/publication.yaml: sections: [{path.removeprefix(CONTENT + '/')}]"
        problems.add(Code.LEFT_OUT_SECTION, message, Span(path), hint)


def _tell_copies(paths: Iterable[str], problems: Collector) -> None:
    """Tell of sections that are another one's copy by their names, which is printed a second time."""
    known = set(paths)
    for path in sorted(known):
        pure = PurePosixPath(path)
        original = _COPY.sub("", pure.stem)
        if original != pure.stem and f"{pure.parent}/{original}.md" in known:
            message = f"{path} is by its name a copy of {original}.md, and both are printed"
            hint = f"move it out of {CONTENT}/, or give it a name of its own"
            problems.add(Code.COPIED_SECTION, message, Span(path), hint)


def _label(path: str) -> str:
    """The file name without number and ending: content/04-hukou.md gives `hukou`."""
    stem = PurePosixPath(path).stem
    return re.sub(r"^\d+[-_. ]*", "", stem) or stem
