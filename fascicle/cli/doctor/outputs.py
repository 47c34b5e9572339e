"""What `fascicle doctor` tries beside TeX itself.

The class of each journal, citations, Word, JATS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from fascicle.citations.sample import sample
from fascicle.citations.styles.styles import DEFAULT
from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import find_pandoc
from fascicle.journals.journal_edition import shape_for
from fascicle.journals.profile import JournalProfile, ManuscriptFormat
from fascicle.journals.profile_files import journal_names, read_journal
from fascicle.pipeline.manuscript import read_manuscript
from fascicle.pipeline.run import Request, Run
from fascicle.project.sources import Sources
from fascicle.project.templates import TexProgram
from fascicle.typeset.toolchain.trials import Trial, run_once

_PUBLICATION = """\
title: A title
language: en
date: 2001-01-01
authors: [{family: Doe, given: Jane, affiliations: [press], email: jane@example.org, corresponding: true}]
affiliations: {press: {name: Press}}
abstract: An abstract.
keywords: [word]
license: CC-BY-4.0
"""
_COMMENT = re.compile(r"^%.*\n", re.MULTILINE)
_SECTION = "---\ntitle: A section\n---\n\n## A heading\n\nA line of text.[^1]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: A note.\n"
_EMPTY = {
    "pandoc-api-version": [1, 23],
    "meta": {},
    "blocks": [{"t": "Para", "c": [{"t": "Str", "c": "line"}]}],
}


@dataclass(frozen=True, slots=True)
class ClassDocument:
    """The same small text in the class of one journal or of several."""

    journals: tuple[str, ...]
    """The journals' keys."""
    template: str
    """The template."""
    engine: str
    """The engine that the journals run."""
    tex: str
    """The document; empty where the journal's class is not TeX Live's."""
    brought: str = ""
    """The class file that an author brings."""


def class_documents(folder: Path) -> list[ClassDocument]:
    """A small publication, written into `folder`, as each journal that takes LaTeX wants it; no two alike."""
    for name, text in (("publication.yaml", _PUBLICATION), ("1-text.md", _SECTION)):
        (folder / "content").mkdir(parents=True, exist_ok=True)
        (folder / "content" / name).write_text(text, encoding="utf-8")
    sources = Sources(folder, trusted=False)
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for name in journal_names(sources):
        journal = read_journal(name, sources, Collector())
        if journal is None or not _has_class(journal):
            continue
        rules = journal.rules
        brought = ", ".join(rules.classes)
        tex = "" if brought else _document(journal, folder)
        found.setdefault((str(rules.template), rules.engine.value, tex, brought), []).append(name)
    return [ClassDocument(tuple(names), *key) for key, names in found.items()]


def _has_class(journal: JournalProfile) -> bool:
    """Whether a journal takes LaTeX in a class of its own; LuaLaTeX sets the editions' own template."""
    rules = journal.rules
    return (
        bool(rules.template)
        and ManuscriptFormat.LATEX in rules.formats
        and rules.engine is not TexProgram.LUALATEX
    )


def _document(journal: JournalProfile, folder: Path) -> str:
    run = Run(Request(folder), f"submit-{journal.key}", lambda event: None)
    manuscript = read_manuscript(
        run, shape_for(journal, ManuscriptFormat.LATEX, run.problems, anonymous=journal.rules.anonymous)
    )
    tex = manuscript.assembled.tex if manuscript and manuscript.assembled else ""
    return _COMMENT.sub("", tex)


def try_class(document: ClassDocument, folder: Path, stop: Event | None = None) -> Trial:
    """One run of the journal's engine on its document."""
    journals = f"for {', '.join(document.journals)}"
    if document.brought:
        reported = f"{journals}: you bring {document.brought} yourself, with --class-path"
        return Trial(document.template, ok=False, reported=reported)
    if not document.tex:
        return Trial(document.template, ok=False, reported=f"{journals}: the template cannot be filled")
    ended = run_once(document.engine, document.tex, folder, stop)
    reported = f"{journals}: {ended.fault or 'the class works'}"
    return Trial(document.template, not ended.fault, reported, ended.remedy)


def try_pandoc() -> Iterable[Trial]:
    """A work as the usual citation style words it, and a line by pandoc in each format that it writes for us."""
    problems = Collector()
    pandoc = find_pandoc(problems)
    worded = sample(DEFAULT, problems) if pandoc else ""
    fault = next((one for one in problems.sorted()), None)
    reported, remedy = (fault.message, " ".join(fault.hints)) if fault else ("a work is worded", "")
    yield Trial("citations", bool(worded), reported, remedy, needed=True)
    for name, to in (("Word", "docx"), ("JATS", "jats_publishing")):
        if pandoc is None:
            yield Trial(name, ok=False, reported="pandoc is not there", remedy=remedy)
        else:
            answer = pandoc.run(_EMPTY, to)
            yield Trial(name, not answer.failure, answer.failure or "pandoc writes it")
