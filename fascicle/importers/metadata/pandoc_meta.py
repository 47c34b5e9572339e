"""The metadata that pandoc finds in a document."""

from __future__ import annotations

from typing import Any

from fascicle.importers.metadata.dates import read_date
from fascicle.importers.metadata.people import People
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import plain, rewrite, stripped

_SPACES = ("Space", "SoftBreak")


def facts_of(meta: dict[str, Any], report: Report) -> dict[str, Any]:
    """Keys of publication.yaml; texts with markup stay Pandoc's elements."""
    facts: dict[str, Any] = {}
    for key in ("title", "subtitle", "abstract"):
        if key in meta and (value := _content(meta[key])):
            facts[key] = _title_alone(value, report) if key == "title" else value
    people = People(report)
    facts["authors"] = people.authors(value_of(meta.get("author") or meta.get("creator")))
    if people.affiliations:
        facts["affiliations"] = people.affiliations
    words = value_of(meta.get("keywords") or meta.get("subject"))
    if words:
        facts["keywords"] = [str(word) for word in words] if isinstance(words, list) else [str(words)]
    if found := read_date(str(value_of(meta.get("date")) or "")):
        facts["date"] = found[0]
    return {key: value for key, value in facts.items() if value}


def _title_alone(inlines: list[Any], report: Report) -> list[Any]:
    """The title of a title page: no pictures, and of several lines the one in bold, when just one is."""
    kept = rewrite(inlines, lambda element: [] if element["t"] == "Image" else None)
    if kept != inlines:
        report.left_out("a picture in the title")
    lines: list[list[Any]] = [[]]
    for element in kept:
        if element["t"] == "LineBreak":
            lines.append([])
        else:
            lines[-1].append(element)
    lines = [line for each in lines if (line := stripped(each))]
    bold = [line for line in lines if all(part["t"] in ("Strong", *_SPACES) for part in line)]
    if len(lines) < 2 or len(bold) != 1:
        return list(kept)
    for line in lines:
        if line is not bold[0]:
            report.left_out("words beside the title on the title page", plain(line))
    return [inner for part in bold[0] for inner in (part["c"] if part["t"] == "Strong" else [part])]


def _content(value: dict[str, Any]) -> list[Any]:
    if value["t"] in ("MetaInlines", "MetaBlocks"):
        content: list[Any] = value["c"]
        return content
    return [{"t": "Str", "c": str(value["c"])}] if value["t"] == "MetaString" and value["c"] else []


def value_of(value: dict[str, Any] | None) -> Any:
    """Metadata as plain texts, lists and mappings."""
    if value is None:
        return None
    match value["t"]:
        case "MetaList":
            return [value_of(item) for item in value["c"]]
        case "MetaMap":
            return {key: value_of(item) for key, item in value["c"].items()}
        case "MetaInlines" | "MetaBlocks":
            return plain(value["c"]).strip()
        case _:
            return str(value["c"])
