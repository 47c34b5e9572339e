"""Reads LaTeX into a draft."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from fascicle.core.pandoc_ast import Blocks, Json
from fascicle.importers.draft import CarriedBibFile, ImportDraft, ImportRefusedError, ImportSource
from fascicle.importers.files import picture_finder
from fascicle.importers.latex.joined import Joined, joined
from fascicle.importers.latex.parts import read_whole_or_parts
from fascicle.importers.latex.people import authors_of
from fascicle.importers.latex.prepare import citation_style, prepared, with_listings
from fascicle.importers.latex.tables import read_heads, with_heads
from fascicle.importers.latex.title_page import add_title
from fascicle.importers.latex.unknown import as_words, passed_over
from fascicle.importers.latex.wrappers import tell_notes
from fascicle.importers.metadata.pandoc_meta import facts_of
from fascicle.importers.plain_source import latex_text
from fascicle.importers.reading import LATEX, SourceReader
from fascicle.importers.report import Report
from fascicle.importers.sources import bytes_of, inside, text_of
from fascicle.importers.tree.walk import plain, rewrite

_BIBLIOGRAPHY = re.compile(
    r"\\(?:bibliography|addbibresource(?:\[[^\]]*\])?|nobibliography\*?)\s*\{([^{}]+)\}"
)
_TYPED = re.compile(r"\\begin\{thebibliography\}(?:\{[^{}]*\})?(.*?)\\end\{thebibliography\}", re.DOTALL)
_ITEM = re.compile(r"\\bibitem\s*(?:\[((?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\])?\s*\{([^{}]+)\}")


def read_latex(source: ImportSource, reader: SourceReader, report: Report) -> ImportDraft:
    """The draft of a LaTeX source."""
    whole = joined(source.path, source.root, report)
    draft = ImportDraft(report)
    if (
        "\\begin{document}" not in whole.text
        and "\\section" not in whole.text
        and "\\documentclass" in whole.text
    ):
        raise ImportRefusedError(f"{source.path.name} holds no text", "name the file with \\begin{document}")

    def literal(name: str) -> str | None:
        found = next((path for each in whole.folders if (path := inside(source.root, name, each))), None)
        return None if found is None else text_of(found)

    text = with_listings(_without_list(whole.text, reader, draft), literal, report)
    text = prepared(text, report)
    tree = read_whole_or_parts(with_heads(text), reader, source.path.name, report)
    if names := passed_over(tree.messages, _first_heading(text)):
        text = as_words(text, names)
        tree = read_whole_or_parts(with_heads(text), reader, source.path.name, report)
        for name in sorted(names):
            report.changed("a command that is not known here stands as its words", f"`\\{name}`")
    report.read_as("LaTeX, by pandoc's reader")
    draft.words = latex_text(text)
    first = text[: max(0, text.find("\\begin{document}"))].count("\n") + 1
    _tell_skipped(tree.messages, first, report)
    draft.facts = facts_of(tree.meta, report)
    authors, affiliations = authors_of(whole.text, reader, report)
    if authors:
        draft.facts["authors"] = authors
        draft.facts.pop("affiliations", None)
    if affiliations:
        draft.facts["affiliations"] = affiliations
    add_title(whole.text, draft.facts, lambda inner: plain(reader.piece(inner, LATEX)), report)
    _words(whole.text, draft)
    tell_notes(whole.text, plain(tree.blocks), lambda inner: plain(reader.piece(inner, LATEX)), report)
    draft.blocks = _split_keys(read_heads(tree.blocks))
    draft.pictures = picture_finder(source.root, whole.folders)
    _works(whole, source, draft)
    if style := citation_style(whole.text):
        draft.facts["citation-style"] = style
        report.read_as("the citation style that comes nearest to the source's", style)
    return draft


def _first_heading(text: str) -> int:
    """The line of the first heading: words before it are of the title page, and told."""
    begin = max(text.find("\\begin{document}"), 0)
    found = re.compile(r"\\(?:part|chapter|(?:sub)*section)\s*[*{[]").search(text, begin)
    start = found.start() if found else max(text.find("\\maketitle", begin), begin)
    return text.count("\n", 0, start) + 1


def read_piece(text: str, reader: SourceReader, report: Report) -> Blocks:
    """The blocks of a piece of LaTeX inside a text of another kind, such as a table in Markdown."""
    return read_heads(reader.piece(with_heads(prepared(text, report)), LATEX))


_COMMAND = re.compile(r"\\([A-Za-z]+)")
_QUIET = frozenset(
    ["centering", "maketitle", "noindent", "newpage", "clearpage", "vspace", "hspace", "small", "footnotesize", "bibliography",
     "bibliographystyle", "linewidth", "textwidth", "hline", "toprule", "midrule", "bottomrule", "label", "thispagestyle",
     "pagestyle", "tableofcontents", "newcommand", "renewcommand", "setlength", "usepackage", "appendix", "mathbf"]
)  # fmt: skip


def _tell_skipped(messages: tuple[dict[str, Any], ...], first: int, report: Report) -> None:
    """What pandoc passed over after the line on which the text begins."""
    for message in messages:
        if message.get("type") not in ("SkippedContent", "ParsingUnescaped"):
            continue
        if message.get("line", first) < first:
            continue
        content = " ".join(str(message.get("contents", "")).split())
        command = _COMMAND.match(content)
        if not content or (command and command[1] in _QUIET):
            continue
        place = f"line {message['line']}, column {message['column']}" if "line" in message else ""
        report.left_out(f"LaTeX that pandoc's reader passes over: `{content[:50].replace('`', '')}`", place)


def _words(text: str, draft: ImportDraft) -> None:
    """Keywords, which each class has in its own command."""
    head = re.compile(r"\\(?:chapter|section)\s*[*{[]").search(text, max(text.find("\\begin{document}"), 0))
    text = text[: head.start()] if head else text
    found = re.search(
        r"\\(?:keywords?|IEEEkeywords|kwd)\s*\{([^{}]*)\}|\\begin\{(?:keywords?|IEEEkeywords)\}(.*?)\\end\{",
        text,
        re.DOTALL,
    )
    if found and "keywords" not in draft.facts:
        parts = re.split(r"\\sep\b|\\and\b|[,;·]", found[1] or found[2] or "")
        draft.facts["keywords"] = [
            word for part in parts if (word := " ".join(re.sub(r"\\\w+\*?|[{}$~]", " ", part).split()))
        ]


def _split_keys(blocks: Blocks) -> Blocks:
    """Citations without the spaces that LaTeX allows in keys."""

    def change(element: Json) -> list[Json] | None:
        if element["t"] != "Cite":
            return None
        for work in element["c"][0]:
            work["citationId"] = "".join(work["citationId"].split())
        return [element]

    return rewrite(blocks, change)  # type: ignore[no-any-return]


# -- Works -----------------------------------------------------------------------------------------------


def _works(whole: Joined, source: ImportSource, draft: ImportDraft) -> None:
    names = [
        name.strip()
        for found in _BIBLIOGRAPHY.findall(whole.text)
        for name in found.split(",")
        if name.strip()
    ]
    for name in dict.fromkeys(names):
        path = _found(name, whole, source)
        if path is not None:
            draft.bibliographies.append(CarriedBibFile(path.name.replace(" ", "-"), bytes_of(path)))
            draft.report.read_as("a bibliography, copied as it is", path.name)
        else:
            draft.report.left_out("a bibliography that is not beside the source", name)


def _found(name: str, whole: Joined, source: ImportSource) -> Path | None:
    for folder in whole.folders:
        for ending in ("", ".bib"):
            if (path := inside(source.root, name + ending, folder)) is not None:
                return path
    return None


def _without_list(text: str, reader: SourceReader, draft: ImportDraft) -> str:
    """The text without a list of works of its own, whose items become records that are to be verified."""
    listed = _TYPED.search(text)
    if not listed:
        return text
    cuts = list(_ITEM.finditer(listed[1]))
    for number, found in enumerate(cuts):
        end = cuts[number + 1].start() if number + 1 < len(cuts) else len(listed[1])
        words = " ".join(
            plain(reader.piece(re.sub(r"\\newblock\b", " ", listed[1][found.end() : end]), LATEX)).split()
        )
        draft.items.append(_record(found[2].strip(), words))
        draft.report.verify("a work of a list typed by hand; its record is in bib/imported.json", words[:100])
    return text[: listed.start()] + text[listed.end() :]


def _record(key: str, words: str) -> dict[str, Any]:
    from fascicle.importers.references.reference_reader import read_reference

    return {**read_reference(words), "id": key}
