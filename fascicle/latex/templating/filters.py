"""The filters that templates may use.

Jinja's, as far as they are safe for LaTeX, and none that unescapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import Environment, TemplateRuntimeError, pass_environment
from jinja2.filters import FILTERS, make_attrgetter

from fascicle.latex.escape import Latex, latex
from fascicle.latex.line_map import unmark
from fascicle.latex.templating.escaping import formatted, is_ready, joined, replaced

_KEPT = (
    "abs attr count d default dictsort float groupby int items length map max min reject rejectattr round select"
    " selectattr sum"
)
"""Filters that are safe as they are."""

_PLAIN_ONLY = "batch capitalize first last list reverse slice sort title truncate unique wordcount wordwrap"
"""Filters that take text apart: between a backslash and its command when it is LaTeX."""


def _plain_only(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, refusing LaTeX. Lists of ready texts are taken: their items stay whole."""
    passes = [mark for mark in ("jinja_pass_arg",) if hasattr(original, mark)]

    def checked(*arguments: Any, **options: Any) -> Any:
        value = arguments[1] if passes and len(arguments) > 1 else arguments[0]
        if is_ready(value):
            raise TemplateRuntimeError(
                f"the filter '{name}' would cut LaTeX commands apart: use it on plain text"
            )
        return original(*arguments, **options)

    for mark in passes:
        setattr(checked, mark, getattr(original, mark))
    return checked


def _upper(value: Any) -> str:
    return Latex(rf"\MakeUppercase{{{latex(value)}}}") if is_ready(value) else str(value).upper()


def _lower(value: Any) -> str:
    return Latex(rf"\MakeLowercase{{{latex(value)}}}") if is_ready(value) else str(value).lower()


def _trim(value: Any, chars: str | None = None) -> str:
    return Latex.proved(str(latex(value)).strip(chars)) if is_ready(value) else str(value).strip(chars)


def _string(value: Any) -> str:
    return latex(value) if is_ready(value) else str(value)


@pass_environment
def _join(
    environment: Environment, value: Iterable[Any], d: Any = "", attribute: str | int | None = None
) -> str:
    """The items with `d` between them."""
    if attribute is not None:
        value = map(make_attrgetter(environment, attribute), value)
    items = list(value)
    parts = [part for item in items for part in (d, item)][1:]
    return joined(parts)


def _format(value: Any, *arguments: Any, **named: Any) -> str:
    if arguments and named:
        raise TemplateRuntimeError("the filter 'format' takes values by place or by name, not both")
    return formatted(value, lambda text, values: text % values, named or arguments)


def _length(value: Any) -> int:
    return len(unmark(latex(value))) if is_ready(value) else len(value)


def filters() -> Mapping[str, Callable[..., Any]]:
    """The filters by name."""
    table: dict[str, Callable[..., Any]] = {name: FILTERS[name] for name in _KEPT.split()}
    table |= {name: _plain_only(name, FILTERS[name]) for name in _PLAIN_ONLY.split()}
    table |= dict.fromkeys(("e", "escape"), latex) | dict.fromkeys(("count", "length"), _length)
    return table | {
        "upper": _upper,
        "lower": _lower,
        "trim": _trim,
        "string": _string,
        "join": _join,
        "format": _format,
        "replace": replaced,
    }
