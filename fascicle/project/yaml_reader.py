"""YAML with the place of every value.

Scalars stay text, duplicate keys are errors, and nothing is executed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.text.yaml_lines import quoted, straight
from fascicle.project.conflicts import tell_conflicts

Value = str | list["Value"] | dict[str, "Value"] | None
KeyPath = tuple[str | int, ...]

_NULLS = {"", "~", "null", "Null", "NULL"}
_MAX_DEPTH = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Located:
    """A YAML document as plain data, with the place of each value and key."""

    value: Value = None
    """Mappings, lists, texts and nulls; None when the document is empty or broken."""
    spans: dict[KeyPath, Span] = field(default_factory=dict)
    """Span of each value by its path; that of a block scalar begins at its first character."""
    keys: dict[KeyPath, Span] = field(default_factory=dict)
    """Span of each key by the path of its value."""
    broken: bool = False
    """True when the syntax is wrong, so that nothing can be said of what is missing."""


class _SignError(yaml.YAMLError):
    """An alias, an anchor or a tag was found: the beginning of a text that was not meant as one."""

    def __init__(self, problem: str, mark: object) -> None:
        super().__init__(problem)
        self.problem, self.problem_mark = problem, mark


class _YamlReader:
    """Turns one file's YAML nodes into `Located`."""

    def __init__(self, text: str, file: str, first_line: int, problems: Collector) -> None:
        self.lines = text.split("\n")
        self.file, self.offset, self.problems = file, first_line - 1, problems
        self.result = Located()

    def span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        line, column = start.line, start.column
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            line, column = self._block_start(start.line)
        elif isinstance(node, yaml.ScalarNode) and node.style in ("'", '"'):
            column += 1
        end_line, end_column = end.line, end.column
        if end_column == 0 and end_line > line:  # block nodes end at the start of the next line
            end_line -= 1
            end_column = len(self.lines[end_line]) if end_line < len(self.lines) else 0
        return Span(self.file, line + self.offset + 1, column + 1, end_line + self.offset + 1, end_column + 1)

    def _block_start(self, header: int) -> tuple[int, int]:
        for number in range(header + 1, len(self.lines)):
            if stripped := self.lines[number].lstrip(" "):
                return number, len(self.lines[number]) - len(stripped)
        return header, 0

    def build(self, node: yaml.Node, path: KeyPath) -> Value:
        self.result.spans[path] = self.span(node)
        if len(path) > _MAX_DEPTH:
            self.problems.add(Code.YAML_SYNTAX, "the YAML is nested too deeply", self.span(node))
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, number)) for number, item in enumerate(node.value)]
        plain = isinstance(node, yaml.ScalarNode) and node.style not in ("'", '"', "|", ">")
        if plain and (inner := straight(node.value)):
            message = "these quotation marks are printed, for in YAML only straight ones hold a text"
            hint = f"write {quoted(inner)}, or {quoted(node.value)} if they are to be printed"
            self.problems.add(Code.OTHER_SYNTAX, message, self.span(node), hint)
        return None if plain and node.value in _NULLS else str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.add(Code.YAML_SYNTAX, "a key must be a single text", self.span(key_node))
                continue
            if key in result:
                first = self.result.keys[(*path, key)]
                message = f"the key '{key}' stands twice: first on line {first.line}"
                self.problems.add(Code.DUPLICATE_KEY, message, self.span(key_node), "keep one of the two")
                continue
            self.result.keys[(*path, key)] = self.span(key_node)
            result[key] = self.build(value_node, (*path, key))
        return result


def read_yaml(text: str, file: str, problems: Collector, first_line: int = 1) -> Located:
    """The YAML `text` of `file`; syntax errors, duplicate keys, anchors and tags become diagnostics.

    `first_line` is the line of the file on which `text` begins (front matter starts on line 2).
    """
    reader = _YamlReader(text, file, first_line, problems)
    if tell_conflicts(text, file, first_line, problems):
        reader.result.broken = True
        return reader.result
    try:
        _refuse_aliases(text, reader)
        node = yaml.compose(text, Loader=_LOADER)
        if node is not None:
            reader.result.value = reader.build(node, ())
    except yaml.YAMLError as error:
        problems.add(Code.YAML_SYNTAX, *_explain(error, reader))
        reader.result.broken = True
    except RecursionError:
        reader.result.broken = True
        problems.add(Code.YAML_SYNTAX, "the YAML is nested too deeply", Span(file, first_line))
    return reader.result


def _refuse_aliases(text: str, reader: _YamlReader) -> None:
    """Aliases can make a few lines of YAML unfold into gigabytes; of `&c. and more` and `!Que viva` a word would be lost."""
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise _SignError("alias", event.start_mark)
        if isinstance(event, yaml.ScalarEvent) and (event.anchor or event.tag):
            raise _SignError("anchor" if event.anchor else "a tag", event.start_mark)


def _explain(error: yaml.YAMLError, reader: _YamlReader) -> tuple[str, Span, str]:
    """Message, place and hint for a syntax error."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    opened = next(
        (words for start, words in _OPENED.items() if start in str(getattr(error, "context", ""))), None
    )
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if opened and getattr(error, "context_mark", None) and _is_open(problem, mark, reader):
        start = error.context_mark  # type: ignore[attr-defined]
        return opened[0], _point(start.line, start.column, reader), opened[1]
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if sign := _SIGNS.get(str(getattr(error, "context", ""))):
        problem, line, column = sign, error.context_mark.line, error.context_mark.column  # type: ignore[attr-defined]
    position = getattr(error, "position", None)
    if mark is None and isinstance(position, int):
        before = "\n".join(reader.lines)[:position]
        line, column = before.count("\n"), position - (before.rfind("\n") + 1)
    if "could not find expected ':'" in problem and (begun := getattr(error, "context_mark", None)):
        line, column = begun.line, begun.column  # the key began there; what stops PyYAML comes lines later
    source = reader.lines[line] if line < len(reader.lines) else ""
    if "could not find expected ':'" in problem and (pair := _UNSPACED.match(source)):
        message = f"a space is missing after the colon of '{pair[1]}'"
        return message, _point(line, pair.end(1), reader), f"write {pair[1]}: {pair[2]}"
    if "\t" in source[: len(source) - len(source.lstrip())] or "'\\t'" in problem:
        problem = "a tab"
    if "mapping values are not allowed" in problem and len(_COLONS.findall(source)) < 2:
        problem = "a text goes on"
    message, hint = next((words for start, words in _WORDS.items() if start in problem), _OTHER)
    if message == _WORDS["mapping values are not allowed"][0] and (pair := _PAIR.match(source)):
        hint = f"write {pair[1]}{quoted(straight(pair[2]) or pair[2])}"
    return message.format(problem=problem), _point(line, column, reader), hint


def _point(line: int, column: int, reader: _YamlReader) -> Span:
    """A place of the text, lines and columns counted from 0."""
    return Span(reader.file, line + reader.offset + 1, column + 1)


def _is_open(problem: str, mark: Any, reader: _YamlReader) -> bool:
    """Whether what was opened is missing its end, rather than broken in its midst."""
    return "end of" in problem or "did not find expected ',' or" in problem or mark.line >= len(reader.lines)


_OPENED = {
    "quoted scalar": ("a quotation mark opens a text and is never closed", "close it, or write '' for a quotation mark inside '…'"),
    "flow sequence": ("a square bracket opens a list and is never closed", "close it with ], and put commas between the items"),
    "flow mapping": ("a brace opens keys and values and is never closed", "close it with }, and put commas between the keys"),
}  # fmt: skip
"""What PyYAML says was open when it failed: our sentence and hint."""
_WORDS = {
    "a tab": ("a tab stands where the YAML must be indented", "indent with spaces: YAML allows no tabs there"),
    "mapping values are not allowed": ("a second colon stands on this line", "put the text into quotes when it holds a colon followed by a space"),
    "a text goes on": (
        "this line goes on the text above it, and yet holds a colon",
        "look for a colon that is missing on the line above, or for indentation that differs",
    ),
    "alias": ("a text begins with an asterisk, which means something else in YAML", "put the text into quotes when it begins with * or &"),
    "anchor": ("a text begins with an ampersand, which means something else in YAML", "put the text into quotes when it begins with * or &"),
    "a tag": ("a text begins with an exclamation mark, which means something else in YAML", "put the text into quotes when it begins with !"),
    "cannot start any token": ("a text begins with a sign that it may not begin with", "put the text into quotes when it begins with @, %, ` or another sign"),
    "could not find expected ':'": ("this is no key: a colon is missing after it", "write 'key: value', with a space after the colon; put a text of several lines under a bar |"),
    "expected <block end>": ("this line is not indented as the lines around it", "give all keys of one level the same number of spaces"),
    "did not find expected key": ("this line is not indented as the lines around it, or a quotation mark stands inside a text", "give all keys of one level the same number of spaces; put a text that holds quotation marks into others"),
    "did not find expected '-' indicator": ("this line is not part of the list above it", "begin each item of a list with '- ', all with the same number of spaces"),
    "block sequence entries are not allowed": ("a list begins on the line of its key", "begin the list on the next line, or write it as [a, b]"),
    "unknown escape character": ("a backslash stands inside double quotation marks", "use single quotation marks '…', in which a backslash is a backslash"),
    "special characters are not allowed": ("a character stands here that is no writing", "delete it; such characters come in with text copied from PDF files"),
    "control characters are not allowed": ("a character stands here that is no writing", "delete it; such characters come in with text copied from PDF files"),
}  # fmt: skip
"""What PyYAML calls a problem: our sentence and hint."""
_SIGNS = {
    "while scanning an alias": "alias",
    "while scanning an anchor": "anchor",
    "while scanning a tag": "a tag",
}
"""What PyYAML was reading when it failed inside a text such as `*Title* and more`."""
_UNSPACED = re.compile(r"\s*([\w-]+):(\S.*)")
"""A key and its value without the space between them."""
_PAIR = re.compile(r"\s*((?:- )?[\w-]+: )([^\s\[{|>'\"].*?)\s*$")
"""A key with its colon and space, and a value without quotation marks."""
_COLONS = re.compile(r":(?:\s|$)")
_OTHER = ("the YAML cannot be read: {problem}", "look at this line and the one above it for a missing quote, colon or space")  # fmt: skip
