"""Counts what Markdown, LaTeX, JATS and HTML hold, by expressions and XML, without their readers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from fascicle.importers.content_check.kinds import Census, Counted

_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\1[`~]*[ \t]*$", re.DOTALL | re.MULTILINE)
_SPANS = re.compile(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)")
_HIDDEN = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FORMULA = re.compile(r"\$\$.+?\$\$|(?<![\\$\w])\$(?=[^\s$])[^$]+?(?<=[^\s\\])\$(?!\d)", re.DOTALL)
_NOTE_MARK = re.compile(r"(?<!^)(?<!\n)\[\^[^\]\s]+\](?!:)|\^\[")
_PICTURE = re.compile(
    r"(?<!\\)!\[(?!\[)[^\[\]]*(?:\[[^\]]*\][^\[\]]*)*\]\([^)]+\)|(?<!\\)!\[\[[^\]]+\.(?:png|jpe?g|svg|pdf|gif|webp)"
)
_KEY = re.compile(r"(?<![\w\\.])-?@(?!(?:fig|tbl|tab|sec|eq|lst|thm)[:-])[A-Za-z0-9_][\w:.#$%&+?<>~/-]*")
_ROW = re.compile(r"^[ ]{0,3}\|.*\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[ ]{0,3}\|?[ \t]*:?-{2,}[-:| \t+]*$")


def in_markdown(text: str) -> Census:
    """What a text in Markdown holds."""
    text = _HIDDEN.sub(" ", _FENCED.sub("\n", _FRONT.sub("", text)))
    bare = _SPANS.sub(" ", text)
    plain = _FORMULA.sub(" ", bare)
    return Census(
        {
            Counted.NOTES: len(_NOTE_MARK.findall(plain)),
            Counted.CELLS: sum(_cells(row) for row in _ROW.findall(plain)),
            Counted.PICTURES: len(_PICTURE.findall(plain)),
            Counted.FORMULAS: len(_FORMULA.findall(bare)),
            Counted.CITATIONS: len(_KEY.findall(re.sub(r"\]\([^)]*\)|<[^>\n]*>|\{[^{}\n]*\}", " ", plain))),
        }
    )


def _cells(row: str) -> int:
    """The cells of a row that hold anything; none for the rule under a head."""
    if _RULE.match(row):
        return 0
    return sum(bool(cell.strip()) for cell in re.split(r"(?<!\\)\|", row.strip().strip("|")))


_LATEX_COMMENT = re.compile(r"(?<!\\)%.*")
_BODY = re.compile(r"\\begin\{document\}(.*)\\end\{document\}", re.DOTALL)
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|minted|comment)\}.*?\\end\{\1\}", re.DOTALL)
_TABULAR = re.compile(r"\\begin\{(tabular[xy*]?|longtable)\}.*?\\end\{\1\}", re.DOTALL)
_DISPLAY = (
    r"\\begin\{((?:equation|align|gather|multline|eqnarray|displaymath|flalign|alignat)\*?)\}.*?\\end\{\1\}"
    r"|\\\[.*?\\\]|\\\(.*?\\\)"
)
_LATEX_FORMULA = re.compile(rf"{_DISPLAY}|\$\$.+?\$\$|(?<!\\)\$[^$]+?(?<!\\)\$", re.DOTALL)
_CITING = re.compile(
    r"\\(?:no)?(?:text|paren|auto|foot|super|full)?cite(?!style|field|name)\w*\*?(?:\[[^\]]*\])*\{([^{}]*)\}"
)


def in_latex(text: str) -> Census:
    """What a text in LaTeX holds, its files joined."""
    body = _BODY.search(text)
    text = _VERBATIM.sub(" ", _LATEX_COMMENT.sub("", body[1] if body else text))
    keys = [
        key
        for found in _CITING.finditer(text)
        if not found[0].startswith("\\nocite")
        for key in found[1].split(",")
    ]
    return Census(
        {
            Counted.NOTES: len(re.findall(r"\\(?:footnote|endnote)(?:\[\d+\])?\s*\{", text)),
            Counted.CELLS: sum(_latex_cells(found[0]) for found in _TABULAR.finditer(text)),
            Counted.PICTURES: len(re.findall(r"\\includegraphics\b", text)),
            Counted.FORMULAS: sum(1 for _ in _LATEX_FORMULA.finditer(_TABULAR.sub(" ", text))),
            Counted.CITATIONS: len([key for key in keys if key.strip()]),
        }
    )


def _latex_cells(table: str) -> int:
    """The cells of a tabular that hold anything."""
    inner = re.sub(
        r"\A\\begin\{\w+\*?\}(?:\[[^\]]*\])?(?:\{(?:[^{}]|\{[^{}]*\})*\}){1,2}|\\end\{\w+\*?\}\Z", "", table
    )
    inner = re.sub(
        r"\\(?:hline|toprule|midrule|bottomrule|(?:cmid|c)rule(?:\([^)]*\))?\{[^}]*\}|cline\{[^}]*\})",
        "",
        inner,
    )
    rows = re.split(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline", inner)
    return sum(bool(cell.strip()) for row in rows for cell in re.split(r"(?<!\\)&", row))


def in_jats(data: bytes) -> Census:
    """What an article in JATS holds between its front and its list of works."""
    root = ET.fromstring(data)  # noqa: S314 - what declares entities was refused when it was read
    body = [part for name in ("body", "back") for part in root.iter(name)]
    found = Census()
    for part in body:
        for element in part.iter():
            tag = str(element.tag).rpartition("}")[2]
            if tag in ("td", "th") and "".join(element.itertext()).strip():
                found[Counted.CELLS] += 1
            elif tag in ("graphic", "inline-graphic"):
                found[Counted.PICTURES] += 1
            elif tag in ("inline-formula", "disp-formula"):
                found[Counted.FORMULAS] += 1
            elif tag == "xref":
                kind = {"fn": Counted.NOTES, "bibr": Counted.CITATIONS}.get(element.get("ref-type", ""))
                found.update([kind] if kind else [])
    return found


def in_html(text: str) -> Census:
    """What a page in HTML holds."""
    text = re.sub(
        r"<(script|style|head|nav)\b.*?</\1>", " ", _HIDDEN.sub(" ", text), flags=re.DOTALL | re.IGNORECASE
    )
    cells = re.findall(r"<t[dh]\b[^>]*>(.*?)(?=<t[dhr]\b|</t)", text, re.DOTALL | re.IGNORECASE)
    return Census(
        {
            Counted.CELLS: sum(bool(re.sub(r"<[^>]*>|&nbsp;", "", cell).strip()) for cell in cells),
            Counted.PICTURES: len(re.findall(r"<(?:img|svg)\b", text, re.IGNORECASE)),
            Counted.FORMULAS: len(re.findall(r"<math\b", text, re.IGNORECASE)),
        }
    )
