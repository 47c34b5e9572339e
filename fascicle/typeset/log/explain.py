"""Turns a job's outcome into diagnostics.

Plain words, at the line that the author or the template wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.latex.line_map import LineMap
from fascicle.typeset.job import FailureKind, TypesetOutcome
from fascicle.typeset.log.bad_boxes import explain_box, explain_characters
from fascicle.typeset.log.error_messages import NOISE, QUIET_WARNINGS, ErrorWords, explain_error, fill
from fascicle.typeset.log.last_words import last_words
from fascicle.typeset.log.latex_log import LogEntry, LogKind, read_log
from fascicle.typeset.log.source_places import LogPlaces, font_name
from fascicle.typeset.log.synctex import first_lines
from fascicle.typeset.log.warnings import explain_warning


@dataclass(frozen=True, slots=True)
class TypesetSource:
    """What the job was made from, as far as messages need it."""

    tex: str
    """The main file's text."""
    linemap: LineMap
    """From its lines to the author's."""
    main: str = "main.tex"
    """Its name for TeX."""
    bibliographies: Mapping[str, str] = field(default_factory=dict)
    """Text of each bibliography file, by its path in the project."""
    entry: Callable[[str], Span | None] = lambda key: None
    """Where the bibliography entry of a key stands."""


_NEAR = 100
"""Errors before one of which it may be an echo; TeX itself ends after so many in a paragraph."""
DOCTOR = "type `fascicle doctor`: it tries TeX itself, and says what is missing"
_FAILURES: dict[FailureKind, tuple[Code, str, str]] = {
    FailureKind.UNSETTLED: (
        Code.TEX_UNSETTLED,
        "page numbers and references do not settle: {detail} still changed after the last pass",
        "",
    ),
    FailureKind.TIME_LIMIT: (
        Code.TEX_TIME_LIMIT,
        "{detail} did not end within the time allowed",
        "look for a command that calls itself in a formula or in the template",
    ),
    FailureKind.OUTPUT_LIMIT: (Code.TEX_OUTPUT_LIMIT, "{detail} wrote more than it may", ""),
    FailureKind.DISK_FULL: (Code.DISK_FULL, "the disk is full: no room is left in {detail}", "make room and build again"),
    FailureKind.NOT_WRITABLE: (Code.NOT_WRITABLE, "a folder cannot be written: {detail}", ""),
    FailureKind.MISSING_PROGRAM: (
        Code.TOOL_MISSING,
        "{detail} is not installed",
        "`fascicle doctor` tells what to install",
    ),
    FailureKind.CRASHED: (Code.TEX_CRASHED, "a program was ended by a signal: {detail}", "build once more; if it happens again, memory may be short"),
    FailureKind.LOCKED: (
        Code.BUILD_LOCKED,
        "another build of this edition is still running",
        "wait for its end, then build again",
    ),
}  # fmt: skip


def explain(outcome: TypesetOutcome, source: TypesetSource, problems: Collector, log_name: str = "") -> None:
    """Add to `problems` all that the outcome's logs tell. `log_name` is the raw log's path for those who want to read it."""
    places = LogPlaces(source.tex, source.linemap, source.main)
    entries = read_log(outcome.log)
    before = len(problems)
    errors = [entry for entry in entries if entry.kind is LogKind.ERROR]
    stopped = next((entry for entry in errors if entry.message.startswith("Interruption")), None)
    if stopped:  # what follows it is the noise of its end
        errors = errors[: errors.index(stopped)]
    spoilt = {entry.line for entry in errors if entry.line}
    raw = (f"the raw log is {log_name}",) if log_name else ()
    _explain_errors(errors, places, problems, raw)
    pages = {}
    if outcome.synctex and any(entry.vertical for entry in entries):
        pages = first_lines(outcome.synctex.read_bytes(), source.main)
    # A job that failed has stopped at a pass whose references and page breaks are not the last ones.
    for entry in entries if outcome.settled else ():
        if entry.kind is LogKind.WARNING and not QUIET_WARNINGS.match(entry.message):
            explain_warning(entry, places, problems)
        elif entry.kind in (LogKind.OVERFULL, LogKind.UNDERFULL) and entry.line not in spoilt:
            explain_box(entry, places, problems, pages)
    missing = [entry for entry in entries if entry.kind is LogKind.MISSING_CHARACTER and outcome.settled]
    explain_characters(missing, places, source.bibliographies, problems)
    where = places.of(stopped) if stopped else None
    _explain_failure(outcome, len(problems) > before, problems, raw, where)


def _explain_failure(
    outcome: TypesetOutcome, reported: bool, problems: Collector, raw: tuple[str, ...], where: Span | None
) -> None:
    """The failure itself, where the logs do not tell it already; `where` is the place at which TeX was stopped."""
    failure = outcome.failure
    if failure is None or failure.kind is FailureKind.STOPPED:
        return
    if failure.kind in _FAILURES:
        code, message, hint = _FAILURES[failure.kind]
        problems.add(code, message.format(detail=failure.detail), where, *((hint,) if hint else ()), *raw)
    elif failure.detail == "no pages":
        problems.add(Code.TEX_NO_PAGES, "the text has no page", None, *raw)
    elif not reported or not problems.failed:
        _tell_last_words(outcome, problems, raw)


def _tell_last_words(outcome: TypesetOutcome, problems: Collector, raw: tuple[str, ...]) -> None:
    """The engine ended, and nothing that it wrote can be understood: its own last lines, and where to look."""
    words = last_words(outcome.console, outcome.log)
    message = "LuaLaTeX ended without a result; its last lines are below"
    if not words:
        message = "LuaLaTeX ended without a result and without a word"
    problems.add(Code.TEX_ERROR, message, None, DOCTOR, *raw, causes=words)


# -- TeX's errors ------------------------------------------------------------------------------------------


def _explain_errors(
    errors: list[LogEntry], places: LogPlaces, problems: Collector, raw: tuple[str, ...]
) -> None:
    """All errors but those that are only the noise of an earlier one; `raw` is a hint that is given once."""
    kept: list[tuple[LogEntry, ErrorWords | None]] = []
    for entry in errors:
        found = explain_error(entry.message)
        words = found[0] if found else None
        if (NOISE.search(entry.message) and kept) or _is_echo(entry, words, kept[-_NEAR:], places):
            continue
        once = () if kept else raw
        kept.append((entry, words))
        if found:
            _add(entry, found[0], fill(found[0], found[1], entry.token), places, problems, once)
        elif NOISE.search(entry.message):
            message = "TeX came to the end of the file before the end of the document"
            problems.add(Code.TEX_ERROR, message, None, *once)
        else:
            who = f"{entry.package}: " if entry.package else ""
            problems.add(
                Code.TEX_ERROR, f"TeX says: {who}{entry.message.rstrip('.')}", places.of(entry), *once
            )


def _add(
    entry: LogEntry,
    words: ErrorWords,
    message: str,
    places: LogPlaces,
    problems: Collector,
    once: tuple[str, ...],
) -> None:
    hints = [hint for hint in (places.remedy(entry, words.code), words.hint) if hint]
    problems.add(words.code, message, places.of(entry), *hints[:1], *once)


def _is_echo(
    entry: LogEntry,
    words: ErrorWords | None,
    kept: list[tuple[LogEntry, ErrorWords | None]],
    places: LogPlaces,
) -> bool:
    """Whether an error comes from an earlier one: at the same line, in the same paragraph, or of the same name."""
    if (
        words
        and words.code is Code.TEX_ENVIRONMENT
        and places.ends_what_failed(entry, [one for one, _ in kept])
    ):
        return True
    if (
        words
        and words.code is Code.TEX_FONT_MISSING
        and any(font and font in entry.message for one, _ in kept if (font := font_name(one.message)))
    ):
        return True
    if words and words.structural and kept and entry.line and places.is_end(entry.line):
        return True
    for other, other_words in kept:
        if entry.file != other.file or entry.line is None or other.line is None:
            continue
        if entry.line == other.line:
            both_commands = words and other_words and words.code is other_words.code is Code.TEX_COMMAND
            return not both_commands or entry.token == other.token or "@" in entry.token
        if words and words.structural and places.same_paragraph(other.line, entry.line):
            return True
    return False
