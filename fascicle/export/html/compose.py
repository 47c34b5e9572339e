"""Pages by Jinja: text escaped by default, rendered elements as they are, faults told at the template's line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from jinja2 import BaseLoader, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from fascicle.core.diagnostics import Collector
from fascicle.export.elements import Element
from fascicle.export.html.nodes import Nodes
from fascicle.latex.templating.compose import syntax_is_sound, tell_failure
from fascicle.latex.templating.environment import Missing
from fascicle.project.templates import SHARED, Template, partial_path


class _Files(BaseLoader):
    """The files of one template, and nothing else on the disk."""

    def __init__(self, template: Template) -> None:
        self.name = template.name
        self.files = template.files

    def get_source(self, environment: object, template: str) -> tuple[str, str, Callable[[], bool]]:
        file = self.files.get(partial_path(self.name, template))
        if file is None:
            raise TemplateNotFound(template)
        return file.text, file.path, lambda: True


@dataclass(frozen=True, slots=True)
class Pages:
    """A template for pages of HTML or for the files of an EPUB, with the delimiters of all our templates."""

    template: Template
    """The template."""
    environment: ImmutableSandboxedEnvironment
    """Its Jinja."""

    def sound(self, problems: Collector) -> bool:
        """Whether all files can be read; what is wrong with them is told."""
        return syntax_is_sound(self.template, self.environment, problems)

    def fill(self, name: str, variables: Mapping[str, object], problems: Collector) -> str | None:
        """One file filled in; None, with an error at the template's line, when it cannot be."""
        try:
            return self.environment.get_template(f"{self.template.name}/{name}").render(**variables)
        except Exception as error:  # whatever a template does wrong, its author must be told where
            tell_failure(error, self.template, variables, problems)
            return None


def pages_of(template: Template) -> Pages:
    """Ready to fill in `template`; the files of LaTeX that every template may include are none of its."""
    files = {path: file for path, file in template.files.items() if not path.startswith(f"{SHARED}/")}
    own = replace(template, files=files)
    environment = ImmutableSandboxedEnvironment(
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
        loader=_Files(own),
    )
    return Pages(own, environment)


def as_html(nodes: Nodes) -> Markup:
    """Nodes as HTML."""
    return _joined(nodes, _html)


_LESS = "\ufdee"
"""Stands for `<` in an attribute's value, where ElementTree's HTML leaves it as it is: no tag may be read there."""


def _html(node: Element) -> str:
    held = [(one, name, value) for one in node.iter() for name, value in one.items() if "<" in value]
    for one, name, value in held:
        one.set(name, value.replace("<", _LESS))
    text = ET.tostring(node, encoding="unicode", method="html")
    for one, name, value in held:
        one.set(name, value)
    return text.replace(_LESS, "&lt;")


def as_xhtml(nodes: Nodes) -> Markup:
    """Nodes as XHTML."""
    return _joined(nodes, lambda node: ET.tostring(node, encoding="unicode"))


def _joined(nodes: Nodes, write: Callable[[Element], str]) -> Markup:
    pieces = (str(escape(node)) if isinstance(node, str) else write(node) for node in nodes)
    return Markup("".join(pieces))  # noqa: S704 - escaped just here
