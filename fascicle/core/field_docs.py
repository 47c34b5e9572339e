"""What the docstrings below a class's fields say, read from its source when somebody asks.

At import it costs too much.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from textwrap import dedent


def field_docstrings(of: type) -> dict[str, str]:
    """The docstring below each field of a class and of those that it inherits from; empty where there is no source."""
    found: dict[str, str] = {}
    for base in reversed(of.__mro__[:-1]):
        found.update(_own(base))
    return found


@cache
def _own(of: type) -> dict[str, str]:
    """Those of the class itself. Its whole module is parsed to find it, and a schema asks again and again."""
    try:
        (definition,) = ast.parse(dedent(inspect.getsource(of))).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return {}
    return dict(_pairs(definition.body)) if isinstance(definition, ast.ClassDef) else {}


def _pairs(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Each annotated name with the string that stands directly below it."""
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match below:
                case ast.Expr(ast.Constant(str(text))):
                    yield field.target.id, inspect.cleandoc(text)
