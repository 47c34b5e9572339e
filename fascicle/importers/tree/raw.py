"""HTML and LaTeX inside a text of another kind, read or left out with a word."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from itertools import takewhile

from fascicle.core.pandoc_ast import Blocks, Inlines, Json, attr, image, wrapped
from fascicle.importers.reading import HTML, LATEX, SourceReader
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import elements, plain, rewrite

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)([^>]*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_WRAPS = {
    "sup": "Superscript", "sub": "Subscript", "i": "Emph", "em": "Emph", "cite": "Emph", "b": "Strong", "strong": "Strong",
    "u": "Underline", "ins": "Underline", "s": "Strikeout", "del": "Strikeout", "strike": "Strikeout",
}  # fmt: skip
_LAYOUT = re.compile(
    r"\\(?:newpage|clearpage|cleardoublepage|pagebreak|nopagebreak|linebreak|noindent|indent|centering|raggedright|"
    r"small|footnotesize|scriptsize|tiny|large|Large|huge|normalsize|singlespacing|doublespacing|onehalfspacing|"
    r"vspace\*?|hspace\*?|smallskip|medskip|bigskip|vfill|hfill|newline|par|maketitle|tableofcontents|listoffigures|"
    r"listoftables|appendix|frontmatter|mainmatter|backmatter|begingroup|endgroup|setcounter|addtocounter|setlength|"
    r"addtolength|renewcommand|newcommand|providecommand|def|let|usepackage|thispagestyle|pagestyle|pagenumbering|"
    r"bibliographystyle|bibliography|printbibliography|nocite|hypersetup|captionsetup|label|beginsupplement|"
    r"begin\{(?:landscape|center|flushleft|flushright|small|footnotesize|table|figure|threeparttable|ThreePartTable|"
    r"singlespace|doublespace|multicols|spacing|minipage|adjustwidth|sidewaystable|sidewaysfigure|CSLReferences)\*?\}|"
    r"end\{[\w*]+\}|blandscape|elandscape|linenumbers|nolinenumbers|endfirsthead|phantomsection|addcontentsline|"
    r"FloatBarrier|vspace|leavevmode|clearemptydoublepage|fontsize|selectfont|sffamily|rmfamily|normalfont|"
    r"parindent|parskip|hangindent|leftskip|setstretch|baselineskip|null|quad|qquad|,|;|/)(?![A-Za-z])"
)
_REF = re.compile(
    r"\\(autoref|cref|Cref|ref|eqref|nameref|pageref|vref|hyperref)\*?(?:\[[^\]]*\])?\{([^{}]*)\}"
)


class RawParts:
    """Turns raw parts into elements."""

    def __init__(self, reader: SourceReader, report: Report, read_tex: Callable[[str], Blocks]) -> None:
        self.reader = reader
        self.report = report
        self.read_tex = read_tex

    def resolve(self, blocks: Blocks) -> Blocks:
        """The text without raw parts."""
        blocks = rewrite(_joined(blocks), self._block)
        return rewrite(blocks, self._inlines)  # type: ignore[no-any-return]

    # -- Blocks ------------------------------------------------------------------------------------------

    def _block(self, element: Json) -> list[Json] | None:
        if element["t"] != "RawBlock":
            return None
        form, text = element["c"]
        if form in ("html", "html5", "html4"):
            return self._html_block(text)
        if form in ("tex", "latex"):
            return self._tex_block(text)
        self.report.left_out(f"a block of raw {form}", _start(text))
        return []

    def _html_block(self, text: str) -> list[Json]:
        bare = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip()
        if not bare:
            return []
        if not _TAG.sub("", bare).strip() and "<img" not in bare.lower():
            self._tell_tags(bare)
            return []
        return self.reader.piece(bare, HTML)

    def _tex_block(self, text: str) -> list[Json]:
        found = self.read_tex(text)
        if not found or not (plain(found).strip() or _holds(found, "Image", "Note", "Table")):
            self._tell_tex(text)
            return []
        return found

    # -- Inlines -----------------------------------------------------------------------------------------

    def _inlines(self, element: Json) -> list[Json] | None:
        """Lists of inlines stand inside these elements; tags are paired there."""
        place = {"Para": (), "Plain": (), "Header": (2,), "Emph": (), "Strong": (), "Span": (1,), "Quoted": (1,),
                 "Superscript": (), "Subscript": (), "Underline": (), "Strikeout": (), "SmallCaps": (), "Link": (1,),
                 "Image": (1,)}.get(element["t"])  # fmt: skip
        if place is None:
            return None
        if place:
            element["c"][place[0]] = self._paired(element["c"][place[0]])
        else:
            element["c"] = self._paired(element["c"])
        if element["t"] in ("Para", "Plain") and not element["c"]:
            return []
        return [element]

    def _paired(self, inlines: Inlines) -> Inlines:
        if not any(item["t"] == "RawInline" for item in inlines):
            return inlines
        made: Inlines = []
        opened: list[tuple[str, str, Inlines]] = []
        for item in inlines:
            if item["t"] != "RawInline":
                made.append(item)
                continue
            form, text = item["c"]
            if not form.startswith("html"):
                made += self._tex_inline(text) if form in ("tex", "latex") else self._other(form, text)
                continue
            made = self._html_inline(text, made, opened)
        while opened:
            _, _, before = opened.pop()
            made = before + made
        return made

    def _html_inline(self, text: str, made: Inlines, opened: list[tuple[str, str, Inlines]]) -> Inlines:
        tag = _TAG.match(text)
        if not tag:
            return made
        name = tag[2].lower()
        if tag[1]:
            return self._closed(name, made, opened)
        if name == "br":
            return [*made, {"t": "LineBreak"}]
        if name == "img":
            return [*made, *_image(tag[3])]
        if name in _WRAPS or name in ("a", "span"):
            opened.append((name, tag[3], made))
            return []
        self._tell_tags(text)
        return made

    def _closed(self, name: str, made: Inlines, opened: list[tuple[str, str, Inlines]]) -> Inlines:
        if not any(each == name for each, _, _ in opened):
            return made
        while opened:
            each, given, before = opened.pop()
            if each != name:
                made = before + made
                continue
            return [*before, *_wrapped(name, given, made)]
        return made

    def _other(self, form: str, text: str) -> Inlines:
        self.report.left_out(f"raw {form} in the running text", _start(text))
        return []

    def _tex_inline(self, text: str) -> Inlines:
        if found := _REF.fullmatch(text.strip()):
            kind = {"autoref": "autoref", "cref": "autoref", "Cref": "autoref", "vref": "autoref"}.get(
                found[1], "ref"
            )
            given = [["reference-type", "eqref" if found[1] == "eqref" else kind], ["reference", found[2]]]
            return [{"t": "Link", "c": [["", [], given], [], [f"#{found[2]}", ""]]}]
        if label := re.fullmatch(r"\\label\{([^{}]*)\}", text.strip()):
            return [{"t": "Span", "c": [[label[1], [], []], []]}]
        blocks = self.reader.piece(text, LATEX)
        if blocks and (plain(blocks).strip() or _holds(blocks, "Note")):
            return _flat(blocks)
        self._tell_tex(text)
        return []

    # -- What is told ------------------------------------------------------------------------------------

    def _tell_tags(self, text: str) -> None:
        for tag in _TAG.finditer(text):
            if not tag[1]:
                self.report.left_out(f"the HTML tag <{tag[2].lower()}>; the words in it are kept")

    def _tell_tex(self, text: str) -> None:
        if _LAYOUT.match(text.strip()):
            self.report.left_out("LaTeX that sets pages and spaces", _start(text))
        elif text.strip():
            self.report.left_out("LaTeX that is not understood", _start(text))


def _flat(blocks: Blocks) -> Inlines:
    """The inlines of blocks, a space between two."""
    made: Inlines = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            made += [{"t": "Space"}, *block["c"]] if made else block["c"]
    return made


def _holds(blocks: Blocks, *kinds: str) -> bool:
    return any(item["t"] in kinds for item in elements(blocks))


def _image(given: str) -> Inlines:
    found = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(given)}
    if "src" not in found:
        return []
    sizes = [(name, found[name]) for name in ("width", "height") if name in found]
    alt = [("alt", found["alt"])] if found.get("alt") else []
    return [image(found["src"], [], attr("", (), [*sizes, *alt]))]


def _wrapped(name: str, given: str, made: Inlines) -> Inlines:
    if name in _WRAPS:
        return [wrapped(_WRAPS[name], made)] if made else []
    found = {key.lower(): unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(given)}
    if name == "a":
        if found.get("href"):
            return [{"t": "Link", "c": [["", [], []], made, [found["href"], ""]]}]
        return [{"t": "Span", "c": [[found.get("id") or found.get("name", ""), [], []], made]}]
    if found.get("lang"):
        return [{"t": "Span", "c": [["", [], [["lang", found["lang"]]]], made]}]
    return made


_OPENS = re.compile(r"\s*<(table|figure|center|video|iframe|details|svg|picture|dl|ul|ol|p)\b", re.IGNORECASE)


def _joined(blocks: Blocks) -> Blocks:
    """Raw HTML that pandoc has cut at its tags, and LaTeX cut between a caption and its table, put together again."""
    made: Blocks = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        tex = list(takewhile(_is_tex, blocks[at:]))
        if len(tex) > 1 and any("\\captionof" in each["c"][1] for each in tex):
            made.append({"t": "RawBlock", "c": ["latex", "\n\n".join(each["c"][1] for each in tex)]})
            at += len(tex)
            continue
        run = list(takewhile(_is_html, blocks[at:]))
        if len(run) > 1 and _OPENS.match(block["c"][1]):
            made.append({"t": "RawBlock", "c": ["html", "\n".join(each["c"][1] for each in run)]})
            at += len(run)
            continue
        made.append(block)
        at += 1
    return made


def _is_html(block: Json) -> bool:
    return bool(block["t"] == "RawBlock" and block["c"][0].startswith("html"))


def _is_tex(block: Json) -> bool:
    return bool(block["t"] == "RawBlock" and block["c"][0] in ("tex", "latex"))


def _start(text: str) -> str:
    line = " ".join(text.split())
    return f"`{line[:70].replace('`', '')}{'…' if len(line) > 70 else ''}`"
