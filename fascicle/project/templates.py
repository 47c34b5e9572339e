"""Templates: a folder with its contract `template.yaml`, the project's own files before the built-in ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Line, Places, PublicationData, YamlModel
from fascicle.core.suggestions import did_you_mean
from fascicle.project.sources import Sources
from fascicle.project.validation import places, validate
from fascicle.project.yaml_reader import read_yaml

CONTRACT = "template.yaml"
MAIN = "main.tex"
SHARED = "shared"
"""The folder of files that every template may include without listing them: `shared/fascicle.tex`."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LENGTH = re.compile(r"-?(\d+(\.\d*)?|\.\d+)(pt|bp|mm|cm|in|em|ex|pc)")

OptionName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Partial = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]*$")]


class OptionType(StrEnum):
    """What kind of value an option takes."""

    BOOL = "bool"
    INT = "int"
    NUMBER = "number"
    TEXT = "text"
    LENGTH = "length"


class Option(YamlModel):
    """One switch of a template."""

    description: Line
    """What it changes."""
    type: OptionType = OptionType.TEXT
    """What kind of value it takes."""
    default: Any = None
    """Its value when an edition gives none; None leaves it out."""
    choices: tuple[Line, ...] | Mapping[Line, Line] = ()
    """The only values allowed, with or without a line on each; any when empty."""
    minimum: float | None = None
    """The least number allowed."""
    maximum: float | None = None
    """The greatest number allowed."""


class TexProgram(StrEnum):
    """Programs that can typeset a template."""

    LUALATEX = "lualatex"
    XELATEX = "xelatex"
    PDFLATEX = "pdflatex"


class Contract(YamlModel):
    """`template.yaml`: what a template is for, what it needs and what can be switched."""

    description: Line
    """What the template is for."""
    engines: Annotated[tuple[TexProgram, ...], Field(min_length=1)] = (TexProgram.LUALATEX,)
    """The engines it works with, the best first."""
    requires: tuple[Line, ...] = ()
    """Keys of publication.yaml that must be given."""
    options: Mapping[OptionName, Option] = {}
    """Its switches."""
    partials: tuple[Partial, ...] = ()
    """The template's other files in its folder; with a folder before the name, those of another template."""
    packages: tuple[Line, ...] = ()
    """LaTeX packages that it loads."""


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """One file of a template."""

    text: str
    """What it holds."""
    path: str
    """Path for messages: `templates/article/main.tex`."""
    own: bool = False
    """True when it is the project's and not one that comes with the program."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template, its files read."""

    name: str
    """Name of its folder."""
    files: Mapping[str, TemplateFile]
    """Its files by folder and name, as templates include them: `article/main.tex`, `shared/fascicle.tex`."""
    contract: Contract
    """What `template.yaml` says."""
    places: Places
    """Where the contract's values stand."""

    @property
    def main(self) -> str:
        """The file that the others are included in."""
        return f"{self.name}/{MAIN}"


def template_names(sources: Sources, main: str = MAIN) -> list[str]:
    """Names of all templates that can be used here, of the kind that has the file `main`."""
    roots = [builtin_folder(), *([sources.root / "templates"] if sources.own_templates else [])]
    folders = [folder for root in roots if root.is_dir() for folder in root.iterdir()]
    named = {folder.name for folder in folders if (folder / CONTRACT).is_file()}
    return sorted(named & {folder.name for folder in folders if (folder / main).is_file()})


def load_template(
    name: str, sources: Sources, problems: Collector, span: Span | None = None, main: str = MAIN
) -> Template | None:
    """The template `name`; None, with errors, when there is none or it cannot be used. `span` is where it is named.

    `main` is the one file that every template of its kind has.
    """
    if not _NAME.fullmatch(name) or (text := _read(f"{name}/{CONTRACT}", sources, problems)) is None:
        hint = did_you_mean(name, template_names(sources, main))
        problems.add(Code.UNKNOWN_TEMPLATE, f"there is no template '{name}'", span, hint)
        return None
    located = read_yaml(text.text, text.path, problems)
    contract = validate(Contract, located, text.path, problems)
    if contract is None:
        return None
    stated = places(located, text.path)
    _check_requires(contract, stated, problems)
    files = _files(name, contract, stated, main, sources, problems)
    return Template(name, files, contract, stated) if f"{name}/{main}" in files else None


def partial_path(template: str, partial: str) -> str:
    """Folder and name of a file that a template lists or includes."""
    return partial if "/" in partial else f"{template}/{partial}"


def _files(
    name: str, contract: Contract, stated: Places, main: str, sources: Sources, problems: Collector
) -> dict[str, TemplateFile]:
    files = {path: file for path in _shared(sources) if (file := _read(path, sources, problems))}
    for number, partial in enumerate((main, *contract.partials)):
        inside = partial_path(name, partial)
        span = stated.of("partials", number - 1) if number else Span(stated.file)
        if ".." in partial.split("/"):
            problems.add(Code.PATH_OUTSIDE, f"the file '{partial}' leads out of the templates", span)
        elif found := _read(inside, sources, problems):
            files[inside] = found
        else:
            hint = f"write the file templates/{inside}, or take its name out of {CONTRACT}"
            problems.add(Code.MISSING_PARTIAL, f"the template's file '{partial}' is not there", span, hint)
    return files


def _shared(sources: Sources) -> list[str]:
    """Files of the shared folder, the program's and the project's own."""
    own = [path.removeprefix("templates/") for path in sources.listing(f"templates/{SHARED}", ".tex")]
    builtin = [f"{SHARED}/{file.name}" for file in (builtin_folder() / SHARED).glob("*.tex")]
    return sorted({*own, *builtin})


def _read(inside: str, sources: Sources, problems: Collector) -> TemplateFile | None:
    """A file of the project's own templates, or else the built-in one; None when there is neither."""
    path = f"templates/{inside}"
    builtin = builtin_folder() / inside
    if sources.own_templates and sources.exists(path):
        text = sources.text(path, problems)
        return None if text is None else TemplateFile(text, path, own=sources.root / path != builtin)
    return TemplateFile(builtin.read_text(encoding="utf-8"), path) if builtin.is_file() else None


def _check_requires(contract: Contract, stated: Places, problems: Collector) -> None:
    """A template can only require what a publication can give."""
    keys = publication_keys()
    for number, key in enumerate(contract.requires):
        if key not in keys:
            span = stated.of("requires", number)
            problems.add(
                Code.WRONG_VALUE, f"publication.yaml has no key '{key}'", span, did_you_mean(key, list(keys))
            )


def publication_keys() -> tuple[str, ...]:
    """The keys of publication.yaml as authors write them."""
    return tuple(name.replace("_", "-") for name in PublicationData.model_fields)


def check_requirements(
    template: Template, data: PublicationData, stated: Places, problems: Collector
) -> None:
    """Tells which of the keys that a template requires a publication does not give."""
    known = [key for key in template.contract.requires if key in publication_keys()]
    for key in known:
        if not getattr(data, key.replace("-", "_"), None):
            message = f"the template '{template.name}' needs the key '{key}'"
            problems.add(Code.MISSING_KEY, message, Span(stated.file), f"add a line '{key}: …'")


def option_values(
    template: Template, stated: Mapping[str, Any], publication: Places, edition: str, problems: Collector
) -> dict[str, Any]:
    """The template's options as an edition has them, held to their types; names with underscores, for Jinja."""
    declared = template.contract.options
    for name in stated:
        if name not in declared:
            span = publication.spans.get(("editions", edition, "options", name))
            message = f"the template '{template.name}' has no option '{name}'"
            problems.add(Code.UNKNOWN_OPTION, message, span, did_you_mean(name, list(declared)))
    values: dict[str, Any] = {}
    for name, option in declared.items():
        if name in stated:
            span, given = publication.spans.get(("editions", edition, "options", name)), stated[name]
        else:
            span, given = template.places.of("options", name, "default"), option.default
        values[name.replace("-", "_")] = (
            None if given is None else _value(name, option, given, span, problems)
        )
    return values


def _value(name: str, option: Option, given: Any, span: Span | None, problems: Collector) -> Any:
    """One option's value; a wrong one is told, and the default goes on in its place."""
    if option.choices and str(given) not in option.choices:
        hint = did_you_mean(str(given), list(option.choices))
        problems.add(Code.WRONG_VALUE, f"'{given}' is not allowed for the option '{name}'", span, hint)
        return _CONVERTERS[option.type](option.default)
    converted = _CONVERTERS[option.type](given)
    if converted is None:
        problems.add(Code.WRONG_VALUE, f"the option '{name}' must be {_WANTED[option.type]}", span)
        return _CONVERTERS[option.type](option.default)
    if isinstance(converted, int | float):
        _check_range(name, option, converted, span, problems)
    return converted


def _check_range(name: str, option: Option, number: float, span: Span | None, problems: Collector) -> None:
    if option.minimum is not None and number < option.minimum:
        problems.add(Code.WRONG_VALUE, f"the option '{name}' must be at least {option.minimum:g}", span)
    if option.maximum is not None and number > option.maximum:
        problems.add(Code.WRONG_VALUE, f"the option '{name}' must be at most {option.maximum:g}", span)


def _bool(given: Any) -> bool | None:
    return {"true": True, "false": False}.get(str(given).lower())


def _int(given: Any) -> int | None:
    return int(str(given)) if re.fullmatch(r"-?\d{1,9}", str(given)) else None


def _number(given: Any) -> float | None:
    return float(str(given)) if re.fullmatch(r"-?(\d{1,9}(\.\d{1,9})?|\.\d{1,9})", str(given)) else None


def _text(given: Any) -> str | None:
    return None if isinstance(given, Mapping | list) else str(given)


def _length(given: Any) -> str | None:
    return str(given) if _LENGTH.fullmatch(str(given)) else None


_CONVERTERS: Mapping[OptionType, Callable[[Any], Any]] = {
    OptionType.BOOL: _bool,
    OptionType.INT: _int,
    OptionType.NUMBER: _number,
    OptionType.TEXT: _text,
    OptionType.LENGTH: _length,
}
_WANTED = {
    OptionType.BOOL: "true or false",
    OptionType.INT: "a whole number",
    OptionType.NUMBER: "a number",
    OptionType.TEXT: "a single text",
    OptionType.LENGTH: "a length, such as 11pt or 2.5cm",
}
