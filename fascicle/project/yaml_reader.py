"""YAML with the place of every value: scalars stay text, duplicate keys are errors, and nothing is executed."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from fascicle.codes import Code
from fascicle.diagnostics import Collector, Span

Value = str | list["Value"] | dict[str, "Value"] | None
Path = tuple[str | int, ...]

_NULLS = {"", "~", "null", "Null", "NULL"}
_MAX_DEPTH = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Located:
    """A YAML document as plain data, with the place of each value and key."""

    value: Value = None
    """Mappings, lists, texts and nulls; None when the document is empty or broken."""
    spans: dict[Path, Span] = field(default_factory=dict)
    """Span of each value by its path; that of a block scalar begins at its first character."""
    keys: dict[Path, Span] = field(default_factory=dict)
    """Span of each key by the path of its value."""
    broken: bool = False
    """True when the syntax is wrong, so that nothing can be said of what is missing."""


class _AliasError(yaml.YAMLError):
    """An alias was found."""

    problem = "an alias (*name) is not allowed here"

    def __init__(self, mark: object) -> None:
        super().__init__(self.problem)
        self.problem_mark = mark


class _Reader:
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

    def build(self, node: yaml.Node, path: Path) -> Value:
        self.result.spans[path] = self.span(node)
        if len(path) > _MAX_DEPTH:
            self.problems.add(Code.YAML_SYNTAX, "the YAML is nested too deeply", self.span(node))
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, number)) for number, item in enumerate(node.value)]
        plain = isinstance(node, yaml.ScalarNode) and node.style not in ("'", '"', "|", ">")
        return None if plain and node.value in _NULLS else str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Value]:
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
    reader = _Reader(text, file, first_line, problems)
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


def _refuse_aliases(text: str, reader: _Reader) -> None:
    """Anchors can make a few lines of YAML unfold into gigabytes, and no publication needs them."""
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise _AliasError(event.start_mark)


def _explain(error: yaml.YAMLError, reader: _Reader) -> tuple[str, Span, str]:
    """Message, place and hint for a syntax error."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    position = getattr(error, "position", None)
    if mark is None and isinstance(position, int):
        before = "\n".join(reader.lines)[:position]
        line, column = before.count("\n"), position - (before.rfind("\n") + 1)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "the YAML cannot be read"
    source = reader.lines[line] if line < len(reader.lines) else ""
    span = Span(reader.file, line + reader.offset + 1, column + 1)
    return f"the YAML cannot be read: {problem}", span, _hint(problem, source)


def _hint(problem: str, source: str) -> str:
    if "\t" in source[: len(source) - len(source.lstrip())] or "'\\t'" in problem:
        return "indent with spaces: YAML allows no tabs there"
    if "mapping values are not allowed" in problem:
        return "put the text into quotes when it holds a colon followed by a space"
    if "alias" in problem or "undefined" in problem:
        return "put the text into quotes when it begins with * or &"
    if "cannot start any token" in problem:
        return "put the text into quotes when it begins with @, %, ` or another sign"
    return "look at this line and the one above it for a missing quote, colon or space"

