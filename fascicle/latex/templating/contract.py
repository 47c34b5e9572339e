"""Holds a template and its contract to each other, both ways.

Options and partials used, declared, or neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.suggestions import did_you_mean
from fascicle.latex.templating.environment import TemplateEnvironment
from fascicle.project.templates import SHARED, Template, partial_path


@dataclass(frozen=True, slots=True)
class Undeclared:
    """What a template's files use and nothing supplies; it has been told."""

    options: frozenset[str]
    """Options, as templates name them."""
    partials: frozenset[str]
    """Files, with their folder."""


def check_template(template: Template, problems: Collector) -> Undeclared:
    """Tells what a template's files use without declaring it, and what `template.yaml` declares for nothing."""
    environment = TemplateEnvironment(template)
    options: dict[str, Span] = {}
    partials: dict[str, Span] = {}
    for name, file in template.files.items():
        if name.startswith(f"{SHARED}/"):
            continue
        try:
            tree = environment.parse(file.text)
        except TemplateSyntaxError:
            continue  # told when the template is composed
        for option, line in _options(tree):
            options.setdefault(option, Span(file.path, line))
        for partial, line in _partials(tree):
            partials.setdefault(partial_path(template.name, partial), Span(file.path, line))
    _compare_options(template, options, problems)
    _compare_partials(template, partials, problems)
    declared = {name.replace("-", "_") for name in template.contract.options}
    return Undeclared(
        frozenset(options.keys() - declared), frozenset(partials.keys() - template.files.keys())
    )


def _options(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Options that a file uses: `options.paper`, `options["paper"]`."""
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        if not isinstance(node.node, nodes.Name) or node.node.name != "options":  # type: ignore[attr-defined]
            continue
        if isinstance(node, nodes.Getattr):
            yield node.attr, node.lineno
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            yield str(node.arg.value), node.lineno


def _partials(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Files that a file includes, imports or extends by a plain name."""
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        named = node.template  # type: ignore[attr-defined]
        names = named.items if isinstance(named, nodes.List | nodes.Tuple) else [named]
        for name in names:
            if isinstance(name, nodes.Const):
                yield str(name.value), node.lineno


TYPEFACE = "typeface"
"""The option that the fonts follow: a template declares it and prints the fonts."""


def _compare_options(template: Template, used: dict[str, Span], problems: Collector) -> None:
    declared = {name.replace("-", "_"): name for name in template.contract.options}
    for name, span in used.items():
        if name not in declared:
            message = f"the option '{name}' is not declared in template.yaml"
            problems.add(Code.UNDECLARED_OPTION, message, span, did_you_mean(name, list(declared)))
    for name, key in declared.items():
        if name not in used and name != TYPEFACE:
            span = template.places.of("options", key)
            problems.add(Code.UNUSED_OPTION, f"no file of the template uses the option '{key}'", span)


def _compare_partials(template: Template, used: dict[str, Span], problems: Collector) -> None:
    declared = [partial_path(template.name, partial) for partial in template.contract.partials]
    for name, span in used.items():
        if name not in declared and name not in template.files:
            message = f"the file '{name}' is not listed under 'partials' in template.yaml"
            problems.add(
                Code.UNDECLARED_PARTIAL, message, span, did_you_mean(name, [*declared, *template.files])
            )
    for number, name in enumerate(declared):
        if name not in used and name != TYPEFACE:
            span = template.places.of("partials", number)
            problems.add(Code.UNUSED_PARTIAL, f"no file of the template includes '{name}'", span)
