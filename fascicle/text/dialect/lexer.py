"""Cuts a passage into inline tokens in one pass, each character read a bounded number of times.

markdown-it's own inline rules are CommonMark's and carry no places; Pandoc's `$`, `_`, `^`, `~`, quotes and
citations need other rules. So blocks are markdown-it's, inlines are ours.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from html.entities import html5

from fascicle.codes import Code
from fascicle.text.dialect.attributes import BAD_BRACES, BRACES_HINT, LIKE_ATTRIBUTES, read_braces
from fascicle.text.dialect.smart import dashes, quote_sides
from fascicle.text.dialect.source import REPLACEMENT, UNPRINTABLE, Passage
from fascicle.text.dialect.tokens import Kind, Token
from fascicle.text.dialect.work import Work, reference_name

_SPECIAL = re.compile(r"""\\|`+|\*+|_+|~+|\^|\$|!?\[|\]|<|&|-?@|["']|\.\.\.|-{2,}| *\n""")
_ENTITY = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z][A-Za-z0-9]{1,31}));")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>]*)>")
_MAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>", re.ASCII)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*+(?:\s++[\w:-]++\s*+=[^<>]*+|\s++)?/?>")
_KEY = re.compile(r"[^\W]\w*+(?:[:.#$%&\-+?<>~/]\w++)*+")
_BRACED_KEY = re.compile(r"\{([^{}\s]++)\}")
_NOTE = re.compile(r"\[\^([^\s\[\]^]++)(\]?)")
_RAISED = re.compile(r"\^((?:\\.|[^\s\\^])++)\^")
_LOWERED = re.compile(r"~((?:\\.|[^\s\\~])++)~")
_DISPLAY_BRACES = re.compile(r"[ \t]*+(?:\n[ \t]*+)?(?=\{)")
_TARGET = re.compile(
    r"""\(\s*+
    (?:<(?P<angle>[^<>\n]*+)>|(?P<bare>(?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.)*+\))(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+)?)
    (?:\s++(?:"(?P<double>(?:\\.|[^"\\])*+)"|'(?P<single>(?:\\.|[^'\\])*+)'))?
    \s*+\)""",
    re.VERBOSE | re.DOTALL,
)
_SPACED_TARGET = re.compile(r"""\([ \t]*+([^\s()<>"'\[\]](?:[^()<>"'\n\[\]])*+)\)""")
_REFERENCE = re.compile(r"\[([^\[\]]*+)\]")
_ESCAPE = re.compile(r"\\([^\w\s]|_)")


class Lexer:
    """Cuts one passage."""

    def __init__(self, passage: Passage, work: Work) -> None:
        self.passage = passage
        self.text = passage.text
        self.work = work
        self.tokens: list[Token] = []
        self._brackets: list[int] = []
        self._ticks: dict[int, list[int]] | None = None
        self._braces: dict[int, int] | None = None
        self._range = (0, len(self.text))
        self._no_display = self._no_comment = False

    def run(self, start: int = 0, end: int | None = None) -> list[Token]:
        """All tokens from `start` to `end`; brackets are matched inside this range alone."""
        self._range = (start, len(self.text) if end is None else end)
        self._run(*self._range)
        return self.tokens

    def _run(self, at: int, end: int) -> None:
        outer, self._brackets = self._brackets, []
        text = self.text
        while at < end:
            found = _SPECIAL.search(text, at, end)
            if not found:
                self._plain(at, end)
                break
            if found.start() > at:
                self._plain(at, found.start())
            read = _READERS[found[0][-1]]
            at = read(self, found.start(), found.end(), end)
        self._report_open_brackets()
        self._brackets = outer

    def _plain(self, start: int, end: int, text: str | None = None) -> int:
        written = self.text[start:end] if text is None else text
        self.tokens.append(Token(Kind.TEXT, start, end, written))
        return end

    def _push(self, kind: Kind, start: int, end: int, text: str = "") -> Token:
        token = Token(kind, start, end, text)
        self.tokens.append(token)
        return token

    # -- Escapes, line ends, punctuation ---------------------------------------------------------------

    def _backslash(self, start: int, end: int, limit: int) -> int:
        following = self.text[end : end + 1] if end < limit else ""
        if following == "\n":
            return self._push(Kind.HARD, start, end + 1).end
        if following == " ":
            return self._plain(start, end + 1, "\u00a0")
        if following and not following.isalnum() and not following.isspace():
            return self._plain(start, end + 1, following)
        return self._plain(start, end)

    def _newline(self, start: int, end: int, limit: int) -> int:
        kind = Kind.HARD if end - start > 2 else Kind.SOFT
        return self._push(kind, start, end).end

    def _hyphens(self, start: int, end: int, limit: int) -> int:
        return self._plain(start, end, dashes(self.text[start:end]))

    def _ellipsis(self, start: int, end: int, limit: int) -> int:
        return self._plain(start, end, "…")

    def _quote(self, start: int, end: int, limit: int) -> int:
        opens, closes = quote_sides(self.text, start)
        if self.text[start] == "'" and not opens and not closes:
            return self._plain(start, end, "’")
        token = self._push(Kind.DELIMITER, start, end, self.text[start])
        token.opens, token.closes = opens, closes
        return end

    def _entity(self, start: int, end: int, limit: int) -> int:
        match = _ENTITY.match(self.text, start, limit)
        if not match:
            return self._plain(start, end)
        if match[3]:
            written = html5.get(match[3] + ";")
        else:
            point = int(match[1], 16) if match[1] else int(match[2])
            written = chr(point) if point < 0x110000 else REPLACEMENT
        if written is None:
            return self._plain(start, end)
        if UNPRINTABLE.search(written):
            message = f"{match[0]} stands for a character that cannot be printed"
            self.work.report(Code.CONTROL_CHARACTER, message, self.passage, start, match.end(), "delete it")
            written = REPLACEMENT
        return self._plain(start, match.end(), written.replace("\n", " "))

    # -- Emphasis and its kin --------------------------------------------------------------------------

    def _delimiter(self, start: int, end: int, limit: int) -> int:
        text = self.text
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if end - start > 3:
            return self._plain(start, end)
        token = self._push(Kind.DELIMITER, start, end, text[start:end])
        token.opens, token.closes = not after.isspace(), not before.isspace()
        if text[start] == "_":
            token.opens = token.opens and not before.isalnum()
            token.closes = token.closes and not after.isalnum()
        return end

    def _tilde(self, start: int, end: int, limit: int) -> int:
        if end - start == 2:
            return self._delimiter(start, end, limit)
        return self._raised(_LOWERED, start, end, limit)

    def _caret(self, start: int, end: int, limit: int) -> int:
        if self.text[end : end + 1] == "[" and end < limit:
            return self._open(start, end + 1, limit)
        return self._raised(_RAISED, start, end, limit)

    def _raised(self, shape: re.Pattern[str], start: int, end: int, limit: int) -> int:
        match = shape.match(self.text, start, limit) if end - start == 1 else None
        if not match:
            return self._plain(start, end)
        opened = self._push(Kind.OPEN, start, end, self.text[start])
        index = len(self.tokens) - 1
        self._run(match.start(1), match.end(1))
        opened.match = len(self.tokens)
        self._push(Kind.CLOSE, match.end() - 1, match.end()).match = index
        return match.end()

    # -- Literal things --------------------------------------------------------------------------------

    def _backticks(self, start: int, end: int, limit: int) -> int:
        close = self._closing_ticks(end - start, end, limit)
        if close < 0:
            return self._plain(start, end)
        content = self.text[end:close].replace("\n", " ").strip()
        token = self._push(Kind.CODE, start, close + end - start, content)
        return self._following_braces(token, limit)

    def _closing_ticks(self, length: int, at: int, limit: int) -> int:
        """Offset of the next run of just `length` backticks, or -1."""
        if self._ticks is None:
            self._ticks = defaultdict(list)
            for run in _TICKS.finditer(self.text, *self._range):
                self._ticks[run.end() - run.start()].append(run.start())
        places = self._ticks.get(length, [])
        index = bisect_right(places, at - 1)
        return places[index] if index < len(places) and places[index] + length <= limit else -1

    def _following_braces(self, token: Token, limit: int) -> int:
        if self.text[token.end : token.end + 1] == "{" and (
            braces := read_braces(self.text, token.end, limit)
        ):
            token.braces, token.braces_at, token.end = braces, token.end, braces.end
        return token.end

    def _dollar(self, start: int, end: int, limit: int) -> int:
        if self.text.startswith("$$", start) and start + 2 <= limit:
            return self._display(start, limit)
        close = self._closing_dollar(end, limit)
        if close < 0:
            return self._plain(start, end)
        return self._push(Kind.MATH, start, close + 1, self.text[end:close]).end

    def _closing_dollar(self, at: int, limit: int) -> int:
        """Pandoc's rule: no space inside the dollars at either end, no digit after the closing one."""
        text, start = self.text, at
        if text[at : at + 1].isspace():
            return -1
        while at < limit:
            found = _MATH_STOP.search(text, at, limit)
            if not found:
                return -1
            if found[0] == "$":
                break
            at = found.end()
            if found[0] == r"\text{":
                at = self._closing_brace(at - 1, limit)
        else:
            return -1
        at = found.start()
        ends_well = at > start and not text[at - 1].isspace() and not text[at + 1 : at + 2].isdigit()
        return at if ends_well else -1

    def _closing_brace(self, opening: int, limit: int) -> int:
        r"""Offset after the brace that closes `\text{`, or just after the opening one when none does."""
        if self._braces is None:
            self._braces, stack = {}, []
            for brace in _BRACE.finditer(self.text, *self._range):
                if brace[0] == "{":
                    stack.append(brace.start())
                elif brace[0] == "}" and stack:
                    self._braces[stack.pop()] = brace.end()
        close = self._braces.get(opening, opening + 1)
        return close if close <= limit else opening + 1

    def _display(self, start: int, limit: int) -> int:
        close = -1 if self._no_display else self.text.find("$$", start + 2, limit)
        if close < 0 or not self.text[start + 2 : close].strip():
            if close < 0:
                self._no_display = True
                hint = "end the formula with $$ in the same paragraph, or write \\$ for a dollar sign"
                message = "this displayed formula is never closed"
                self.work.report(Code.UNCLOSED_MATH, message, self.passage, start, start + 2, hint)
            return self._plain(start, start + 2)
        token = self._push(Kind.DISPLAY, start, close + 2, self.text[start + 2 : close])
        gap = _DISPLAY_BRACES.match(self.text, token.end, limit)
        if gap and (braces := read_braces(self.text, gap.end(), limit)):
            token.braces, token.braces_at, token.end = braces, gap.end(), braces.end
        return token.end

    def _less(self, start: int, end: int, limit: int) -> int:
        text = self.text
        if text.startswith("<!--", start):
            return self._comment(start, limit)
        if link := _AUTOLINK.match(text, start, limit):
            self._push(Kind.AUTOLINK, start, link.end(), link[1]).target = link[1]
            return link.end()
        if mail := _MAIL.match(text, start, limit):
            self._push(Kind.AUTOLINK, start, mail.end(), mail[1]).target = f"mailto:{mail[1]}"
            return mail.end()
        if tag := _TAG.match(text, start, limit):
            self.work.report(
                Code.HTML_TAG,
                f"the HTML tag {tag[0][:40]} is printed as typed",
                self.passage,
                start,
                tag.end(),
                "use the dialect's own markup (docs/markdown.md), or write \\< to mean the sign itself",
            )
            return self._plain(start, tag.end())
        return self._plain(start, end)

    def _comment(self, start: int, limit: int) -> int:
        close = -1 if self._no_comment else self.text.find("-->", start + 4, limit)
        if close >= 0:
            return self._after_comment(close + 3, limit)
        if not self._no_comment:
            message = "this comment is never closed"
            self.work.report(
                Code.UNCLOSED_COMMENT, message, self.passage, start, start + 4, "end it with -->"
            )
        self._no_comment = True
        return self._plain(start, start + 4)

    def _after_comment(self, at: int, limit: int) -> int:
        """Take one of the spaces on both sides of a comment, so that nothing shows where it stood."""
        last = self.tokens[-1] if self.tokens else None
        if last and last.kind is Kind.TEXT and last.text.endswith(" "):
            if at == limit:
                last.text, last.end = last.text[:-1], last.end - 1
            elif self.text[at] == " ":
                return at + 1
        return at

    # -- Citations and brackets ------------------------------------------------------------------------

    def _at(self, start: int, end: int, limit: int) -> int:
        before = self.text[start - 1] if start else " "
        key = _BRACED_KEY.match(self.text, end, limit) or _KEY.match(self.text, end, limit)
        if not key or before.isalnum() or (before == "_" and start > 1 and self.text[start - 2].isalnum()):
            return self._plain(start, end)
        token = self._push(Kind.CITE, start, key.end(), key[1] if key.re is _BRACED_KEY else key[0])
        token.flag = end - start == 2
        return key.end()

    def _open(self, start: int, end: int, limit: int) -> int:
        mark = self.text[start:end]
        if mark == "[" and (note := _NOTE.match(self.text, start, limit)):
            if note[2]:
                return self._push(Kind.NOTE, start, note.end(), note[1]).end
            if note[1] in self.work.notes:
                self.work.notes[note[1]].used = True
            message = f"the footnote mark [^{note[1]} is never closed"
            self.work.report(
                Code.UNCLOSED_NOTE,
                message,
                self.passage,
                start,
                note.end(),
                "end it with ] and no space in it",
            )
            return self._plain(start, note.end())
        self._brackets.append(len(self.tokens))
        return self._push(Kind.OPEN, start, end, mark).end

    def _close(self, start: int, end: int, limit: int) -> int:
        if not self._brackets:
            return self._plain(start, end)
        index = self._brackets.pop()
        opened = self.tokens[index]
        opened.match = len(self.tokens)
        token = self._push(Kind.CLOSE, start, end)
        token.match = index
        if opened.text != "^[":
            self._after_bracket(opened, token, limit)
        return token.end

    def _after_bracket(self, opened: Token, token: Token, limit: int) -> None:
        """Read what follows a closing bracket: `(target "title"){…}`, `{…}`, or `[name]` of a link definition."""
        text, at = self.text, token.end
        following = text[at : at + 1] if at < limit else ""
        if following == "(":
            self._target(token, limit)
        elif following == "{":
            self._following_braces(token, limit)
        elif self.work.references:
            self._reference(opened, token, limit)
        if token.target is not None:
            self._following_braces(token, limit)
        if token.braces is None and text[token.end : token.end + 1] == "{" and token.end < limit:
            self._bad_braces(token, limit)

    def _target(self, token: Token, limit: int) -> None:
        if match := _TARGET.match(self.text, token.end, limit):
            target = match["angle"] if match["angle"] is not None else match["bare"] or ""
            token.title = _ESCAPE.sub(r"\1", match["double"] or match["single"] or "").replace("\n", " ")
        elif match := _SPACED_TARGET.match(self.text, token.end, limit):
            target = match[1].strip()
        else:
            return
        token.target, token.end = _ESCAPE.sub(r"\1", target), match.end()

    def _reference(self, opened: Token, token: Token, limit: int) -> None:
        match = _REFERENCE.match(self.text, token.end, limit)
        own = self.text[opened.end : token.start]
        found = self.work.references.get(reference_name((match[1] if match else "") or own))
        if found is None:
            return
        token.target, token.title = found
        token.end = match.end() if match else token.end

    def _bad_braces(self, token: Token, limit: int) -> None:
        """Report braces that follow a bracket, try to be attributes and cannot be read; they are left out."""
        attempt = LIKE_ATTRIBUTES.match(self.text, token.end, limit)
        if not attempt or (token.target is None and attempt[1]):
            return
        start, token.end = token.end, attempt.end()
        self.work.report(Code.BAD_ATTRIBUTES, BAD_BRACES, self.passage, start, token.end, BRACES_HINT)

    def _report_open_brackets(self) -> None:
        for index in self._brackets:
            token = self.tokens[index]
            if token.text == "^[":
                self.work.report(
                    Code.UNCLOSED_NOTE,
                    "this footnote is never closed",
                    self.passage,
                    token.start,
                    token.end,
                    "end it with ] in the same paragraph",
                )
            elif self._cites_soon(index):
                message = "this citation is never closed"
                hint = "end it with ], or write \\[ for the sign itself"
                self.work.report(Code.BAD_CITATION, message, self.passage, token.start, token.end, hint)

    def _cites_soon(self, index: int) -> bool:
        """True when a key stands within a few words after an unclosed bracket."""
        for token in self.tokens[index + 1 : index + 4]:
            if token.kind is Kind.CITE:
                return True
            if token.kind is not Kind.TEXT or len(token.text) > 30:
                return False
        return False


_TICKS = re.compile("`+")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_MATH_STOP = re.compile(r"\\text\{|\\.|\$", re.DOTALL)
_READERS: dict[str, Callable[[Lexer, int, int, int], int]] = {
    "\\": Lexer._backslash,
    "`": Lexer._backticks,
    "*": Lexer._delimiter,
    "_": Lexer._delimiter,
    "~": Lexer._tilde,
    "^": Lexer._caret,
    "$": Lexer._dollar,
    "[": Lexer._open,
    "]": Lexer._close,
    "<": Lexer._less,
    "&": Lexer._entity,
    "@": Lexer._at,
    '"': Lexer._quote,
    "'": Lexer._quote,
    ".": Lexer._ellipsis,
    "-": Lexer._hyphens,
    "\n": Lexer._newline,
}
"""What reads each special character; a run of one character, or `![`, `-@`, is known by its last."""
