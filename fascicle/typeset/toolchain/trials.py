"""Tries what TeX can do here: each engine on the smallest documents, in the program's own environment."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from fascicle.core.diagnostics import Collector, Severity
from fascicle.core.system.sandbox import SandboxPolicy
from fascicle.core.system.subprocesses import CONSOLE, Ending, Guardian
from fascicle.latex.line_map import LineMap
from fascicle.typeset.engine import typeset
from fascicle.typeset.environment import child_environment
from fascicle.typeset.job import FailureKind, Job, Limits, TypesetOutcome
from fascicle.typeset.log.error_messages import NOISE, explain_error, fill
from fascicle.typeset.log.explain import TypesetSource, explain
from fascicle.typeset.log.last_words import last_words
from fascicle.typeset.log.latex_log import LogKind, read_log
from fascicle.typeset.log.missing_files import font_hint, format_hint, package_hint
from fascicle.typeset.preloaded_format import why_none
from fascicle.typeset.release import TAGGING, TAGGING_RELEASE, latex_date
from fascicle.typeset.toolchain import platforms, samples
from fascicle.typeset.toolchain.programs import Toolchain, find_toolchain, is_native, remedy
from fascicle.typeset.toolchain.requirements import Requirement, RequirementKind
from fascicle.typeset.toolchain.samples import Script

SECONDS = 120.0
"""Longest time of one trial."""
_OUTPUT = 1 << 26
_OPTIONS = ("-no-shell-escape", "-interaction=nonstopmode", "-file-line-error")
_FILE = re.compile(r"File `([^']+)\.(?:sty|cls|def|bbx|cbx|lbx|ldf)' not found")
_FONT = re.compile(r'[\[":/ ]([\w.-]+\.(?:otf|ttf|ttc))|Font \S+=(\w+) at')
_NO_FONTS = re.compile(r"LaTeX file|format file")
"""In words on a fault that no font mends."""
NEWER = "docs/tex.md says how to get a newer TeX without being root"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying one thing."""

    subject: str
    """What was tried, in a word or two."""
    ok: bool
    """True when it works."""
    reported: str
    """What works, or what is missing or too old."""
    remedy: str = ""
    """What to do; empty when it works."""
    needed: bool = False
    """True when no publication can be built without it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one run of an engine ended."""

    fault: str
    """What went wrong, one sentence without full stop; empty when a whole page was made."""
    remedy: str
    """What to do about it."""
    log: str
    """The engine's log."""


def run_once(engine: str, tex: str, folder: Path, stop: Event | None = None) -> Ended:
    """One run of an engine on a document in `folder`, which is made and has no fonts or settings from elsewhere.

    Once `stop` is set, nobody wants to know any more; so with all trials.
    """
    program = shutil.which(engine)
    if program is None:
        return Ended(f"{engine} is not installed", "", "")
    cache, home, place = (folder / name for name in ("cache", "home", "run"))
    for each in (cache, home, place):
        each.mkdir(parents=True, exist_ok=True)
    (place / "main.tex").write_text(tex, encoding="utf-8")
    environment = child_environment(cache, home, 0, {"TMPDIR": str(place)}, program)
    with Guardian() as guardian:
        wall = SandboxPolicy(
            (str(home.absolute()),), (str(cache.absolute()),), SECONDS, _OUTPUT, processes=True
        )
        child = guardian.start([program, *_OPTIONS, "main.tex"], place, environment, wall)
        ending = child.wait(time.monotonic() + SECONDS, stop)
    log, console = _text(place / "main.log"), _text(place / CONSOLE)
    if ending is not Ending.EXITED:
        return Ended(f"{engine} was stopped: {ending}", "", log)
    fault, remedy = _fault(
        log, console, whole=child.process.returncode == 0 and (place / "main.pdf").exists()
    )
    return Ended(fault, remedy, log)


def _fault(log: str, console: str, *, whole: bool) -> tuple[str, str]:
    """What a log tells of a fault, and the remedy; two empty texts when there is none."""
    entries = read_log(log)
    for entry in entries:
        if entry.kind is LogKind.ERROR and not NOISE.search(entry.message):
            found = explain_error(entry.message)
            first = entry.message.partition(". ")[0].rstrip(".")
            words = fill(found[0], found[1], entry.token) if found else f"TeX says: {first}"
            return words, _remedy(entry.message)
    for entry in entries:
        if entry.kind is LogKind.MISSING_CHARACTER:
            return f"no font prints {entry.message}", ""
    if whole:
        return "", ""
    words = " / ".join(last_words(console, log))
    return words or "it ended without a word", format_hint(words)


def _remedy(message: str) -> str:
    if file := _FILE.search(message):
        return package_hint(file[1])
    if font := _FONT.search(message):
        return font_hint(font[1] or font[2])
    return ""


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.exists() else ""


def try_build(folder: Path, stop: Event | None = None) -> tuple[list[Trial], str]:
    """A line as a build sets it, and a format on the way; and the date of LaTeX."""
    line, outcome = _typeset(folder, stop)
    trials = [line]
    if line.ok:
        made = any(folder.glob("cache/formats/*.fmt"))
        why = "" if made else why_none(folder / "cache")
        none = f"none can be made of this TeX: {why}" if why else "none can be made of this TeX"
        words = "made: packages are loaded once for all builds" if made else none
        slow = "" if made else "every build takes about a second longer; nothing else is lost"
        trials.append(Trial("formats", made, words, slow))
    return trials, latex_date(outcome.log)


def _typeset(folder: Path, stop: Event | None) -> tuple[Trial, TypesetOutcome]:
    """A line set by the program's engine."""
    job = Job(folder / "run", samples.LINE, folder / "cache", limits=Limits(SECONDS))
    outcome = typeset(job, stop=stop)
    if outcome.failure is None:
        return Trial("LuaLaTeX", ok=True, reported="sets a line", needed=True), outcome
    problems = Collector()
    explain(outcome, TypesetSource(job.tex, LineMap(())), problems)
    first = next((one for one in problems.sorted() if one.severity is Severity.ERROR), None)
    words = first.message if first else str(outcome.failure.kind)
    if first and first.causes:
        words = f"{words.partition(';')[0]}: {' / '.join(first.causes)}"
    remedies = (_remedy(entry.message) for entry in read_log(outcome.log))
    silent = outcome.failure.kind is FailureKind.CRASHED or not (first and first.causes)
    again = _engine_again() if silent else ""
    brings = next(filter(None, (*remedies, format_hint(words), again)), NEWER)
    return Trial("LuaLaTeX", ok=False, reported=words, remedy=brings, needed=True), outcome


def _engine_again() -> str:
    """The command that puts a damaged engine right; empty where it is not known."""
    here = find_toolchain()
    if is_native(here):
        return "tlmgr install --reinstall luahbtex latex-bin"
    return (
        "sudo apt-get install --reinstall texlive-binaries"
        if platforms.this_system().name == "Debian"
        else ""
    )


def try_scripts(folder: Path, stop: Event | None = None) -> list[Trial]:
    """Each script of the editions, and formulas."""
    return _scripts(
        "scripts", "lualatex", (*samples.SCRIPTS, samples.FORMULAS), samples.scripts_document, folder, stop
    )


def try_pdflatex(folder: Path, stop: Event | None = None) -> list[Trial]:
    """A line by pdfLaTeX, and the scripts of journals."""
    line = run_once("pdflatex", samples.PLAIN_LINE, folder / "line", stop)
    first = trial("pdfLaTeX", "sets a line, for journals", line)
    if line.fault:
        return [first]
    scripts, document = samples.JOURNAL_SCRIPTS, samples.journal_scripts_document
    return [first, *_scripts("for journals", "pdflatex", scripts, document, folder, stop)]


def _scripts(
    subject: str,
    engine: str,
    scripts: Sequence[Script],
    document: Callable[[Sequence[Script]], str],
    folder: Path,
    stop: Event | None,
) -> list[Trial]:
    """All scripts at once, and one by one only where that fails; those that work are one trial, and so is a fault of all."""
    if not run_once(engine, document(scripts), folder / "all", stop).fault:
        return [_printed(subject, scripts)]
    ended = {
        script: run_once(engine, document((script,)), folder / str(number), stop)
        for number, script in enumerate(scripts)
    }
    works = [script for script in scripts if not ended[script].fault]
    if len(scripts) > 1 and len({one.fault for one in ended.values()}) == 1:
        first = ended[scripts[0]]
        return [Trial(subject, ok=False, reported=f"none is set: {first.fault}", remedy=first.remedy)]
    here = find_toolchain()
    return ([_printed(subject, works)] if works else []) + [
        Trial(script.name, ok=False, reported=one.fault, remedy=_brings(script, one, here))
        for script, one in ended.items()
        if one.fault
    ]


def _printed(subject: str, scripts: Sequence[Script]) -> Trial:
    return Trial(subject, ok=True, reported=", ".join(script.name for script in scripts))


def _brings(script: Script, ended: Ended, here: Toolchain) -> str:
    """The command that brings a script's fonts here, or what mends a fault that has nothing to do with them."""
    if ended.remedy and _NO_FONTS.search(ended.fault):
        return ended.remedy
    return remedy(Requirement(script.name, RequirementKind.FONT, "", script.debian, script.texlive), here)


def try_tagging(date: str, folder: Path, stop: Event | None = None) -> Trial:
    """A line with tags, where LaTeX, of the day `date`, is new enough for them."""
    if not date:
        reported = "not tried: LuaLaTeX does not tell how old its LaTeX is"
        return Trial("tagged PDF", ok=False, reported=reported, remedy="mend LuaLaTeX first")
    if date < TAGGING:
        old = f"LaTeX of {date} is too old: it needs {TAGGING} or newer, TeX Live {TAGGING_RELEASE}"
        return Trial("tagged PDF", ok=False, reported=old, remedy=NEWER)
    return trial(
        "tagged PDF", f"LaTeX of {date} makes it", run_once("lualatex", samples.TAGGED, folder, stop)
    )


def trial(subject: str, works: str, ended: Ended) -> Trial:
    """A trial that was one run of an engine."""
    return Trial(subject, not ended.fault, ended.fault or works, ended.remedy)
