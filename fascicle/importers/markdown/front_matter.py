"""YAML at the head of a text, and other blocks of it inside, taken out of the Markdown."""

from __future__ import annotations

import re
from typing import Any

from fascicle.core.diagnostics import Collector
from fascicle.importers.report import Report
from fascicle.project.yaml_reader import read_yaml

_HEAD = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_INSIDE = re.compile(
    r"(?:^|\n)\n---[ \t]*\n(?=[A-Za-z][\w-]*:)(.*?)\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL
)
_TITLE_BLOCK = re.compile(
    r"\A%[ \t]*(?P<title>[^\n]*)\n(?:%[ \t]*(?P<authors>[^\n]*(?:\n[ \t]+[^\n]*)*)\n)?(?:%[ \t]*(?P<date>[^\n]*)\n)?"
)


def parse(text: str, name: str, report: Report) -> dict[str, Any]:
    """A YAML text as plain data; what cannot be read is told."""
    problems = Collector()
    found = read_yaml(text.replace("\t", "  "), name, problems).value
    for problem in list(problems)[:3]:
        report.verify(f"the front matter is not written well: {problem.message}", str(problem.span or name))
    return found if isinstance(found, dict) else {}


def take(text: str, name: str, report: Report) -> tuple[dict[str, Any], str]:
    """The front matter and the text without it; its lines stay as empty ones, so that later lines keep their numbers."""
    facts: dict[str, Any] = {}
    if head := _HEAD.match(text):
        facts = parse(head[1], name, report)
        text = "\n" * head[0].count("\n") + text[head.end() :]
    elif block := _TITLE_BLOCK.match(text):
        facts = _title_block(block)
        text = "\n" * block[0].count("\n") + text[block.end() :]

    def inside(found: re.Match[str]) -> str:
        for key, value in parse(found[1], name, report).items():
            facts.setdefault(key, value)
        return "\n" * found[0].count("\n")

    return facts, _INSIDE.sub(inside, text)


def _title_block(block: re.Match[str]) -> dict[str, Any]:
    """Pandoc's three lines that begin with a per cent sign."""
    authors = [name.strip() for name in re.split(r";|\n", block["authors"] or "") if name.strip()]
    found = {"title": block["title"].strip(), "author": authors, "date": (block["date"] or "").strip()}
    return {key: value for key, value in found.items() if value}
