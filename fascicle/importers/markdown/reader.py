"""Reads Markdown of any program into a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fascicle.core.pandoc_ast import Blocks
from fascicle.importers.draft import CarriedBibFile, ImportDraft, ImportSource
from fascicle.importers.files import picture_finder, style_of
from fascicle.importers.markdown.chunks import without_chunks
from fascicle.importers.markdown.gather import gather
from fascicle.importers.markdown.myst import myst
from fascicle.importers.markdown.quarto import bookdown, with_includes
from fascicle.importers.markdown.wiki import criticised, is_wiki, wiki, without_toc
from fascicle.importers.metadata.facts import FrontMatterMapper
from fascicle.importers.plain_source import markdown_text
from fascicle.importers.reading import COMMONMARK, MARKDOWN, SourceReader
from fascicle.importers.report import Report
from fascicle.importers.sources import bytes_of, inside, matching, text_of
from fascicle.importers.tree.walk import rewrite
from fascicle.importers.writing.inlines_alone import markdown_of
from fascicle.project.bibliography.files.formats import SUFFIXES

_NAMES = {
    "markdown": "Markdown", "rmarkdown": "R Markdown", "quarto": "Quarto", "myst": "MyST", "manubot": "a Manubot manuscript",
    "book": "a book of Quarto or bookdown",
}  # fmt: skip
_TAG_LINE = re.compile(r"^\[@(?P<tag>[^\]\s]+)\]:[ \t]*(?P<id>\S+)[^\n]*$", re.MULTILINE)
_HTML_BLOCK = re.compile(
    r"^<(table|figure|center)\b[^>]*>.*?</\1>[ \t]*$", re.DOTALL | re.MULTILINE | re.IGNORECASE
)


def read_markdown(source: ImportSource, reader: SourceReader, report: Report, changes: str) -> ImportDraft:
    """The draft of a Markdown source."""
    gathered = gather(source, report)
    texts = [_ours(text, path, source, report, changes) for path, text in gathered.texts]
    wikis = any(is_wiki(text) for _, text in gathered.texts)
    form = COMMONMARK if source.kind == "myst" or wikis else MARKDOWN
    kind = "Obsidian or Zettlr" if wikis and source.kind == "markdown" else _NAMES[source.kind]
    text = "\n\n".join(texts)
    tags = {**gathered.tags} | {found["tag"]: found["id"] for found in _TAG_LINE.finditer(text)}
    tree = reader.tree(_TAG_LINE.sub("", text).encode(), form, source.path.name)
    report.read_as(f"{kind}, by pandoc's reader")
    draft = ImportDraft(report, blocks=_keys(tree.blocks, tags), words=markdown_text(text))
    facts = FrontMatterMapper(
        report,
        lambda line: markdown_of(reader, line, report, inline=True),
        lambda paragraphs: markdown_of(reader, paragraphs, report, inline=False),
    )
    draft.facts = facts.map(gathered.facts)
    folder = gathered.texts[0][0].parent
    draft.pictures = picture_finder(source.root, [path.parent for path, _ in gathered.texts])
    _works(gathered.facts, source, folder, draft)
    _style(gathered.facts, source, folder, draft)
    return draft


def _ours(text: str, path: Path, source: ImportSource, report: Report, changes: str) -> str:
    """A text in Pandoc's spelling."""

    def include(name: str) -> str | None:
        found = inside(source.root, name, path.parent)
        return None if found is None else _included(text_of(found))

    quarto = source.kind in ("quarto", "book") or path.suffix == ".qmd"
    if quarto or source.kind == "rmarkdown" or path.suffix.lower() == ".rmd":
        text = with_includes(text, include, report)
        text = without_chunks(text, path.name, report, quarto=path.suffix == ".qmd")
        text = with_includes(text, include, report)
        text = bookdown(text)
    if source.kind == "myst":
        text = myst(text, report)
    if is_wiki(text):
        text = wiki(text, report)
    text = criticised(without_toc(text, report), changes, report)
    return _HTML_BLOCK.sub(lambda found: f"\n```{{=html}}\n{found[0]}\n```\n", text)


def _included(text: str) -> str:
    return re.sub(r"\A---[ \t]*\n.*?\n---[ \t]*\n", "", text, flags=re.DOTALL)


def _keys(blocks: Blocks, tags: Mapping[str, str]) -> Blocks:
    """Keys of citations with Manubot's tags taken for what they stand for, DOIs in small letters."""

    def change(element: dict[str, Any]) -> list[dict[str, Any]] | None:
        if element["t"] != "Cite":
            return None
        for work in element["c"][0]:
            key = tags.get(work["citationId"], work["citationId"])
            key = tags.get(key, tags.get(key.removeprefix("tag:"), key))
            key = f"url:{key}" if key.startswith(("http://", "https://")) else key
            work["citationId"] = key.lower() if key.lower().startswith("doi:") else key
        return [element]

    return rewrite(blocks, change)  # type: ignore[no-any-return]


# -- Works -----------------------------------------------------------------------------------------------


def _works(facts: Mapping[str, Any], source: ImportSource, folder: Path, draft: ImportDraft) -> None:
    named = facts.get("bibliography")
    names = [str(each) for each in named] if isinstance(named, list) else [str(named)] if named else []
    names = [part.strip() for name in names for part in name.split(",")] if len(names) == 1 else names
    found: list[Path] = []
    for name in names:
        if (path := inside(source.root, name, folder)) is not None:
            found.append(path)
        else:
            draft.report.left_out("a bibliography that is not beside the source", name)
    if not found:
        found = list(_beside(source, folder))
    taken: set[str] = set()
    for path in dict.fromkeys(found):
        _take(path, taken, draft)
    references = facts.get("references")
    if isinstance(references, list):
        draft.items += [item for item in references if isinstance(item, dict) and item.get("id")]


def _beside(source: ImportSource, folder: Path) -> Iterator[Path]:
    """Bibliographies that no front matter names: a program's settings do, or a Manubot manuscript has them by custom."""
    if source.kind == "manubot":
        yield from matching(source.root, "manual-references*.*", source.root / "content")
        return
    found = matching(source.root, "*.bib", folder) or matching(source.root, "*.bib")
    yield from (
        found[:1]
        if len(found) == 1
        else (path for path in found if path.stem in ("references", "paper", "library"))
    )


def _take(path: Path, taken: set[str], draft: ImportDraft) -> None:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        draft.report.left_out(
            "a bibliography of a format that is not read (.bib, .ris, CSL as .json or .yaml are)", path.name
        )
        return
    name, number = path.name.replace(" ", "-"), 2
    while name in taken:
        name, number = f"{path.stem}-{number}{suffix}", number + 1
    taken.add(name)
    draft.bibliographies.append(CarriedBibFile(name, bytes_of(path)))
    draft.report.read_as("a bibliography, copied as it is", path.name)


def _style(facts: Mapping[str, Any], source: ImportSource, folder: Path, draft: ImportDraft) -> None:
    stated = facts.get("csl") or facts.get("citation-style")
    joss = source.path.name == "paper.md" and ("tags" in facts or "affiliations" in facts)
    if isinstance(stated, str) and stated:
        draft.style = style_of(stated, source, folder, draft)
    elif joss:
        draft.facts["citation-style"] = "apa"
        draft.report.read_as("a paper of JOSS, whose citations follow APA")
