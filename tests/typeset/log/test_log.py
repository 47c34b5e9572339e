"""The reader of LaTeX's log, and the words that are made of what it finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.latex.line_map import LineMap, LinePlace
from fascicle.typeset.job import Failure, FailureKind, TypesetOutcome
from fascicle.typeset.log.error_messages import ERRORS, explain_error
from fascicle.typeset.log.explain import TypesetSource, explain
from fascicle.typeset.log.latex_log import LONGEST, LogKind, read_log, unwrap
from tests.support.fuzzing import in_time

CASES = yaml.safe_load((Path(__file__).parent / "fixtures" / "texlogs.yaml").read_text("utf-8"))
HINT = " | write it another way, or describe it in words"
LOGS = [case["log"] for case in CASES]


def identity(tex: str) -> LineMap:
    """A line map in which every TeX line is the author's line of the same number."""
    count = tex.count("\n") + 1
    places = tuple(LinePlace(Span("a.md", line), Span("a.md", line)) for line in range(1, count + 1))
    return LineMap(places)


def reported(tex: str, log: str, failure: Failure | None = None, **source: object) -> list[str]:
    """The diagnostics of a log, as `line code message | hints`."""
    problems = Collector()
    outcome = TypesetOutcome(None, None, (), log, None, failure)
    explain(outcome, TypesetSource(tex, identity(tex), **source), problems)  # type: ignore[arg-type]
    return [
        " | ".join([f"{one.span.line if one.span else '-'} {one.code} {one.message}", *one.hints])
        for one in problems
    ]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_each_fault_is_told_once_in_plain_words(case: dict[str, object]) -> None:
    failed = any(entry.kind is LogKind.ERROR for entry in read_log(str(case["log"])))
    failure = Failure(FailureKind.TEX, "") if failed else None
    assert reported(str(case["tex"]), str(case["log"]), failure=failure) == case["expect"]


def test_thirty_kinds_of_error_are_met_in_real_logs() -> None:
    errors = [entry for log in LOGS for entry in read_log(log) if entry.kind is LogKind.ERROR]
    met = {found[0].pattern for entry in errors if (found := explain_error(entry.message))}
    assert len(met) >= 50
    assert len(ERRORS) - len(met) <= 12


def test_a_clean_log_tells_nothing() -> None:
    log = "(./main.tex (/usr/share/x/article.cls\nDocument Class: article 2022\n) [1] (./main.aux))\n"
    assert reported("x\n", log) == []


@pytest.mark.parametrize(
    "warning",
    [
        "LaTeX Warning: There were undefined references.",
        "LaTeX Warning: Label(s) may have changed. Rerun to get cross-references right.",
        "Package biblatex Warning: Please (re)run Biber on the file:\n(biblatex)                main\n"
        "(biblatex)                and rerun LaTeX afterwards.",
        "Package epstopdf Warning: Shell escape feature is not enabled.",
        "Package rerunfilecheck Warning: File `main.out' has changed.\n"
        "(rerunfilecheck)                Rerun to get outlines right",
    ],
)
def test_what_further_passes_settle_is_not_told(warning: str) -> None:
    assert reported("x\n", f"(./main.tex\n\n{warning}\n\n)") == []


@pytest.mark.parametrize(
    "line",
    [
        "./main.tex:5: Infinite glue shrinkage found in box being split [1{/x/pdftex.map}] [2] (./main.aux",
        "ignored error Infinite glue shrinkage found in box being split [1] (./main.aux",
        "./main.tex:5: ignored error: Infinite glue shrinkage found in box being split\n[1] (./main.aux",
        "ignored error: Infinite glue shrinkage found in box being split [1] (./main.aux",
    ],
)
def test_what_latex_has_the_engine_pass_over_is_no_error(line: str) -> None:
    log = f"(./main.tex\n{line}\n\nLaTeX Warning: Strange.\n\n)\nLaTeX Warning: Odd.\n\n)"
    assert [(entry.kind, entry.file) for entry in read_log(log)] == [
        (LogKind.WARNING, "main.aux"),
        (LogKind.WARNING, "main.tex"),
    ]


def test_infinite_shrinkage_that_latex_does_not_expect_is_told() -> None:
    log = "(./main.tex\n./main.tex:5: Infinite glue shrinkage found in box being split.\n<to be read again>\nl.5 \\end\n\n)"
    assert [entry.kind for entry in read_log(log)] == [LogKind.ERROR]


def test_the_file_stack_tells_whose_line_it_is() -> None:
    log = (
        "(./main.tex (/usr/share/x/report.cls (/usr/share/x/size10.clo) text (in parentheses)\n) "
        '("./my part.tex"\n\nLaTeX Warning: A warning on input line 7.\n\n)\n'
        "\nPackage foo Warning: Another one,\n(foo)                in two lines on input line 9.\n\n)"
    )
    entries = read_log(log)
    assert [(one.file, one.line, one.package, one.message) for one in entries] == [
        ("my part.tex", 7, "", "A warning"),
        ("main.tex", 9, "foo", "Another one, in two lines"),
    ]


def test_wrapped_lines_are_joined_only_when_the_log_is_wrapped() -> None:
    message = (
        "LaTeX Warning: Reference `sec:a-very-long-label-indeed' on page 1 undefined on input line 1234."
    )
    wrapped = f"(./main.tex\n\n{message[:79]}\n{message[79:]}\n\n)"
    assert [entry.line for entry in read_log(wrapped)] == [1234]
    assert unwrap(["x" * 79, "y", "z" * 100]) == ["x" * 79, "y", "z" * 100]


def test_an_overfull_line_tells_the_words_that_stick_out() -> None:
    tex = "\\begin{document}\nOne line of text\nand hippopotamus here\n\\end{document}\n"
    log = (
        "(./main.tex\nOverfull \\hbox (12.5pt too wide) in paragraph at lines 2--3\n"
        "[]\\TU/EBGaramond(0)/m/n/10.95 One line of text and hip-popota-mus\n []\n\n"
        "Overfull \\hbox (1.9pt too wide) in paragraph at lines 2--3\n[]\\TU/lmr/m/n/10 x\n []\n\n)"
    )
    assert reported(tex, log) == [
        "3 overfull-line a line sticks out by 12.5 pt: … line of text and hippopotamus"
    ]


def test_an_overfull_line_is_told_with_the_figures_that_the_log_leaves_out() -> None:
    tex = "\\begin{document}\nSince \\emph{May} 1984 (see p. 7) the Law2024 of hippopotamuses\n\\end{document}\n"
    log = (
        "(./main.tex\nOverfull \\hbox (12.5pt too wide) in paragraph at lines 2--2\n"
        "[]\\TU/EBGaramond(0)/m/n/10.95 Since May (see p. ) the Law of hip-popota-mus-es\n []\n\n)"
    )
    assert reported(tex, log) == [
        "2 overfull-line a line sticks out by 12.5 pt: … 7) the Law2024 of hippopotamuses"
    ]


def test_a_page_that_is_not_filled_is_told_with_its_number() -> None:
    log = "(./main.tex\nUnderfull \\vbox (badness 10000) has occurred while \\output is active []\n\n [4]\n)"
    assert reported("x\n", log) == ["- underfull-page a page could not be filled (page 4)"]


def test_missing_characters_are_found_in_text_and_bibliography() -> None:
    tex = "\\begin{document}\nα here\nand β and α\n\\end{document}\n"
    missing = "Missing character: There is no {} (U+{:04X}) in font [lmroman10-regular]:+tlig;!\n"
    log = "(./main.tex\n" + "".join(missing.format(one, ord(one)) for one in "αβαж") + ")"
    assert reported(tex, log, bibliographies={"bib/x.bib": "@book{a,\n title={ж}}\n"}) == [
        "2 missing-character no font has the character 'α' (U+03B1, greek small letter alpha)" + HINT,
        "3 missing-character no font has the characters 'α' (U+03B1, greek small letter alpha), "
        "'β' (U+03B2, greek small letter beta)" + HINT,
        "2 missing-character no font has the character 'ж' (U+0436, cyrillic small letter zhe)" + HINT,
    ]


def test_a_character_that_some_fonts_have_is_told_at_its_first_place_only() -> None:
    tex = "α here\nα there\n"
    log = "(./main.tex\nMissing character: There is no α (U+03B1) in font [lmroman10-bold]:+tlig;!\n)"
    assert [line.split(" ")[0] for line in reported(tex, log)] == ["1"]


def test_a_package_that_is_missing_is_named_with_what_brings_it() -> None:
    tex = "\\documentclass{article}\n\\usepackage{csquotes}\n\\begin{document}\n"
    log = "(./main.tex\n\n! LaTeX Error: File `csquotes.sty' not found.\n\nType X to quit\n\n./main.tex:3: Emergency stop.\n"
    assert reported(tex, log) == [
        "2 tex-package-missing the LaTeX file 'csquotes.sty' is not installed | "
        "on Debian: apt install texlive-latex-extra; in TeX Live: tlmgr install collection-latexextra"
    ]


def test_an_error_inside_a_package_is_told_where_the_package_is_loaded() -> None:
    tex = "\\documentclass{article}\n\\usepackage[a4paper]{geometry}\n"
    log = "(./main.tex\n/usr/share/x/geometry.sty:1005: Package keyval Error: nonsense undefined.\n\nl.1005 x\n        y\n\n"
    assert [line.split(" ")[:2] for line in reported(tex, log)] == [["2", "tex-option"]]


def test_errors_in_different_places_are_all_told() -> None:
    tex = "\n\n".join(f"Paragraph \\bad{letter} here." for letter in "abcdefghij")
    log = "(./main.tex\n" + "".join(
        f"./main.tex:{number}: Undefined control sequence.\nl.{number} Paragraph \\bad{letter}\n    here.\nHelp.\n\n"
        for number, letter in zip(range(1, 20, 2), "abcdefghij", strict=True)
    )
    lines = [line.split(" ")[0] for line in reported(tex, log)]
    assert lines == [str(number) for number in range(1, 20, 2)]


FAILURES = {
    FailureKind.UNSETTLED: Code.TEX_UNSETTLED,
    FailureKind.TIME_LIMIT: Code.TEX_TIME_LIMIT,
    FailureKind.OUTPUT_LIMIT: Code.TEX_OUTPUT_LIMIT,
    FailureKind.DISK_FULL: Code.DISK_FULL,
    FailureKind.NOT_WRITABLE: Code.NOT_WRITABLE,
    FailureKind.MISSING_PROGRAM: Code.TOOL_MISSING,
    FailureKind.CRASHED: Code.TEX_CRASHED,
    FailureKind.LOCKED: Code.BUILD_LOCKED,
}


@pytest.mark.parametrize("kind", [kind for kind in FailureKind if kind is not FailureKind.STOPPED])
def test_every_failure_says_something(kind: FailureKind) -> None:
    problems = Collector()
    outcome = TypesetOutcome(None, None, (), "", None, Failure(kind, "detail"))
    explain(outcome, TypesetSource("x\n", identity("x\n")), problems, "build/screen/run/main.log")
    assert problems.failed
    assert kind not in FAILURES or [one.code for one in problems] == [FAILURES[kind]]
    assert any("main.log" in hint for one in problems for hint in one.hints)


def test_the_time_limit_is_no_tex_error() -> None:
    problems = Collector()
    outcome = TypesetOutcome(None, None, (), "", None, Failure(FailureKind.TIME_LIMIT, "lualatex"))
    explain(outcome, TypesetSource("x\n", identity("x\n")), problems)
    assert [one.code for one in problems] == [Code.TEX_TIME_LIMIT]


# -- Properties --------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [piece for log in LOGS for piece in log.split("\n")]
    + [
        "(",
        ")",
        "((((",
        "Overfull \\hbox (",
        "l.",
        "l.x",
        "! ",
        "x.y:1: ",
        "Runaway argument?",
        "",
        " []",
        "[1]",
    ]
)


@given(st.lists(PIECES | st.text(max_size=30), max_size=40), st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_log_makes_the_reader_fail_or_loop(pieces: list[str], crlf: bool) -> None:
    log = ("\r\n" if crlf else "\n").join(pieces)
    for entry in read_log(log):
        assert isinstance(entry.kind, LogKind)
    reported("\\begin{document}\nx\n\\end{document}\n", log)


@given(st.sampled_from(LOGS), st.integers(0, 2000), st.integers(0, 2000))
@settings(max_examples=150, deadline=None)
def test_a_log_cut_anywhere_is_read(log: str, begin: int, length: int) -> None:
    reported("x\n", log[begin : begin + length], failure=Failure(FailureKind.TEX, ""))


def test_a_long_log_is_read_to_its_end() -> None:
    once = "\n".join(LOGS)
    assert len(read_log("\n".join([once] * 50))) == 50 * len(read_log(once))


# -- Without end -------------------------------------------------------------------------------------------

MANY = 5_000
FILLINGS = {
    "digits": "9" * MANY,
    "letters": "a" * MANY,
    "spaces": " " * MANY,
    "backslashes": "\\a" * MANY,
    "equals": "\\a=" * MANY,
    "quotes": '"' * MANY,
    "ticks": "File `" * MANY,
    "fonts": "Font " * MANY,
    "slashes": "\\A/" * MANY,
    "brackets": "(" * MANY,
    "options": "Unknown option " * MANY,
    "lines": "on input line 9 " * MANY,
}
MESSAGES = (
    "! Undefined control sequence.\nl.{} \\x\n\n",
    "./main.tex:{}: Undefined control sequence.\nl.1 \\x\n\n",
    "! Use of {} doesn't match its definition.\nl.1 \\x\n\n",
    "! LaTeX Error: {}\n\nl.1 \\x\n\n",
    "! Package x Error: a\n(x)                {}\n\nl.1 \\x\n\n",
    "! LaTeX Error: File `{}.sty' not found.\nl.1 \\x\n\n",
    '! Package fontspec Error: The font "{}" cannot be found.\nl.1 \\x\n\n',
    "! Font \\x={} at 10pt not loadable: metric not found.\nl.1 \\x\n\n",
    "! LaTeX Error: \\begin{{{}}} on input line 1 ended by \\end{{x}}.\nl.1 \\x\n\n",
    "Runaway argument?\n{}\n! Paragraph ended before \\x was complete.\nl.1 \\x\n\n",
    "[\\directlua]:1: {}\nl.1 \\x\n\n",
    "LaTeX Warning: a{} b on input line {}.\n\n",
    "LaTeX Warning: Citation `{}' on page 1 undefined on input line 1.\n\n",
    "LaTeX Warning: Label `{}' multiply defined.\n\n",
    "LaTeX Font Warning: Font shape `{}' undefined\n(Font)              using `x' instead on input line 1.\n\n",
    "LaTeX Warning: Float too large for page by {}.5pt on input line 1.\n\n",
    "Package {} Warning: a\n\n",
    "Overfull \\hbox ({}.0pt too wide) in paragraph at lines {}--{}\n{}\n []\n\n",
    "Overfull \\hbox (9.9.9pt too wide) in paragraph at lines 1--1\n{}\n []\n\n",
    "Overfull \\vbox (9.0pt too high) has occurred while \\output is active []\n\n[{}]\n",
    "Underfull \\vbox (badness {}) has occurred while \\output is active []\n\n[1]\n",
    "Missing character: There is no {} (U+{}) in font {}!\n",
    "({}.tex\n! Undefined control sequence.\nl.1 \\x\n\n",
)


@pytest.mark.parametrize("filling", FILLINGS)
def test_a_message_without_end_is_read(filling: str) -> None:
    """No number is too long for us, and of nothing is more taken than somebody may read."""
    for message in MESSAGES:
        log = f"(./main.tex\n{message.replace('{}', FILLINGS[filling])}"
        for entry in read_log(log):
            assert max(map(len, (entry.message, entry.context, entry.package, entry.token))) <= LONGEST + 1
            assert (entry.line or 0) < 10**9
        with in_time():
            assert all(len(line) < 4 * LONGEST for line in reported("\\begin{document}\nx\n", log))


@pytest.mark.parametrize("filling", ["digits", "spaces", "slashes", "brackets", "lines"])
def test_patterns_for_lines_read_each_once(filling: str) -> None:
    """Such a line would take minutes if its length came in squared."""
    long = FILLINGS[filling] * (100_000 // len(FILLINGS[filling]))
    with in_time():
        for message in MESSAGES:
            read_log(message.replace("{}", long))


def test_messages_as_many_as_lines_are_each_read_once() -> None:
    """Each names a place that has to be looked for."""
    count = 3_000
    words = [f"{str(number).translate(LETTERS)}z" for number in range(count)]
    tex = "".join(f"\\label{{l{number}}} {words[number]} {chr(0x4E00 + number)}\n" for number in range(count))
    log = "(./main.tex\n" + "".join(
        f"LaTeX Warning: Label `l{number}' multiply defined.\n\n"
        f"(/x/p{number}.sty\nLaTeX Warning: This is said on input line 1.\n\n)\n"
        f"Overfull \\hbox ({number}.0pt too wide) in paragraph at lines 1--{count}\n\\TU/x/m/n/10 {words[number]}\n []\n\n"
        f"Missing character: There is no {chr(0x4E00 + number)} in font x!\n"
        for number in range(count)
    )
    with in_time(60):
        found = reported(tex, log)
    assert "a line sticks out by 7.0 pt: … hz" in found[find(found, "by 7.0 pt")]
    assert find(found, "2,000 more of this kind are not listed") >= 0


LETTERS = str.maketrans("0123456789", "abcdefghij")


def find(reported: list[str], words: str) -> int:
    return next(number for number, line in enumerate(reported) if words in line)
