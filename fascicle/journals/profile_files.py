"""Journals' profiles read and checked.

What is misspelt, unknown or contradicts itself is told at its line.
"""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.citations.styles.styles import is_file, named_style, near_style
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Places
from fascicle.core.suggestions import did_you_mean
from fascicle.document.citation_format import CitationFormat as CitationFormat
from fascicle.export.metadata.formats import EXPORTS
from fascicle.journals.profile import (
    Citations,
    JournalFile,
    JournalProfile,
    ManuscriptFormat,
    References,
    Rules,
)
from fascicle.project.named_files import file_names, file_path, file_text
from fascicle.project.presets import rule_values
from fascicle.project.sources import Sources
from fascicle.project.templates import load_template, option_values
from fascicle.project.validation import validate
from fascicle.project.yaml_reader import Located, read_yaml

_KIND = "journals"

_NOTES = (Citations.FOOTNOTES, Citations.ENDNOTES)
_FORMATS = {
    Citations.AUTHOR_DATE: CitationFormat.AUTHOR_DATE,
    Citations.AUTHOR_PAGE: CitationFormat.AUTHOR,
    Citations.FOOTNOTES: CitationFormat.NOTE,
    Citations.ENDNOTES: CitationFormat.NOTE,
    Citations.NUMERIC: CitationFormat.NUMERIC,
}


def journal_names(sources: Sources) -> list[str]:
    """Names of all journals that can be sent to from here."""
    return file_names(_KIND, sources)


def read_journal(name: str, sources: Sources, problems: Collector) -> JournalProfile | None:
    """The profile `name`; None, with errors at its lines, when there is none or it cannot be used."""
    if name not in journal_names(sources):
        hint = did_you_mean(name, journal_names(sources))
        problems.add(Code.UNKNOWN_JOURNAL, f"there is no journal '{name}'", None, hint)
        return None
    path = file_path(_KIND, name)
    text = file_text(_KIND, name, sources, problems)
    if text is None:
        return None
    reported = Collector()
    located = read_yaml(text, path, reported)
    file = validate(JournalFile, located, path, reported)
    values = rule_values(located)
    rules = validate(Rules, values, path, reported) if file else None
    if file:
        _check_sources(file, located, path, reported)
    if rules:
        _check_names(rules, Places(file=path, spans=values.spans), sources, reported)
    for rule, message in _contradictions(rules) if rules else ():
        reported.add(Code.WRONG_VALUE, message, values.spans.get((rule,), Span(path)))
    problems.extend(reported)
    if file is None or rules is None or reported.failed:
        return None
    return JournalProfile(name, file, rules, Places(file=path, spans=values.spans))


def _check_names(rules: Rules, places: Places, sources: Sources, problems: Collector) -> None:
    """What the rules name must be there: template and its options, citation style, records of the work."""
    if rules.template and (
        template := load_template(rules.template, sources, problems, places.of("template"))
    ):
        stated = Places(
            file=places.file, spans={("editions", "", *at): span for at, span in places.spans.items()}
        )
        option_values(template, rules.options, stated, "", problems)
    style = rules.citation_style
    if style and not is_file(style) and (hint := near_style(style)):
        message = f"there is no citation style '{style}'"
        problems.add(Code.UNKNOWN_CITATION_STYLE, message, places.of("citation-style"), hint)
    for record in rules.records:
        if record not in EXPORTS:
            hint = did_you_mean(record, list(EXPORTS))
            problems.add(
                Code.WRONG_VALUE, f"there is no record '{record}' of a work", places.of("records"), hint
            )


def _contradictions(rules: Rules) -> Iterator[tuple[str, str]]:
    """Rules that cannot hold together: the one to be blamed, and why."""
    if ManuscriptFormat.LATEX in rules.formats and not rules.template:
        yield "formats", "the format 'latex' needs the rule 'template'"
    if (rules.references is References.BIBTEX) is not (rules.bibtex_style is not None):
        yield "references", "'references: bibtex' and 'bibtex-style' go together"
    if rules.full_copy and not rules.anonymous:
        yield "full-copy", "a full copy stands beside an anonymous one, and 'anonymous' is not true"
    style = named_style(rules.citation_style, Collector()) if rules.citation_style else None
    if style and rules.citations and style.format is not _FORMATS[rules.citations]:
        yield "citation-style", f"'{style.name}' does not cite by {rules.citations.value}"
    if not rules.bibliography and rules.citations and rules.citations not in _NOTES:
        yield "bibliography", f"without a list of works, citations by {rules.citations.value} lead nowhere"


def _check_sources(file: JournalFile, located: Located, path: str, problems: Collector) -> None:
    for key, rule in file.rules.items():
        if rule.source not in file.sources:
            span = located.spans.get(("rules", key, "source"), Span(path))
            message = f"the rule '{key}' names an unknown source '{rule.source}'"
            problems.add(Code.WRONG_VALUE, message, span, did_you_mean(rule.source, list(file.sources)))
