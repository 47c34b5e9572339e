"""TeX's and LaTeX's commonest errors in plain words: a table of patterns, tried in order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fascicle.core.diagnostic_codes import Code


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What one kind of error is called here."""

    pattern: re.Pattern[str]
    """Matches TeX's own message from its beginning."""
    code: Code
    """What kind of diagnostic it becomes."""
    message: str
    """One sentence without a full stop; `{1}` is the pattern's first group, `{token}` the last command read."""
    hint: str = ""
    """What to do about it."""
    structural: bool = False
    """True when such an error is often only the echo of one before it in the same paragraph."""


def _words(pattern: str, code: Code, message: str, hint: str = "", *, structural: bool = False) -> ErrorWords:
    return ErrorWords(re.compile(pattern), code, message, hint, structural)


_SLOT = re.compile(r"'?\{(?:(token)|(\d))\}'?")
_CLOSE = "count the braces: each { needs its }"
_TEMPLATE = "this is a fault of the template"

ERRORS: tuple[ErrorWords, ...] = (
    # Commands
    _words(r"Undefined control sequence", Code.TEX_COMMAND, "the command '{token}' is not defined", "look at its spelling; commands of packages need their package in the template"),
    _words(r"Use of (\S+) doesn't match", Code.TEX_COMMAND, "the command '{1}' is not followed by what it needs"),
    _words(r"You can't use `(.+?)' in", Code.TEX_COMMAND, "'{1}' cannot stand here"),
    _words(r"Command (\S+) (?:in|un)(?:valid|available) in", Code.TEX_COMMAND, "the command '{1}' cannot stand here"),
    _words(r"(\\\S+) allowed only in math mode", Code.TEX_MATH, "'{1}' belongs into a formula", "put it between dollar signs"),
    _words(r"(\\verb) (?:illegal|ended)", Code.TEX_COMMAND, "'{1}' cannot stand inside another command, and ends on its line"),
    # Formulas
    _words(r"Missing \$ inserted", Code.TEX_MATH, "a formula is not closed, or a sign of formulas (_ ^ \\alpha …) stands outside one", "put the formula between two dollar signs in one paragraph", structural=True),
    _words(r"Double superscript", Code.TEX_MATH, "a letter has two superscripts", "write a^{bc}, or {a^b}^c"),
    _words(r"Double subscript", Code.TEX_MATH, "a letter has two subscripts", "write a_{bc}, or {a_b}_c"),
    _words(r"Missing \\(right|left)\.? inserted|Extra \\(?:right|left|middle)", Code.TEX_MATH, "\\left and \\right are not in pairs", "a side that shows nothing is written \\left. or \\right.", structural=True),
    _words(r"Missing delimiter", Code.TEX_MATH, "\\left or \\right is not followed by a bracket", "a side that shows nothing is written \\left. or \\right."),
    _words(r"Display math should end with|Bad math environment delimiter", Code.TEX_MATH, "a displayed formula is not closed in its paragraph", "no empty line may stand in a formula", structural=True),
    _words(r"Ambiguous; you need another", Code.TEX_MATH, "a fraction made with \\over is ambiguous", "use \\frac{…}{…}"),
    # Braces
    _words(r"Too many \}'s", Code.TEX_BRACES, "a closing brace } has no opening one", _CLOSE),
    _words(r"Extra \}, or forgotten", Code.TEX_BRACES, "a closing brace } has no opening one", _CLOSE, structural=True),
    _words(r"Missing ([{}]) inserted", Code.TEX_BRACES, "a brace {1} is missing", _CLOSE, structural=True),
    _words(r"Missing \\(?:endgroup|begingroup|cr|endcsname|fi)\b.* inserted|Extra \\(?:endgroup|else|fi|or|endcsname)", Code.TEX_BRACES, "something that was opened is not closed", _CLOSE, structural=True),
    _words(r"Paragraph ended before (\S+) was complete", Code.TEX_BRACES, "the paragraph ends before the argument of '{1}' does", "a closing brace } is missing in it", structural=True),
    _words(r"File ended while scanning use of (\S+?)\s*\.?$", Code.TEX_BRACES, "the text ends before the argument of '{1}' does", "a closing brace } is missing after it"),
    _words(r"File ended while scanning", Code.TEX_BRACES, "the text ends in the middle of a definition", "a closing brace } is missing"),
    _words(r"Argument of (\S+) has an extra \}", Code.TEX_BRACES, "the argument of '{1}' has a closing brace } too many", _CLOSE, structural=True),
    _words(r"Incomplete (\\if\w*)", Code.TEX_BRACES, "the condition '{1}' has no end (\\fi)", _TEMPLATE),
    _words(r"Forbidden control sequence found", Code.TEX_BRACES, "something that was opened before is not closed", _CLOSE),
    # Tables
    _words(r"Misplaced alignment tab", Code.TEX_TABLE, "the sign & stands outside a table", "as a letter it is written \\&"),
    _words(r"Extra alignment tab", Code.TEX_TABLE, "a table row has more cells than the table has columns"),
    _words(r"Misplaced \\(?:noalign|omit|cr|span)", Code.TEX_TABLE, "a rule or a row's end stands outside a table, or not at the beginning of a row"),
    _words(r"Illegal pream-?token|Illegal character in array arg|Missing #|Only one # is allowed", Code.TEX_TABLE, "the column pattern of a table cannot be read"),
    # Numbers and lengths
    _words(r"Dimension too large", Code.TEX_MEASURE, "a length is larger than TeX can hold (5.7 metres)"),
    _words(r"Illegal unit of measure", Code.TEX_MEASURE, "a length has no unit, or one that TeX does not know", "the units are pt, mm, cm, in, em, ex, bp, pc, dd, cc and sp", structural=True),
    _words(r"Missing number", Code.TEX_MEASURE, "a number was expected", structural=True),
    _words(r"Missing = inserted", Code.TEX_MEASURE, "a comparison was expected", structural=True),
    _words(r"Number too big|Arithmetic overflow|Bad (?:number|register code|character code)", Code.TEX_MEASURE, "a number is too large", structural=True),
    _words(r"Illegal parameter number in definition of (\S+?)\.?$", Code.TEX_DEFINITION, "the definition of '{1}' uses an argument that it does not have", _TEMPLATE),
    # Environments
    _words(r"Environment (\S+) undefined", Code.TEX_ENVIRONMENT, "there is no environment '{1}'", "look at its spelling; environments of packages need their package in the template"),
    _words(r"\\begin\{document\}(?: on input line \d+)? ended by \\end\{(.+?)\}", Code.TEX_ENVIRONMENT, "'\\end{{1}}' ends nothing: there is no '\\begin{{1}}' before it", "each \\begin{…} needs the \\end{…} of its own name"),
    _words(r"\\begin\{(.+?)\}(?: on input line \d+)? ended by \\end\{document\}", Code.TEX_ENVIRONMENT, "'\\begin{{1}}' is never ended", "each \\begin{…} needs the \\end{…} of its own name"),
    _words(r"\\begin\{(.+?)\}(?: on input line \d+)? ended by \\end\{(.+?)\}", Code.TEX_ENVIRONMENT, "'\\begin{{1}}' is ended by '\\end{{2}}'", "each \\begin{…} needs the \\end{…} of its own name"),
    _words(r"Missing \\begin\{document\}", Code.TEX_ENVIRONMENT, "text stands before \\begin{document}", _TEMPLATE),
    _words(r"Extra \\end", Code.TEX_ENVIRONMENT, "an \\end{…} has no \\begin{…}"),
    # Lists and lines
    _words(r"Lonely \\item", Code.TEX_LIST, "\\item stands outside a list"),
    _words(r"Something's wrong--perhaps a missing \\item", Code.TEX_LIST, "a list begins without an item"),
    _words(r"Too deeply nested", Code.TEX_LIST, "lists or quotations are nested too deeply", "LaTeX allows four levels of lists of one kind, six in all"),
    _words(r"There's no line here to end", Code.TEX_ERROR, "a line break stands where no line has begun"),
    _words(r"Bad \\line or \\vector argument|Bad use of \\\\|Illegal use of \\vadjust", Code.TEX_ERROR, "a line break or a drawing command stands where it cannot"),
    # Floats
    _words(r"Not in outer par mode", Code.TEX_FLOAT, "a figure or table that may move stands where it cannot: in a note, a box or a table cell", "set it with {.here}, or move it to the text"),
    _words(r"Float\(s\) lost", Code.TEX_FLOAT, "a figure or table was lost: it stands in a note, a box or a table cell", "set it with {.here}, or move it to the text"),
    _words(r"Too many unprocessed floats|Output loop", Code.TEX_FLOAT, "too many figures and tables wait for a place", "set some of them with {.here}, or put text between them"),
    # Files, packages, fonts
    _words(r"File `([^']+)\.(sty|cls|def|bbx|cbx|lbx|ldf)' not found", Code.TEX_PACKAGE_MISSING, "the LaTeX file '{1}.{2}' is not installed"),
    _words(r"(?:Style|Citation style|Bibliography style) '([^']+)' not found", Code.TEX_PACKAGE_MISSING, "the citation style '{1}' is not installed"),
    _words(r"(?:LaTeX Error: )?File `([^']+)' not found|I can't find file `([^']+)'", Code.TEX_FILE_MISSING, "the file '{1}' is not there"),
    _words(r"The font [\"“](.+?)[\"”] cannot be found", Code.TEX_FONT_MISSING, "the font '{1}' is not installed"),
    _words(r"Font \\[^\s=]+=(?:name|file):([^:;]+)[:;].*not loadable", Code.TEX_FONT_MISSING, "the font '{1}' is not installed"),
    _words(r".*?(?:Font|font) (?:\\[^\s=]+=)?\[?([^\s:;=\]]+)(?:[:;=\]]\S*)? ?(?:at \S+ )?(?:not loadable|not found)", Code.TEX_FONT_MISSING, "the font '{1}' cannot be loaded"),
    _words(r".*invalid font identifier", Code.TEX_FONT_MISSING, "a font could not be loaded", "look for the font's name in the log; the font cache may be damaged"),
    _words(r"(?:error:\s*)?\(file (.+?)\) .*reading image file failed", Code.TEX_PICTURE, "the picture '{1}' cannot be read", "open it in an image program and save it again"),
    _words(r"Cannot determine size of graphic in (\S+?)\.?(?: |$)|Unknown graphics extension: (\S+?)\.?$", Code.TEX_PICTURE, "the picture '{1}' is of a kind that TeX cannot read", "save it as PDF, PNG or JPEG"),
    # Definitions and options
    _words(r"Command (\\\S+) already defined", Code.TEX_DEFINITION, "'{1}' is defined twice", _TEMPLATE),
    _words(r"Command (\\\S+) undefined", Code.TEX_DEFINITION, "'{1}' is redefined, but nobody has defined it", _TEMPLATE),
    _words(r"No counter '([^']+)' defined", Code.TEX_DEFINITION, "there is no counter '{1}'", _TEMPLATE),
    _words(r"Option clash for package ([^\s.]+)", Code.TEX_OPTION, "the package '{1}' is loaded twice with different options", _TEMPLATE),
    _words(r"Unknown option ['`‘\"]?([^'`’\"\s]+)", Code.TEX_OPTION, "the option '{1}' is not known", _TEMPLATE),
    _words(r"(\S+) undefined\.$", Code.TEX_OPTION, "the option '{1}' is not known", _TEMPLATE),
    _words(r"Can be used only in preamble", Code.TEX_COMMAND, "'{token}' can be used only before the document begins", _TEMPLATE),
    # Limits
    _words(r"TeX capacity exceeded, sorry \[(.+?)=", Code.TEX_CAPACITY, "TeX's memory is used up ({1})", "a command calls itself without end, or a brace is missing"),
    _words(r"Lua error: (.+)", Code.TEX_ERROR, "Lua code of the template failed: {1}", _TEMPLATE),
    _words(r"No pages of output", Code.TEX_NO_PAGES, "the text has no page"),
)  # fmt: skip

NOISE = re.compile(
    r"Emergency stop|==> Fatal error|That makes 100 errors|I've run across|This may be a LaTeX bug"
)
"""Errors that only say that an earlier one was too bad to go on."""

QUIET_WARNINGS = re.compile(
    r"There were (?:undefined|multiply)|Label\(s\) may have changed|.*[Rr]erun |Please \(re\)run|.*may have changed"
    r"|Page breaks have changed|File `[^']+' has changed|Size substitutions|.*float specifier changed"
    r"|Some font shapes were not available|Token not allowed in a PDF string"
    r"|Marginpar on page|Text page \d+ contains only floats|You have requested .*, version|Unused \\captionsetup"
    r"|Shell escape feature is not enabled"  # epstopdf, which newer LaTeX loads with graphics
)
"""Warnings that are told elsewhere, that the engine's further passes settle, or that nobody can act on."""


def explain_error(message: str) -> tuple[ErrorWords, re.Match[str]] | None:
    """The row of the table that fits TeX's message, and its match."""
    for words in ERRORS:
        if match := words.pattern.match(message):
            return words, match
    return None


def fill(words: ErrorWords, match: re.Match[str], token: str) -> str:
    """The sentence of a row, with the match's groups and the last command put in."""
    groups = [match[0], *(group for group in match.groups() if group)]

    def value(slot: re.Match[str]) -> str:
        if slot[1] == "token":
            return f"'{token.strip()}'" if token.strip() else "that stands here"
        group = groups[int(slot[2])] if int(slot[2]) < len(groups) else ""
        if "@" in group and group.startswith("\\"):
            return "a command"  # LaTeX's own, unknown to authors
        return slot[0].replace(f"{{{slot[2]}}}", group)

    return _SLOT.sub(value, words.message)
