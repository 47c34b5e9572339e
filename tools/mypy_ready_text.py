"""A plug-in of mypy's: text that is ready for TeX, BibTeX or Lua is made of nothing but what is ready.

`Latex(…)` and its like take, by their signature, their own type alone. This lets in besides what is written out in the
call: literal text, numbers, and whatever of these is formatted, added, joined or chosen between.
"""

from __future__ import annotations

from collections.abc import Callable

from mypy.nodes import (
    CallExpr,
    ConditionalExpr,
    Expression,
    FloatExpr,
    GeneratorExpr,
    IntExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    OpExpr,
    StarExpr,
    StrExpr,
    TupleExpr,
    TypeInfo,
)
from mypy.plugin import FunctionSigContext, Plugin
from mypy.types import (
    AnyType,
    FunctionLike,
    Instance,
    LiteralType,
    TupleType,
    Type,
    UnionType,
    get_proper_type,
)

READY = "fascicle.core.ready_text.Ready"
NUMBERS = ("builtins.int", "builtins.float")


class ReadyText(Plugin):
    """Looks at each call of a type of ready text."""

    def get_function_signature_hook(
        self, fullname: str
    ) -> Callable[[FunctionSigContext], FunctionLike] | None:
        """The hook for the types' constructors."""
        found = self.lookup_fully_qualified(fullname)
        node = found.node if found else None
        if not isinstance(node, TypeInfo) or not node.has_base(READY):
            return None
        return lambda context: _signature(context, fullname)


def _signature(context: FunctionSigContext, kind: str) -> FunctionLike:
    """The usual signature, or one that takes anything when all arguments are ready."""
    usual = context.default_signature
    given = [expression for group in context.args for expression in group]
    if all(_Judge(context, kind).ready(expression) for expression in given):
        whatever = context.api.named_generic_type("builtins.object", [])
        return usual.copy_modified(arg_types=[whatever] * len(usual.arg_types))
    if any(isinstance(get_proper_type(context.api.get_expression_type(one)), AnyType) for one in given):
        context.api.fail("What is ready may not be made of a value of any type", context.context)
    return usual


class _Judge:
    """Says of an expression whether it is ready for one language."""

    def __init__(self, context: FunctionSigContext, kind: str) -> None:
        self._api = context.api
        self._kind = kind

    def ready(self, node: Expression) -> bool:
        match node:
            case StrExpr() | IntExpr() | FloatExpr():
                return True
            case ConditionalExpr(if_expr=one, else_expr=other) | OpExpr(op="or", left=one, right=other):
                return self.ready(one) and self.ready(other)
            case OpExpr(op="+", left=one, right=other):
                # Literal text that is added to what is ready would be escaped.
                return self.ready(one) and self.ready(other) and self._of_kind(one) == self._of_kind(other)
            # An f-string is `''.join([…])` of `'{:{}}'.format(value, specification)`.
            case CallExpr(callee=MemberExpr(expr=StrExpr(value="{:{}}"), name="format"), args=[value, *_]):
                return self.ready(value)
            case CallExpr(callee=MemberExpr(expr=between, name="join"), args=[items]):
                return self.ready(between) and self._all_ready(items)
        return self._type_is_ready(self._api.get_expression_type(node))

    def _all_ready(self, node: Expression) -> bool:
        match node:
            case ListExpr(items=items) | TupleExpr(items=items):
                return all(map(self._item_ready, items))
            case ListComprehension(generator=generator):
                return self._all_ready(generator)
            case GeneratorExpr():
                return self._items_are_ready(self._api.get_expression_type(node))
        return self._items_are_ready(self._api.get_expression_type(node))

    def _of_kind(self, node: Expression) -> bool:
        type_ = get_proper_type(self._api.get_expression_type(node))
        return isinstance(type_, Instance) and type_.type.fullname == self._kind

    def _item_ready(self, node: Expression) -> bool:
        return self._all_ready(node.expr) if isinstance(node, StarExpr) else self.ready(node)

    def _type_is_ready(self, type_: Type) -> bool:
        match get_proper_type(type_):
            case UnionType(items=items):
                return all(map(self._type_is_ready, items))
            case LiteralType():
                return True
            case Instance() as found:
                name = found.type.fullname
                return name == self._kind or name in NUMBERS or found.last_known_value is not None
        return False

    def _items_are_ready(self, type_: Type) -> bool:
        match get_proper_type(type_):
            case TupleType(items=items):
                return all(map(self._type_is_ready, items))
            case Instance(args=[first, *_]):
                return self._type_is_ready(first)
        return False


def plugin(version: str) -> type[Plugin]:
    """What mypy asks for."""
    return ReadyText
