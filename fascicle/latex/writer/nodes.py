r"""PyLaTeX nodes as this program prints them.

Commands, environments, and which packages each one needs.

PyLaTeX ends lines inside an environment with `%`, which would join words over line ends; here lines end plainly.
Arguments are passed as `Latex`, so that PyLaTeX's own escaping never sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pylatex import Command, Package
from pylatex.base_classes import Arguments, Environment, LatexObject, Options

from fascicle.latex.escape import Latex

_NAME = re.compile(r"[A-Za-z]+\*?")


class Lines(Environment):  # type: ignore[misc]
    """Any environment, one TeX line for each line of its content."""

    content_separator = "\n"

    def __init__(self, name: str, content: Latex, *arguments: Latex, option: Latex | None = None) -> None:
        """`arguments` and `option` follow the environment's name."""
        self._latex_name = plain_name(name)
        super().__init__(
            data=[content],
            options=None if option is None else Options(option),
            arguments=Arguments(*arguments) if arguments else None,
        )


class Float(Lines):
    """A figure or table that LaTeX may move to the head or foot of a page."""

    def __init__(self, kind: str, content: Latex, *, wide: bool = False) -> None:
        """A `wide` one stands above all columns of a page that has several."""
        super().__init__(f"{kind}*" if wide else kind, content, option=Latex("tp" if wide else "htbp"))


class Here(Lines):
    """A figure or table with a caption that stays where it is."""

    def __init__(self, kind: str, content: Latex) -> None:
        super().__init__("fasciclehere", content, plain_name(kind))


class Rows(Lines):
    """A table that stays on one page."""

    packages = (Package("array"), Package("booktabs"))

    def __init__(self, columns: Latex, content: Latex) -> None:
        super().__init__("tabular", content, columns)


class LongRows(Lines):
    """A table that goes on over as many pages as it needs."""

    packages = (Package("array"), Package("booktabs"), Package("longtable"))

    def __init__(self, columns: Latex, content: Latex) -> None:
        super().__init__("longtable", content, columns)


class Landscape(Lines):
    """Pages of their own that lie on their side."""

    packages = (Package("pdflscape"),)

    def __init__(self, content: Latex) -> None:
        super().__init__("landscape", content)


def command(name: str, *arguments: Latex, option: Latex | None = None) -> Latex:
    r"""`\name[{option}]{argument}…`."""
    options = None if option is None else Options(Latex(f"{{{option}}}"))
    # PyLaTeX prints options before arguments; with no arguments it would print none at all.
    return dumped(Command(plain_name(name), Arguments(*arguments), options))


def dumped(node: LatexObject) -> Latex:
    """A node as LaTeX: PyLaTeX adds nothing but names and braces to what it was made of."""
    return Latex.proved(node.dumps())


def plain_name(name: str) -> Latex:
    """The name of a command or environment of our own, which is letters and perhaps a star."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for TeX")
    return Latex.proved(name)


def packages_of(nodes: Iterable[LatexObject]) -> set[str]:
    """Names of the packages that PyLaTeX nodes ask for."""
    return {str(package.arguments.dumps()).strip("{}") for node in nodes for package in node.packages}
