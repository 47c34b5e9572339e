r"""Commands that pandoc's reader passes over with the words in them: those of layout go, the others leave their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fascicle.importers.latex.definitions import group_at
from fascicle.importers.word_list import words

_LAYOUT = re.compile(
    r"\\(?:noindent|indent|centering|clearpage|newpage|cleardoublepage|pagebreak|nopagebreak|linebreak|nolinebreak|allowbreak|"
    r"quad|qquad|medskip|smallskip|bigskip|raggedleft|raggedright|flushleft|flushright|sffamily|ttfamily|rmfamily|upshape|mdseries|"
    r"sf|tt|rm|normalfont|selectfont|boldmath|doublespacing|singlespacing|onehalfspacing|appendix|tableofcontents|listoffigures|"
    r"listoftables|hrulefill|dotfill|null|samepage|ignorespaces|protect|relax|sloppy|fussy|phantomsection|frontmatter|mainmatter|"
    r"backmatter|leavevmode|vfill|hfill|(?:vspace|hspace|setstretch|linespread|color|selectlanguage|thispagestyle|pagestyle|"
    r"pagenumbering)\*?\{[^{}]*\}|(?:fontsize|setlength|addtolength|setcounter|addtocounter)\{[^{}]*\}\{[^{}]*\})"
    r"(?:[ \t]*\n)?[ \t]*(?=\{)"
)
_SMALL_CAPITALS = re.compile(r"\\(?:sc|scshape)[ \t]*(?=\{)")
_PASSED = re.compile(r"\\([A-Za-z]+)\*?\s*(?:\[[^\]]*\]\s*)*(?=\{)")
_SILENT = words(
    "index sindex label nameref pageref vref pagestyle thispagestyle vspace hspace setlength addtolength setcounter addtocounter "
    "hypersetup bibliographystyle bibliography graphicspath usepackage definecolor color textcolor newcommand renewcommand "
    "providecommand newglossaryentry newacronym acrodef captionsetup setstretch linespread fontsize selectlanguage pdfbookmark "
    "addcontentsline markboth markright enlargethispage rule vskip hskip includegraphics lstset tikzset pgfplotsset input include "
    "newtheorem theoremstyle numberwithin setmainfont newcolumntype sisetup tcbset bibitem nocite maketitle thanks phantom "
    "hphantom vphantom todo missingfigure lstinputlisting fancyhead fancyfoot lhead rhead chead cfoot lfoot rfoot def let "
    "multicolumn multirow cline cmidrule makecell keywords keyword kwd email ead author title subtitle address affiliation affil "
    "institute institution orcid ccsdesc received revised accepted path newlength settowidth "
    "newenvironment renewenvironment RequirePackage setlist begin end hyphenation pagenumbering addtocontents captionof fontspec "
    "setmainfont setsansfont setmonofont setCJKmainfont setCJKsansfont setCJKmonofont ctexset zihao geometry newgeometry "
    "titleformat titlespacing tikzstyle pdfinfo DeclareMathOperator AtBeginDocument AtEndDocument hypertarget fancypagestyle "
    "counterwithin usetikzlibrary lstdefinestyle setkeys urlstyle input@path graphicspath"
)


_SETTINGS = re.compile(
    r"(?:foot|full|auto|paren|text|smart|super)?[Cc]ite|acm|set[A-Z]|new|renew|[Dd]eclare|define"
)
"""Beginnings of commands that set something, or cite."""


def without_layout(text: str) -> str:
    r"""The text without commands of layout before a group: pandoc's reader takes `\noindent{words}` for an argument."""
    begin = max(text.find("\\begin{document}"), 0)  # before it commands are defined anew
    return text[:begin] + _LAYOUT.sub(" ", _SMALL_CAPITALS.sub(r"\\textsc", text[begin:]))


def passed_over(messages: Iterable[Mapping[str, Any]], first: int) -> set[str]:
    """Names of commands that hold words and that pandoc's reader has passed over after a line."""
    names: set[str] = set()
    for message in messages:
        content = str(message.get("contents", "")).strip()
        found = _PASSED.match(content)
        if found is None or message.get("type") != "SkippedContent" or message.get("line", first) < first:
            continue
        if found[1] not in _SILENT and not _SETTINGS.match(found[1]) and _said(content, found.end())[0]:
            names.add(found[1])
    return names


def as_words(text: str, names: set[str]) -> str:
    """The text with the words of such commands in the place of each."""
    made, at = [], 0
    pattern = re.compile(rf"\\(?:{'|'.join(sorted(names))})(?![A-Za-z])\*?\s*(?:\[[^\]]*\]\s*)*(?=\{{)")
    begin = text.find("\\begin{document}")
    for found in pattern.finditer(text, max(begin, 0)):
        if found.start() < at:
            continue
        said, end = _said(text, found.end())
        if said:
            made += [text[at : found.start()], f"{{{said}}}"]
            at = end
    return "".join([*made, text[at:]])


def _said(text: str, at: int) -> tuple[str, int]:
    """The words in the arguments from a place on, and where these end; of several arguments those of several words."""
    given: list[str] = []
    while text[at : at + 1] == "{" and (inner := group_at(text, at)) is not None:
        given.append(inner)
        at += len(inner) + 2
    several = [inner for inner in given if re.search(r"[^\W\d_]{2}", inner) and " " in inner.strip()]
    alone = given[-1:] if given and re.fullmatch(r"\s*[^\W\d_]{2,}[.,;:!?’]?\s*", given[-1]) else []
    return " ".join(several or alone), at
