r"""An author's own commands: those of a class or package beside the text, and those that input files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fascicle.importers.sources import inside, text_of

_HEAD = re.compile(
    r"\\(?P<how>newcommand|providecommand|DeclareRobustCommand|renewcommand|def)\s*\*?\s*"
    r"(?:\{\s*\\(?P<braced>[A-Za-z]+)\s*\}|\\(?P<bare>[A-Za-z]+))\s*"
    r"(?P<arguments>(?:\[\d\])?(?:\s*\[[^\]]*\])?|(?:#\d)*)\s*(?=\{)"
)
_OPERATOR = re.compile(r"\\DeclareMathOperator\*?\s*\{\s*\\([A-Za-z]+)\s*\}\s*(?=\{)")
_ENVIRONMENT = re.compile(r"\\newenvironment\s*\*?\s*\{(\w+)\}\s*((?:\[\d\])?(?:\s*\[[^\]]*\])?)\s*(?=\{)")
_THEOREM = re.compile(r"\\newtheorem\*?\s*\{(\w+)\}(?:\[\w+\])?\{[^{}]*\}(?:\[\w+\])?")
_USED = re.compile(
    r"\\(?:usepackage|RequirePackage|documentclass|LoadClass)\s*(?:\[[^\]]*\])?\s*\{([^{}]+)\}"
)
_INTERNAL = re.compile(r"@|\\(?:if|else|fi|csname|expandafter|relax|hbox|vbox|csname)[a-z]*(?![A-Za-z])")
_INPUTS = re.compile(r"\\(?:input|include|subfile)\b")
_CHAPTER_FILE = re.compile(
    r"\\cf(chapter|section|part)\s*(?:\[[^\]]*\])?\s*(\{(?:[^{}]|\{[^{}]*\})*\})\s*\{([^{}]*)\}\s*\{([^{}]*)\}"
)
_KNOWN = frozenset(
    ["title", "author", "date", "maketitle", "abstract", "thanks", "and", "part", "chapter", "section", "subsection",
     "subsubsection", "paragraph", "caption", "label", "ref", "cite", "citep", "citet", "footnote", "item", "bibliography",
     "keywords", "address", "email", "affiliation", "includegraphics", "input", "include"]
)  # fmt: skip
"""Commands that pandoc reads better than their definitions."""
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class _Definition:
    """One command of the author's."""

    name: str
    """Its name, without the backslash."""
    arguments: int
    """How many it takes."""
    body: str
    """What it stands for."""
    source: str
    """The definition as LaTeX."""


def with_definitions(text: str, path: Path, root: Path) -> str:
    """The text with the commands and environments that it uses of a class or package that lies beside it."""
    head = re.search(r"\\documentclass\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}", text)
    begin = text.find("\\begin{document}")
    if head is None or begin < 0:
        return text
    body, files = text[begin:], list(_files(text[:begin], path, root))
    made = [one for each in files for name, one in _environments(each) if f"\\begin{{{name}}}" in body]
    commands = [one for each in files for one in _commands(each)]
    for _ in range(_DEEPEST):  # definitions name other ones
        used = body + "".join(made)
        made += [one.source for one in commands if one.source not in made and _wanted(one, text, used)]
    return f"{text[: head.end()]}\n{chr(10).join(made)}\n{text[head.end() :]}" if made else text


def with_inputs(text: str) -> str:
    r"""The text in which commands of the author's that input files, and `\cfchapter`, are written out."""
    text = _CHAPTER_FILE.sub(r"\\\1\2\n\\input{\3/\4}\n", text)
    for one in list(_commands(text)):
        if _INPUTS.search(one.body) and one.arguments and "@" not in one.body:
            text = _written_out(text, one)
    return text


def _written_out(text: str, one: _Definition) -> str:
    text = text.replace(one.source, "")
    made, at = [], 0
    for found in re.finditer(rf"\\{one.name}(?![A-Za-z])", text):
        given, end = _arguments(text, found.end(), one.arguments)
        if found.start() < at or len(given) < one.arguments:
            continue
        body = one.body
        for number, words in enumerate(given, start=1):
            body = body.replace(f"#{number}", words)
        made += [text[at : found.start()], body]
        at = end
    return "".join([*made, text[at:]])


def _arguments(text: str, at: int, count: int) -> tuple[list[str], int]:
    given: list[str] = []
    while len(given) < count:
        opened = re.compile(r"\s*\{").match(text, at)
        inner = group_at(text, opened.end() - 1) if opened else None
        if opened is None or inner is None:
            break
        given.append(inner)
        at = opened.end() + len(inner) + 1
    return given, at


def _wanted(one: _Definition, text: str, body: str) -> bool:
    return (
        one.name not in _KNOWN
        and not one.source.startswith("\\renew")
        and not _INTERNAL.search(one.source)
        and bool(re.search(rf"\\{one.name}(?![A-Za-z])", body))
        and not re.search(rf"(?:command\*?\s*\{{?|\\def)\s*\\{one.name}(?![A-Za-z])", text)
    )


def _files(text: str, path: Path, root: Path, depth: int = 0) -> Iterator[str]:
    """The texts of the classes and packages that a preamble names and that lie beside it."""
    for found in _USED.finditer(text):
        for name in found[1].split(","):
            ending = ".cls" if "lass" in found[0] else ".sty"
            there = inside(root, f"{name.strip()}{ending}", path.parent)
            if there is not None and depth < _DEEPEST:
                inner = re.sub(r"(?<!\\)%[^\n]*", "", text_of(there))
                yield inner
                yield from _files(inner, path, root, depth + 1)


def _commands(text: str) -> Iterator[_Definition]:
    for found in _HEAD.finditer(text):
        inner = group_at(text, found.end())
        if inner is None:
            continue
        number = re.search(r"\[(\d)\]", found["arguments"])
        count = int(number[1]) if number else found["arguments"].count("#")
        source = text[found.start() : found.end() + len(inner) + 2]
        yield _Definition(found["braced"] or found["bare"], count, inner, source)
    for found in _OPERATOR.finditer(text):
        if (inner := group_at(text, found.end())) is not None:
            yield _Definition(found[1], 0, inner, text[found.start() : found.end() + len(inner) + 2])


def _environments(text: str) -> Iterator[tuple[str, str]]:
    for found in _THEOREM.finditer(text):
        yield found[1], found[0]
    for found in _ENVIRONMENT.finditer(text):
        first = group_at(text, found.end())
        if first is None:
            continue
        parts, end = _arguments(text, found.end(), 2)
        source = text[found.start() : end]
        if len(parts) == 2 and not _INTERNAL.search(source):
            yield found[1], source


def group_at(text: str, at: int) -> str | None:
    """What stands in the braces that open at `at`; None when they are never closed."""
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at):
        depth += (found[0] == "{") - (found[0] == "}")
        if depth == 0:
            return text[at + 1 : found.start()]
    return None
