"""Jinja for LaTeX: nbconvert's delimiters, a sandbox, text escaped by default, template lines marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateRuntimeError,
    UndefinedError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedFormatter
from jinja2.utils import missing

from fascicle.latex.line_map import mark_template
from fascicle.latex.templating.bytecode_cache import remembered
from fascicle.latex.templating.escaping import formatted, is_ready, joined, operate, ready_again, replaced
from fascicle.latex.templating.filters import filters
from fascicle.project.templates import Template, partial_path

MOST_STEPS = 1_000_000
"""How often loops, macros and includes may run in one composition."""

_TEXT_METHODS = (
    "count",
    "endswith",
    "find",
    "isdigit",
    "join",
    "replace",
    "startswith",
    "strip",
    "lstrip",
    "rstrip",
)
_PLAIN_METHODS = (
    *_TEXT_METHODS,
    *("capitalize", "casefold", "isalpha", "isalnum", "islower", "isupper", "isspace", "lower", "partition"),
    *(
        "removeprefix",
        "removesuffix",
        "rfind",
        "rpartition",
        "rsplit",
        "split",
        "splitlines",
        "title",
        "upper",
    ),
)


_compiled: dict[tuple[str, Any], Any] = {}
"""Compiled files by text and path."""
_MOST_COMPILED = 500


class MissingName(UndefinedError):  # noqa: N818 - what is missing says more than that it is an error
    """A name or attribute that a template uses and nobody gives."""

    def __init__(self, message: str, name: str, *, attribute: bool) -> None:
        super().__init__(message)
        self.name = name
        self.attribute = attribute
        """True when it is an attribute of something that is there."""


class Missing(StrictUndefined):
    """Fails on any use, telling which name it was."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> NoReturn:
        if not issubclass(self._undefined_exception, UndefinedError):
            raise self._undefined_exception(self._undefined_message)
        attribute = self._undefined_obj is not missing
        raise MissingName(self._undefined_message, str(self._undefined_name), attribute=attribute)

    __iter__ = __str__ = __len__ = _fail_with_undefined_error
    __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
    __contains__ = _fail_with_undefined_error
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail_with_undefined_error
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _fail_with_undefined_error
    __mod__ = __rmod__ = __pos__ = __neg__ = __call__ = __getitem__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = _fail_with_undefined_error
    __pow__ = __rpow__ = _fail_with_undefined_error

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._fail_with_undefined_error()


class _Generator(CodeGenerator):
    """Writes code whose ready text is `Latex`."""

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        super().writeline(x, node, extra)
        if x.startswith("from jinja2.runtime import "):
            super().writeline(
                "from fascicle.latex.templating.escaping import captured as Markup, printed as escape"
            )

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Slices are items too, for the sandbox to see; Jinja would leave them to Python."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.getitem(")
        self.visit(node.node, frame)
        self.write(", slice(")
        for bound in (node.arg.start, node.arg.stop, node.arg.step):
            if bound is None:
                self.write("None, ")
            else:
                self.visit(bound, frame)
                self.write(", ")
        self.write("))")

    def visit_ScopedEvalContextModifier(self, node: nodes.ScopedEvalContextModifier, frame: Frame) -> None:  # noqa: N802
        """`autoescape false` changes nothing: what it encloses is escaped like everything else."""
        for child in node.body:
            self.visit(child, frame)

    def _output_child_to_const(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> str:
        """Only the template's own text is known before it runs; Jinja would escape constants for HTML here."""
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


class _Marks(Extension):
    """Marks the template's lines, so that the line map knows them."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        file, marked = stream.filename or "", 0
        for token in stream:
            if token.type == "variable_begin" and token.lineno != marked:
                # Nothing stands before the value on its line, so no text of the template carries the mark.
                yield Token(token.lineno, "data", str(mark_template(file, token.lineno)))
            if token.type != "data":
                yield token
                continue
            lines = str(token.value).split("\n")
            marked = token.lineno + len(lines) - 1
            marks = [str(mark_template(file, token.lineno + at)) + line for at, line in enumerate(lines)]
            yield Token(token.lineno, "data", "\n".join(marks))


class _TemplateFiles(BaseLoader):
    """The files of one template, and nothing else on the disk."""

    def __init__(self, template: Template) -> None:
        self.name = template.name
        self.files = template.files

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        file = self.files.get(partial_path(self.name, template))
        if file is None:
            raise TemplateNotFound(template)
        return file.text, file.path, lambda: True

    def list_templates(self) -> list[str]:
        return sorted(self.files)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """One composition's Jinja: it counts its steps, and is thrown away afterwards."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "*", "**", "%"})
    joined = staticmethod(joined)

    def __init__(self, template: Template) -> None:
        super().__init__(
            block_start_string="((*",
            block_end_string="*))",
            variable_start_string="(((",
            variable_end_string=")))",
            comment_start_string="((=",
            comment_end_string="=))",
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=Missing,
            autoescape=True,
            optimized=False,
            extensions=[_Marks, "jinja2.ext.do", "jinja2.ext.loopcontrols"],
            loader=_TemplateFiles(template),
            cache_size=50,
        )
        self.filters = dict(filters())
        for name in ("lipsum", "dict"):
            self.globals.pop(name, None)
        self.steps = 0

    # -- Limits ------------------------------------------------------------------------------------------

    def count_step(self) -> str:
        """Called at the head of each loop, macro, block and file."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TemplateRuntimeError(f"the template goes on for more than {MOST_STEPS:,} steps")
        return ""

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any, **options: Any) -> Any:
        """Compile a file once: the code does not depend on the composition."""
        key = (source, filename)
        if rest or options or not isinstance(source, str):
            return super().compile(source, name, filename, *rest, **options)
        if key not in _compiled:
            if len(_compiled) >= _MOST_COMPILED:
                _compiled.clear()
            make = super().compile
            _compiled[key] = remembered(
                source, str(name), str(filename), lambda: make(source, name, filename)
            )
        return _compiled[key]

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        for node in list(source.find_all((nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block))):
            node.body.insert(0, self._step(node))  # type: ignore[attr-defined]
        source.body.insert(0, self._step(source))
        return super()._generate(source, *arguments, **options)

    def _step(self, node: nodes.Node) -> nodes.Node:
        count = nodes.Call(nodes.EnvironmentAttribute("count_step"), [], [], None, None)
        step = nodes.ExprStmt(count)
        step.set_lineno(node.lineno)
        return step.set_environment(self)

    # -- What templates can reach ------------------------------------------------------------------------

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A binary operation, escaping and bounded."""
        return operate(operator, self.binop_table[operator], left, right)

    def call(__self, __context: Context, __obj: Any, *arguments: Any, **options: Any) -> Any:  # noqa: N805
        """A call; what macros and blocks give back is LaTeX."""
        return ready_again(super().call(__context, __obj, *arguments, **options))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of texts, only methods that neither cut LaTeX apart nor make texts of any size."""
        if isinstance(obj, str):
            return attr in (_TEXT_METHODS if is_ready(obj) else _PLAIN_METHODS)
        return super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute; the methods of texts that join texts are ours."""
        if isinstance(obj, str) and attribute in _METHODS:
            return _METHODS[attribute](self, obj)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item; ready LaTeX has none, since half a command is none."""
        if is_ready(obj) and isinstance(obj, str) and isinstance(argument, int | slice):
            raise TemplateRuntimeError("LaTeX that is ready to print cannot be cut: cut the plain text")
        return super().getitem(obj, argument)


def _format_method(environment: Environment, text: str) -> Callable[..., str]:
    def form(*arguments: Any, **named: Any) -> str:
        formatter = SandboxedFormatter(environment)
        return formatted(text, lambda plain, values: formatter.vformat(plain, *values), (arguments, named))

    return form


_METHODS: Mapping[str, Callable[[Environment, str], Callable[..., str]]] = {
    "join": lambda _, text: lambda items: joined([part for item in items for part in (text, item)][1:]),
    "replace": lambda _, text: lambda old, new, count=None: replaced(text, old, new, count),
    "format": _format_method,
}
