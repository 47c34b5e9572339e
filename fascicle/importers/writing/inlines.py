"""Pandoc's inlines as Markdown of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fascicle.core.pandoc_ast import Blocks, Inlines, Json
from fascicle.importers.report import Report
from fascicle.importers.tree.formulas import readable
from fascicle.importers.tree.walk import elements, pairs, plain, stripped
from fascicle.importers.writing.escape import escape
from fascicle.importers.writing.flat import code, flat

_KEY = re.compile(r"[^\W]\w*(?:[:.#$%&\-+?<>~/]\w+)*")
_WORD_END = re.compile(r"[^\W_]$")
_MARK_END = re.compile(r"[*_]$")
_EDGES = re.compile(r"^\s*(?:\\ )+|(?<!\\)(?:\\ )+\s*$")
"""Fixed spaces at the ends of a text: a backslash alone would be left of the last one."""
_SPACES = ("Space", "SoftBreak", "LineBreak")
_OPENING = "([{<“‘„«‹—–-/"


@dataclass(slots=True)
class Context:
    """What the writers of one file share."""

    report: Report
    """What is told."""
    place_picture: Callable[[str, dict[str, str]], str | None]
    """Puts a picture into the project; its path there, None when there is no such picture."""
    labels: dict[str, str]
    """Our labels by the source's names."""
    used: set[str]
    """Labels that are referred to."""
    smart: bool = True
    """Whether straight marks in the text are meant as such."""
    notes: list[Blocks] = field(default_factory=list)
    """Notes met and not yet written."""
    count: int = 0
    """Notes met."""
    placed: set[str] = field(default_factory=set)
    """Labels that stand in braces already."""
    inline_notes: bool = False
    """True where a note has no other place than the sentence, as in YAML."""
    in_note: bool = False
    """True inside a note."""

    def place(self, name: str) -> str:
        """Our label of something that has a name in the source; none when another thing has taken it."""
        label = self.labels.get(name, "")
        if label in self.placed:
            return ""
        self.placed |= {label} - {""}
        return label


class InlineWriter:
    """Writes the inlines of one file."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._makers: dict[str, Callable[[Any, str], str]] = {
            "Str": lambda c, _: escape(c, smart=self.context.smart),
            "Emph": lambda c, before: self._marked("*", c, before),
            "Strong": lambda c, before: self._marked("**", c, before),
            "Strikeout": lambda c, before: self._marked("~~", c, before),
            "Underline": lambda c, before: self._marked("*", c, before),
            "Superscript": lambda c, before: self._raised("^", c, before),
            "Subscript": lambda c, before: self._raised("~", c, before),
            "SmallCaps": lambda c, _: self._bracketed(c, "{.smallcaps}"),
            "Quoted": self._quoted,
            "Cite": lambda c, before: self._cite(c[0], before),
            "Code": lambda c, _: code(c[1]),
            "Math": lambda c, before: self._math(c, before),
            "Link": self._link,
            "Image": lambda c, _: self._image(c),
            "Note": lambda c, _: self._note(c),
            "Span": lambda c, before: self._span(c, before),
            "Reference": lambda c, before: self._reference(c, before),
            "Remark": lambda c, _: f"<!-- {c.replace('--', '—')} -->",
            "RawInline": lambda c, _: self._raw(c),
        }

    def write(self, inlines: Inlines, *, line: bool = False) -> str:
        """The inlines; with `line`, in one line."""
        written = self._run(stripped(inlines))
        written = re.sub(r"[ \t]*\n[ \t]*", lambda _: "\n", written)
        written = re.sub(r"(?<=\S)[ \t]{2,}", " ", written)
        if line:
            written = re.sub(r"\\\n", " ", written)
            written = re.sub(r"\s*\n\s*", " ", written)
        return _EDGES.sub("", written).strip(" ")

    def _run(self, inlines: Inlines, before: str = "") -> str:
        made = before
        for number, item in enumerate(inlines):
            kind = item["t"]
            if kind == "Space":
                made += " "
            elif kind == "SoftBreak":
                made += "\n"
            elif kind == "LineBreak":
                made = made.rstrip(" ") + "\\\n" if made.strip() and number < len(inlines) - 1 else made
            else:
                piece = self._makers[kind](item.get("c"), made) if kind in self._makers else ""
                made = _joined(made, piece, item)
        return made[len(before) :]

    # -- Marks ------------------------------------------------------------------------------------------

    def _marked(self, mark: str, content: Inlines, before: str) -> str:
        head, body, tail = _split(content)
        if not body:
            return self._run(head + tail, "")
        if (
            len(body) == 1
            and body[0]["t"] in ("Note", "Math", "Code", "Cite", "Image", "Reference")
            and mark != "~~"
        ):
            return (
                self._run([*head, *body, *tail], before)
                if body[0]["t"] != "Cite"
                else self._run([*head, *body, *tail])
            )
        inner = self._run(body)
        if not inner.strip():
            return self._run(head + tail, "")
        if mark[0] in (inner[0], inner[-1]) and mark[0] == "*":
            mark = mark.replace("*", "_") if not _WORD_END.search(before) else mark
            inner = inner if mark[0] == "_" else _without(inner)
        elif mark[0] == "*" and _MARK_END.search(before) and not before.endswith("\\*"):
            mark = mark.replace("*", "_")
        # A space at an end of the words, which marks inside have left there, stands outside of the marks.
        lead, trail = (" " if inner[0] == " " else ""), (" " if inner[-1] == " " else "")
        return f"{self._run(head)}{lead}{mark}{inner.strip(' ')}{mark}{trail}{self._run(tail)}"

    def _raised(self, mark: str, content: Inlines, before: str) -> str:
        if any(
            item["t"] in ("Note", "Cite", "Math", "Link", "Reference", "Image") for item in elements(content)
        ):
            return self._run(content, before)
        inner = self._run(stripped(content))
        if not inner.strip():
            return ""
        inner = re.sub(r"\\?\s+", lambda _: "\\ ", inner)
        return f"{mark}{inner}{mark}"

    def _bracketed(self, content: Inlines, braces: str) -> str:
        head, body, tail = _split(content)
        inner = self._run(body)
        return f"{self._run(head)}[{inner}]{braces}{self._run(tail)}" if inner else self._run(head + tail)

    def _quoted(self, content: Any, before: str) -> str:
        double, inner = content[0]["t"] == "DoubleQuote", self._run(stripped(content[1]))
        opens = not before or before[-1].isspace() or before[-1] in _OPENING
        if not inner or not opens or inner[0].isspace() or (not double and ("'" in inner or "’" in inner)):
            return f"“{inner}”" if double else f"‘{inner}’"
        mark = '"' if double else "'"
        return f"{mark}{inner}{mark}"

    def _span(self, content: Any, before: str) -> str:
        lang = pairs(content[0]).get("lang")
        if lang and content[1]:
            return self._bracketed(content[1], f"{{lang={lang}}}")
        return self._run(content[1], before)

    # -- What points elsewhere --------------------------------------------------------------------------

    def _cite(self, works: list[Json], before: str) -> str:
        first = works[0]
        if first["citationMode"]["t"] == "AuthorInText":
            suffix = self._suffix(first["citationSuffix"])
            others = "; ".join(self._work(work) for work in works[1:])
            inner = "; ".join(part for part in (suffix.lstrip(", "), others) if part)
            lead = " " if before and (before[-1].isalnum() or before[-1] == "_") else ""
            return f"{lead}@{_key(first['citationId'])}" + (f" [{inner}]" if inner else "")
        return f"[{'; '.join(self._work(work) for work in works)}]"

    def _work(self, work: Json) -> str:
        prefix = self.write(work["citationPrefix"], line=True).replace(";", ",")
        mark = "-@" if work["citationMode"]["t"] == "SuppressAuthor" else "@"
        return f"{prefix + ' ' if prefix else ''}{mark}{_key(work['citationId'])}{self._suffix(work['citationSuffix'])}"

    def _suffix(self, content: Inlines) -> str:
        written = self.write(content, line=True).replace("\\ ", " ").replace(";", ",")
        if not written:
            return ""
        return written if written.startswith((",", ".", ":")) else f", {written}"

    def _reference(self, content: Any, before: str) -> str:
        label, bare = content
        lead = " " if before and (before[-1].isalnum() or before[-1] == "_") and not bare else ""
        return f"[-@{label}]" if bare else f"{lead}@{label}"

    def _link(self, content: Any, before: str) -> str:
        _, words, (target, _) = content
        target = target.strip()
        shown = plain(words).strip()
        if target in ("", "#"):
            return self._run(words, before)
        if shown in (target, target.removeprefix("mailto:")) and re.fullmatch(
            r"(?:https?|ftp|mailto):[^\s<>]+", target
        ):
            return f"<{target}>" if not target.startswith("mailto:") else f"<{shown}>"
        if not shown and not words and "#" in target:
            return ""  # an anchor of a web page
        inner = self._run(stripped(words)) or escape(target, smart=True)
        if not re.match(r"#|[A-Za-z][A-Za-z0-9+.-]*:", target):
            self.context.report.left_out("a link to a file beside the text; its words are kept", target[:80])
            return inner
        target = re.sub(r"\s", "%20", target).replace("<", "%3C").replace(">", "%3E")
        return f"[{inner}]({f'<{target}>' if re.search(r'[()]', target) else target})"

    def _image(self, content: Any) -> str:
        words = self._run(content[1])
        self.context.report.left_out(
            "a picture where none can stand; its words are kept", content[2][0][:100]
        )
        return words

    def _note(self, content: Blocks) -> str:
        if self.context.in_note:
            self.context.report.changed("a note inside a note stands in brackets", plain(content)[:60])
            return f" ({self.write(flat(content), line=True)})"
        if self.context.inline_notes:
            self.context.in_note = True
            written = self.write(flat(content), line=True)
            self.context.in_note = False
            return f"^[{written}]"
        self.context.count += 1
        self.context.notes.append(content)
        return f"[^{self.context.count}]"

    # -- Literal ----------------------------------------------------------------------------------------

    def _math(self, content: Any, before: str) -> str:
        display = content[0]["t"] == "DisplayMath"
        name = content[2] if len(content) > 2 else ""
        found = readable(content[1], display=display)
        if found is None:
            self.context.report.verify(
                "a formula that is not understood stands as it was typed",
                f"`{' '.join(content[1].split())[:90]}`",
            )
            return code(content[1])
        tex, changed = found
        if changed:
            self.context.report.changed(
                "a formula with commands of its own, in LaTeX's usual ones", f"`{' '.join(tex.split())[:90]}`"
            )
        if not display:
            return f"${tex}$"
        label = self.context.place(name)
        lead = "" if not before.strip() or before.endswith("\n") else "\n"
        return f"{lead}$$\n{tex}\n$$" + (f" {{#{label}}}" if label else "") + "\n"

    def _raw(self, content: Any) -> str:
        self.context.report.left_out(f"raw {content[0]} in the running text", f"`{content[1][:60]}`")
        return ""


def _joined(made: str, piece: str, item: Json) -> str:
    """Two pieces side by side, with nothing between them that would be read as one mark."""
    if not made or not piece:
        return made + piece
    if item["t"] == "Str" and piece[0] == "(" and made[-1] == "]" and not made.endswith("\\]"):
        return made + "\\" + piece
    if item["t"] == "Str" and made.endswith("$") and piece[0].isdigit() and not made.endswith("\\$"):
        return made + "<!-- -->" + piece
    if (
        piece[0] in "*_"
        and item["t"] in ("Emph", "Strong", "Underline")
        and made[-1] == piece[0]
        and not made.endswith("\\" + piece[0])
    ):
        return made + "<!-- -->" + piece
    if (
        item["t"] == "Str"
        and re.search(r"@[\w:.-]+\Z", made)
        and re.match(r"[\w:.#$%&+?~/-]", piece)
        and not re.match(r"[.,:;?](?:\s|$)|[.,:;?]$", piece)
    ):
        return _braced_tail(made) + piece
    return made + piece


def _braced_tail(made: str) -> str:
    """A key at the end of the text, in braces, so that what follows is no part of it."""
    found = re.search(r"(?<![\w\\])@([\w:.-]+)\Z", made)
    return f"{made[: found.start()]}@{{{found[1]}}}" if found else made


def _split(content: Inlines) -> tuple[Inlines, Inlines, Inlines]:
    """Spaces before, what is marked, spaces after."""
    start, end = 0, len(content)
    while start < end and content[start]["t"] in _SPACES:
        start += 1
    while end > start and content[end - 1]["t"] in _SPACES:
        end -= 1
    return content[:start], content[start:end], content[end:]


def _without(inner: str) -> str:
    """Words without the marks of emphasis at their ends."""
    return re.sub(r"^\*+(?!\s)|(?<![\\\s])\*+$", "", inner)


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) else "{" + re.sub(r"[{}\s]", "", key) + "}"
