"""Step 4: an edition's template filled in.

What is wrong with the template is told at the template's line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.suggestions import get_close_matches
from fascicle.latex.line_map import LineMap, extract_line_map
from fascicle.latex.templating.environment import MissingName, TemplateEnvironment
from fascicle.project.templates import Template, publication_keys

LARGEST = 100_000_000
"""Characters of TeX beyond which a composition is given up."""
_BLOCKS = ("if", "for", "macro", "call", "filter", "block", "with", "autoescape")


@dataclass(frozen=True, slots=True)
class Composed:
    """The document as TeX reads it."""

    tex: str
    """`main.tex`."""
    linemap: LineMap
    """From its lines to the author's and the template's."""
    marked: str = ""
    """`main.tex` with the marks of where each text comes from."""


def compose(template: Template, variables: Mapping[str, object], problems: Collector) -> Composed | None:
    """The template filled in with `variables`; None, with errors at the template's lines, when it cannot be.

    Plain text among the variables is escaped; `Latex` and fragments are printed as they are.
    """
    environment = TemplateEnvironment(template)
    if not syntax_is_sound(template, environment, problems):
        return None
    try:
        tex = _render(environment, template.main, variables)
    except Exception as error:  # whatever a template does wrong, its author must be told where
        tell_failure(error, template, variables, problems)
        return None
    clean, linemap = extract_line_map(tex)
    return Composed(clean, linemap, tex)


def compile_ahead(template: Template) -> None:
    """Compile the files for a later `compose` in this process, which tells what is wrong with them."""
    syntax_is_sound(template, TemplateEnvironment(template), Collector())


def syntax_is_sound(template: Template, environment: Environment, problems: Collector) -> bool:
    """Tells the syntax errors of all files, not of the first alone."""
    sound = True
    for name, file in template.files.items():
        try:
            environment.compile(file.text, name, file.path)
        except TemplateSyntaxError as error:
            sound = False
            if opened := _never_closed(file.text, environment) if "end of template" in str(error) else None:
                word, line = opened
                message = f"the mark ((* {word} *)) is never closed"
                problems.add(
                    Code.TEMPLATE_SYNTAX, message, Span(file.path, line), f"end it with ((* end{word} *))"
                )
                continue
            message = f"the template cannot be read: {_plain(error.message)}"
            place = Span(file.path, error.lineno)
            problems.add(Code.TEMPLATE_SYNTAX, message, place, *_syntax_hints(error, environment))
    return sound


def _never_closed(text: str, environment: Environment) -> tuple[str, int] | None:
    """The innermost `((* if *))`, `((* for *))` and so on that has no end, and its line."""
    opened: list[tuple[str, int]] = []
    before = ""
    for line, kind, value in environment.lex(text):
        if kind == "whitespace":
            continue
        if kind == "name" and before == "block_begin":
            if value.startswith("end") and opened:
                opened.pop()
            elif value in _BLOCKS:
                opened.append((value, line))
        before = kind
    return opened[-1] if opened else None


def _render(environment: TemplateEnvironment, main: str, variables: Mapping[str, object]) -> str:
    pieces: list[str] = []
    size = 0
    for piece in environment.get_template(main).generate(**variables):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise TemplateError(f"the template gives more than {LARGEST:,} characters")
    return "".join(pieces)


def _syntax_hints(error: TemplateSyntaxError, environment: Environment) -> tuple[str, ...]:
    message = error.message or ""
    if "No filter named" in message:
        name = message.split("'")[1]
        near = get_close_matches(name, environment.filters, n=1, cutoff=0.6)
        return (
            (f"did you mean '{near[0]}'?",)
            if near
            else ("filters that unescape or print HTML are not available",)
        )
    if "endfor" in message or "endif" in message or "innermost block" in message:
        return ("every ((* if *)), ((* for *)) and ((* block *)) needs its end: ((* endif *)) and so on",)
    return ()


def tell_failure(
    error: Exception, template: Template, variables: Mapping[str, object], problems: Collector
) -> None:
    """Tell what a template did wrong, at the template's line."""
    span = _place(error, template)
    match error:
        case MissingName():
            hints = () if error.attribute else _name_hints(error.name, variables)
            problems.add(
                Code.TEMPLATE_NAME,
                f"the template uses a name that is missing: {_plain(str(error))}",
                span,
                *hints,
            )
        case TemplateNotFound():
            known = ", ".join(template.files)
            message = f"the template includes '{error.name}', which is not one of its files"
            problems.add(Code.UNDECLARED_PARTIAL, message, span, f"its files are: {known}")
        case SecurityError():
            problems.add(Code.TEMPLATE_ERROR, f"templates may not do this: {_plain(str(error))}", span)
        case RecursionError():
            problems.add(Code.TEMPLATE_ERROR, "the template calls or includes itself without end", span)
        case MemoryError():
            problems.add(Code.TEMPLATE_ERROR, "the template needs more memory than there is", span)
        case ZeroDivisionError():
            problems.add(Code.TEMPLATE_ERROR, "the template divides by zero", span)
        case _:
            problems.add(Code.TEMPLATE_ERROR, f"the template failed: {_plain(str(error))}", span)


def _place(error: BaseException, template: Template) -> Span:
    """The innermost template line that the failure passed through."""
    paths = {file.path for file in template.files.values()}
    main = template.files.get(template.main) or next(iter(template.files.values()))
    found = Span(main.path)
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in paths:
            found = Span(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _name_hints(name: str, variables: Mapping[str, object]) -> tuple[str, ...]:
    """Which variable was meant, and which key of publication.yaml would give it."""
    hints: list[str] = []
    if near := get_close_matches(name, list(variables), n=1, cutoff=0.6):
        hints.append(f"did you mean '{near[0]}'?")
    key = name.replace("_", "-")
    if key in publication_keys():
        hints.append(f"the key '{key}' of content/publication.yaml would give it")
    return tuple(hints) or ("docs/templates.md lists all variables",)


def _plain(message: str | None) -> str:
    """Jinja's message as part of a sentence: one line, no full stop, no Python type names."""
    text = " ".join((message or "something unexpected").split()).rstrip(".")
    return re.sub(r"'[\w. ]+ object'", "the value", text).replace("'None'", "nothing")
