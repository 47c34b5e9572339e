"""The files of a manuscript: one file, a Manubot repository, a book of Quarto or bookdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fascicle.importers.draft import ImportRefusedError, ImportSource
from fascicle.importers.markdown import front_matter
from fascicle.importers.markdown.myst_project import chapters, project_facts, with_included, without_abstract
from fascicle.importers.report import Report
from fascicle.importers.sources import inside, matching, text_of

_TEMPLATE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


@dataclass(slots=True)
class Gathered:
    """The texts of a source and what it says of itself."""

    facts: dict[str, Any] = field(default_factory=dict)
    """Its front matter."""
    texts: list[tuple[Path, str]] = field(default_factory=list)
    """Its files in order, without front matter."""
    tags: dict[str, str] = field(default_factory=dict)
    """Keys of citations that stand for others."""


def gather(source: ImportSource, report: Report) -> Gathered:
    """The files in their order."""
    if source.kind == "manubot":
        return _manubot(source, report)
    if source.kind == "book":
        return _book(source, report)
    if source.kind == "myst":
        return _myst(source, report)
    return _files([source.path], source, report)


def _myst(source: ImportSource, report: Report) -> Gathered:
    paths = chapters(source, report) if source.path.is_dir() else [source.path]
    made = _files(paths, source, report)
    made.texts = [(path, with_included(text, path, source, report)) for path, text in made.texts]
    made.texts = [(path, without_abstract(text, made.facts)) for path, text in made.texts]
    stated = project_facts(source, report)
    made.facts = {**made.facts, **stated} if source.path.is_dir() else {**stated, **made.facts}
    return made


def _files(paths: list[Path], source: ImportSource, report: Report) -> Gathered:
    made = Gathered()
    for path in paths:
        facts, text = front_matter.take(text_of(path), path.name, report)
        title = (
            facts.pop("title", None) if made.texts or (len(paths) > 1 and made.facts.get("title")) else None
        )
        if isinstance(title, str) and not re.search(r"^#[ \t]", text, re.MULTILINE):
            text = f"# {title}\n\n{text}"
        for key, value in facts.items():
            made.facts.setdefault(key, value)
        made.texts.append((path, text))
    return made


def _manubot(source: ImportSource, report: Report) -> Gathered:
    content = source.root / "content"
    made = Gathered()
    if stated := inside(source.root, "metadata.yaml", content):
        made.facts = front_matter.parse(text_of(stated), "content/metadata.yaml", report)
    if "author_info" in made.facts:
        made.facts["authors"] = made.facts.pop("author_info")
    made.tags = _tags(source)
    for path in matching(source.root, "*.md", content):
        text = text_of(path)
        if "front-matter" in path.name or "delay" in path.name:
            report.left_out(
                "the front matter that Manubot fills in; it is made of content/publication.yaml here",
                path.name,
            )
            made.facts = {**front_matter.take(text, path.name, report)[0], **made.facts}
            continue
        if _TEMPLATE.search(text):
            report.left_out("values that Manubot fills in", path.name)
            text = _TEMPLATE.sub("", text)
        made.texts.append((path, text))
    if not made.texts:
        raise ImportRefusedError(
            f"{source.path} has no sections in content/", "sections are files content/NN.name.md"
        )
    return made


def _tags(source: ImportSource) -> dict[str, str]:
    """Tags of works that stand in a table of their own."""
    tags: dict[str, str] = {}
    for path in matching(source.root, "*citation-tags.tsv", source.root / "content"):
        rows = [line.split("\t") for line in text_of(path).splitlines()]
        tags |= {row[0].strip(): row[1].strip() for row in rows[1:] if len(row) > 1 and row[0].strip()}
    return tags


def _book(source: ImportSource, report: Report) -> Gathered:
    settings: dict[str, Any] = {}
    for name in ("_quarto.yml", "_bookdown.yml"):
        if path := inside(source.root, name):
            settings |= front_matter.parse(text_of(path), name, report)
    book = settings.get("book") if isinstance(settings.get("book"), dict) else {}
    assert isinstance(book, dict)  # noqa: S101
    names = list(_chapters(book.get("chapters"))) + list(_chapters(book.get("appendices"))) or _listed(
        settings.get("rmd_files")
    )
    if not names:
        names = _default(source, settings)
    paths = [found for name in names if (found := inside(source.root, name))]
    for name in names:
        if inside(source.root, name) is None:
            report.left_out("a chapter that is not beside the source", name)
    if not paths:
        raise ImportRefusedError(
            f"{source.path} names no chapter that is there", "name the file to be imported"
        )
    made = _files(paths, source, report)
    for key in ("title", "subtitle", "author", "authors", "date", "abstract", "bibliography", "csl", "lang"):
        if value := book.get(key) or settings.get(key):
            made.facts[key] = value
    return made


def _chapters(given: Any) -> list[str]:
    made: list[str] = []
    for item in given if isinstance(given, list) else [given] if given else []:
        if isinstance(item, str):
            made.append(item)
        elif isinstance(item, dict):
            made += [item["part"]] if str(item.get("part", "")).endswith((".qmd", ".md", ".Rmd")) else []
            made += [item["file"]] if isinstance(item.get("file"), str) else []
            made += _chapters(item.get("chapters"))
    return made


def _listed(given: Any) -> list[str]:
    if isinstance(given, dict):
        given = next(iter(given.values()), None)
    return (
        [str(each) for each in given]
        if isinstance(given, list)
        else [given]
        if isinstance(given, str)
        else []
    )


def _of_bookdown(root: Path, subfolders: Any) -> list[str]:
    """The chapters that bookdown takes when none are named: those of the folder, `index.Rmd` first, and of its subfolders."""
    named = (
        [subfolders]
        if isinstance(subfolders, str) and subfolders.lower() not in ("true", "yes")
        else subfolders
    )
    deep = named if isinstance(named, list) else ["**"] if str(named).lower() in ("true", "yes") else []
    found = [*matching(root, "*.Rmd")]
    for folder in deep:
        found += [path for path in matching(root, f"{str(folder).strip('./')}/*.Rmd") if path not in found]
    kept = [path for path in found if not path.name.startswith("_")]
    return [str(path.relative_to(root)) for path in sorted(kept, key=lambda path: path.name != "index.Rmd")]


def _default(source: ImportSource, settings: dict[str, Any]) -> list[str]:
    manuscript = settings.get("manuscript")
    if isinstance(manuscript, dict) and isinstance(manuscript.get("article"), str):
        return [manuscript["article"]]
    if (source.root / "_bookdown.yml").is_file():
        return _of_bookdown(source.root, settings.get("rmd_subdir"))
    found = [path.name for path in matching(source.root, "*.qmd")]
    main = [name for name in found if name in ("index.qmd", "paper.qmd", "manuscript.qmd", "article.qmd")]
    if len(found) > 1 and not main:
        raise ImportRefusedError(
            f"{source.path} holds {', '.join(found[:6])}: which one is to be imported?", "name the file"
        )
    return main[:1] or found
