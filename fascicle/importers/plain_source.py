"""The words of HTML, Markdown and LaTeX as another reader finds them."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class _Words(HTMLParser):
    """The text of an HTML page's body."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Scripts, styles and the head are not read."""
        if tag in ("script", "style", "head", "template", "nav"):
            self._silent += 1
        elif tag not in ("em", "i", "b", "strong", "span", "a", "sup", "sub"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Read again after them."""
        if tag in ("script", "style", "head", "template", "nav"):
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self._silent:
            self.parts.append(data)


def html_text(text: str) -> str:
    """The words of an HTML page."""
    reader = _Words()
    reader.feed(text)
    return "".join(reader.parts)


_CODE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\1[`~]*[ \t]*$", re.DOTALL | re.MULTILINE)
_MARKUP = re.compile(
    r"\\(?:begin|end|ref|autoref|eqref|cref|label|cite\w*)\*?(?:\[[^\]]*\])*\{[^{}]*\}|<!--.*?-->|\$\$.*?\$\$|\$[^$\n]+\$|\]\([^)\s]*\)|\{[#.=%<][^{}]*\}|\\[A-Za-z]+|<[^<>\n]+>|https?://\S+|@[\w:./-]+|\[\^[^\]]+\]|&\w+;",
    re.DOTALL,
)


def markdown_text(text: str) -> str:
    """The words of Markdown without what is markup, code that is run, addresses and keys."""
    return _MARKUP.sub(" ", _CODE.sub(" ", text))


_NAMES = (
    "begin|end|label|ref|autoref|eqref|pageref|cref|Cref|nameref|cite\\w*|parencite|textcite|autocite|footcite|nocite|bibliography|"
    "bibliographystyle|addbibresource|includegraphics|usepackage|documentclass|input|include|vspace|hspace|setlength|pagestyle|"
    "thispagestyle|graphicspath|hypersetup|url|href|SI|si|num|bibitem|addcontentsline|setcounter|addtocounter|newcommand|lstinputlisting"
)
_LATEX = re.compile(
    rf"\\(?:{_NAMES})(?![A-Za-z])\*?\s*(?:\[[^\]]*\])*(?:\{{[^{{}}]*\}})?|(?<!\\)\$\$.*?\$\$|(?<!\\)\$(?:[^$\\]|\\.)+\$"
    r"|(?<!\\)\\\[.*?\\\]|\\\(.*?\\\)",
    re.DOTALL,
)
_SET = re.compile(
    r"\\begin\{(equation\*?|align\*?|eqnarray\*?|gather\*?|multline\*?|tikzpicture|displaymath|math)\}.*?\\end\{\1\}",
    re.DOTALL,
)
_COLUMNS = re.compile(
    r"\\begin\{(?:tabular[xy*]?|longtable|array)\}(?:\[[^\]]*\])?(?:\{(?:[^{}]|\{[^{}]*\})*\}){1,2}"
    r"|\\begin\{(?:itemize|enumerate|description|figure|table)\*?\}\[[^\]]*\]"
)


def latex_text(text: str) -> str:
    """The words of a LaTeX document's body without commands, formulas, keys and file names."""
    body = re.search(r"\\begin\{document\}(.*)\\end\{document\}", text, re.DOTALL)
    text = _COLUMNS.sub(" ", _SET.sub(" ", body[1] if body else text))
    text = _LATEX.sub(" ", text)
    return re.sub(
        r"\\[`'^\"~=.cvuHkrdtb]\s*\{?(\w)\}?", r"\1", re.sub(r"\\[A-Za-z@]{2,}\*?(?:\[[^\]]*\])?", " ", text)
    )
