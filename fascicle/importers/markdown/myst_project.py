"""What stands around a MyST text: files that it includes, `myst.yml`, the contents of a book of Jupyter Book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fascicle.importers.draft import ImportRefusedError, ImportSource
from fascicle.importers.markdown import front_matter
from fascicle.importers.markdown.outside_code import outside_code
from fascicle.importers.report import Report
from fascicle.importers.sources import inside, text_of
from fascicle.importers.word_list import words

_INCLUDE = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|:{3,}|~{3,})\{(?P<name>include|literalinclude)\}[ \t]*(?P<file>[^\n]+)\n(?P<body>(?:.*?\n)??)"
    r"[ \t]*(?P=fence)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_HEAD = re.compile(r"\A\s*---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_ABSTRACT = re.compile(
    r"^\+\+\+[ \t]*\{[ \t]*[\"']part[\"'][ \t]*:[ \t]*[\"']abstract[\"'][ \t]*\}[ \t]*\n(.*?)(?=^\+\+\+|\Z)",
    re.DOTALL | re.MULTILINE,
)
_ENDINGS = ("", ".md", ".myst", ".markdown")
_DEEPEST = 20


def with_included(text: str, path: Path, source: ImportSource, report: Report, depth: int = 0) -> str:
    """The text with the files that its `include` directives name, those that these include, too."""
    text = outside_code(text, lambda part: re.sub(r"^%[^\n]*$", "", part, flags=re.MULTILINE), inline=False)

    def change(found: re.Match[str]) -> str:
        name = found["file"].strip()
        there = inside(source.root, name, path.parent) if depth < _DEEPEST else None
        if there is None:
            report.left_out("a file that is included and is not beside the source", name)
            return ""
        if options := re.findall(r"^[ \t]*:([\w-]+):", found["body"], re.MULTILINE):
            report.verify(f"a file is included whole, whatever its options say ({', '.join(options)})", name)
        inner = text_of(there)
        if found["name"] == "literalinclude":
            return f"\n````{there.suffix.lstrip('.')}\n{inner.rstrip()}\n````\n"
        return f"\n{with_included(_HEAD.sub('', inner), there, source, report, depth + 1)}\n"

    return _INCLUDE.sub(change, text)


def without_abstract(text: str, facts: dict[str, Any]) -> str:
    """The text without the part that is its abstract, which becomes one of the facts."""

    def change(found: re.Match[str]) -> str:
        facts.setdefault("abstract", found[1].strip())
        return "\n" * found[0].count("\n")

    return _ABSTRACT.sub(change, text, count=1)


def project_facts(source: ImportSource, report: Report) -> dict[str, Any]:
    """What `myst.yml` beside the source says of the whole."""
    project = _settings(source, "myst.yml", report).get("project")
    if not isinstance(project, dict):
        return {}
    report.read_as("what myst.yml says of the whole")
    known = {key: value for key, value in project.items() if key not in _OF_PAGES}
    if isinstance(known.get("funding"), str) and "acknowledgements" not in known:
        known["acknowledgements"] = known.pop("funding")
    return known


_OF_PAGES = words(
    "id github thebe exports export downloads toc exclude references jupyter abbreviations numbering resources requirements "
    "plugins error_rules open_access venue thumbnail thumbnailOptimized banner edit_url source_url settings description"
)
"""Keys of a project that concern web pages and tools."""


def chapters(source: ImportSource, report: Report) -> list[Path]:
    """The files of a book in the order of its contents; ImportRefusedError when none is named."""
    project = _settings(source, "myst.yml", report).get("project")
    project = project if isinstance(project, dict) else {}
    toc = project.get("toc") or _settings(source, "_toc.yml", report)
    names = list(_listed([toc] if isinstance(toc, dict) else toc, report)) or list(_articles(project))
    paths = []
    for name in names:
        found = next((one for end in _ENDINGS if (one := inside(source.root, name + end))), None)
        if found is None or found.suffix == ".ipynb":
            report.left_out("a chapter that is a notebook or is not beside the source", name)
        else:
            paths.append(found)
    if not paths:
        raise ImportRefusedError(
            f"{source.path} names no chapter that is there", "name the file to be imported"
        )
    return list(dict.fromkeys(paths))


def _settings(source: ImportSource, name: str, report: Report) -> dict[str, Any]:
    path = inside(source.root, name)
    if path is None:
        return {}
    text = text_of(path)
    if name == "_toc.yml" and re.match(r"\s*-", text):
        text = "chapters:\n" + text
    return front_matter.parse(text, name, report)


def _listed(items: Any, report: Report) -> Iterator[str]:
    """The files of a table of contents of either program."""
    for item in items if isinstance(items, list) else []:
        if isinstance(item, str):
            yield item
        if not isinstance(item, dict):
            continue
        for key in ("root", "file"):
            if isinstance(item.get(key), str):
                yield item[key]
        if "file" not in item and isinstance(title := item.get("title") or item.get("caption"), str):
            report.left_out("the title of a part in the table of contents", title)
        for key in ("children", "parts", "chapters", "sections", "subtrees", "entries"):
            yield from _listed(item.get(key), report)


def _articles(project: dict[str, Any]) -> Iterator[str]:
    """What the first export of a project is made of."""
    exports = project.get("exports") or project.get("export")
    for export in exports if isinstance(exports, list) else []:
        if isinstance(export, dict):
            named = export.get("articles") or export.get("article")
            found = [named] if isinstance(named, str) else named if isinstance(named, list) else []
            if found:
                yield from (name for name in found if isinstance(name, str))
                return
