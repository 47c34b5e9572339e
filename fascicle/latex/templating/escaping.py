"""What Jinja does with values in our templates.

Printing, joining, calculating, so that text is escaped exactly once.

Jinja's own notion of ready text is HTML. Everything that leaves a macro, a block or a filter as Jinja's `Markup`
comes back here as `Latex`, and every operation that joins plain text to ready LaTeX escapes the plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from fascicle.latex.escape import Latex, escape, latex

LONGEST = 10_000_000
"""No value in a template may be longer, in characters or items: a loop that doubles a text soon fills any memory."""

_WIDTH = re.compile(r"%[^a-zA-Z%]*(?:\d{4,}|\*)|\{[^{}]*(?::[^{}]*\d{4,}|\{)")
"""Widths of four digits or more, and widths that another value gives."""
_STAND_IN = "\U000fdd00{}\U000fdd01"
_STANDS_IN = re.compile("\U000fdd00(\\d+)\U000fdd01")


def is_ready(value: object) -> bool:
    """True for LaTeX that is ready to print: `Latex`, a fragment, or what Jinja made of them."""
    return hasattr(value, "__html__")


def bounded(value: Any) -> Any:
    """The value, unless it has grown beyond all measure."""
    if isinstance(value, str | list | tuple) and len(value) > LONGEST:
        raise TemplateRuntimeError(f"a value grows beyond {LONGEST:,} characters")
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 4096:
        raise TemplateRuntimeError("a number grows beyond all measure")
    return value


def printed(value: Any) -> Latex:
    """What `((( value )))` prints. Nothing is not printed: an author who left a key out must not read `None`."""
    if value is None:
        raise TemplateRuntimeError("a value that the publication does not give is printed here")
    return latex(value)


def captured(value: Any = "") -> Latex:
    """What a macro, a call block or a set block has rendered: ready already."""
    return Latex.proved(bounded(str(value)))


def joined(parts: Iterable[Any]) -> str:
    """`a ~ b`: plain text while all of it is plain, LaTeX as soon as one part is ready."""
    items = list(parts)
    if any(item is None for item in items):
        raise TemplateRuntimeError("a value that the publication does not give is joined to others here")
    if any(map(is_ready, items)):
        return captured(Latex("").join(items))
    return str(bounded("".join(map(str, items))))


def ready_again(value: Any) -> Any:
    """What a call gave back, with Jinja's own marker type turned into ours."""
    if isinstance(value, Markup) and not isinstance(value, Latex):
        return Latex.proved(str(value))
    return value


def operate(operator: str, operation: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """`left operator right`, escaping and bounded."""
    if operator == "%" and isinstance(left, str):
        return formatted(left, lambda text, values: text % values, right)
    if operator == "+" and (is_ready(left) or is_ready(right)):
        _text_only(left, right)
        return joined((left, right))
    if operator == "*":
        _bound_product(left, right)
    if operator == "**" and isinstance(right, int | float) and abs(right) > 1000:
        raise TemplateRuntimeError("a number grows beyond all measure")
    return bounded(operation(left, right))


def _text_only(*values: Any) -> None:
    for value in values:
        if not is_ready(value) and not isinstance(value, str):
            kind = type(value).__name__
            raise TypeError(f"text and {kind} cannot be added: use ~ to join them")


def _bound_product(left: Any, right: Any) -> None:
    for sequence, times in ((left, right), (right, left)):
        if (
            isinstance(sequence, str | list | tuple)
            and isinstance(times, int)
            and len(sequence) * times > LONGEST
        ):
            raise TemplateRuntimeError(f"a value grows beyond {LONGEST:,} characters")


def formatted(template: str, form: Callable[[str, Any], str], values: Any) -> str:
    """A `%` or `format` operation: ready values stay ready, all else is escaped once where any of it is ready."""
    if _WIDTH.search(template):
        raise TemplateRuntimeError("a format may not be wider than 999 characters")
    if is_ready(template):
        return captured(
            form(str(template), _each(values, lambda value: latex(value) if _texts(value) else value))
        )
    ready: list[Latex] = []

    def stand_in(value: Any) -> Any:
        if not is_ready(value):
            return value
        ready.append(latex(value))
        return _STAND_IN.format(len(ready) - 1)

    result = bounded(form(template, _each(values, stand_in)))
    if not ready:
        return str(result)
    pieces = _STANDS_IN.split(result)
    return captured(
        "".join(ready[int(piece)] if at % 2 else escape(piece) for at, piece in enumerate(pieces))
    )


def _texts(value: Any) -> bool:
    return isinstance(value, str) or is_ready(value)


def _each(values: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(values, tuple):
        return tuple(_each(value, change) for value in values)
    if isinstance(values, Mapping):
        return {key: _each(value, change) for key, value in values.items()}
    return change(values)


def replaced(value: Any, old: str, new: Any, count: int | None = None) -> str:
    """`value|replace(old, new)`: in ready LaTeX, the new text is escaped; plain text stays plain, unless new is ready."""
    times = -1 if count is None else count
    if is_ready(value):
        return captured(str(latex(value)).replace(str(old), str(latex(new)), times))
    if is_ready(new):
        pieces = str(value).split(str(old), times)
        return joined([latex(new).join(pieces)])
    return str(bounded(str(value).replace(str(old), str(new), times)))
