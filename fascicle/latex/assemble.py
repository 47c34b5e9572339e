"""Steps 3 and 4 as a whole: trees and pictures to LaTeX, LaTeX into the edition's template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.model import PublicationData
from fascicle.document.document import Document
from fascicle.document.figures.placed_figures import place_picture
from fascicle.document.locale.dates import long_date
from fascicle.document.locale.labels import labels
from fascicle.document.locale.words import words
from fascicle.document.resolve import Resolved
from fascicle.document.tree import Math
from fascicle.latex.context import BibtexList, RenderContext
from fascicle.latex.fonts.babel import LanguageSetup, language_setup, locale
from fascicle.latex.fonts.coverage import HINT, PDFTEX_HINT, check_characters
from fascicle.latex.fonts.fonts import FontSetup, font_setup
from fascicle.latex.fonts.pdftex import pdftex_fonts, pdftex_languages
from fascicle.latex.fonts.typefaces import USUAL
from fascicle.latex.fragments import Rendered, render
from fascicle.latex.line_map import LineMap, unmark
from fascicle.latex.templating.compose import compose
from fascicle.latex.templating.contract import TYPEFACE, check_template
from fascicle.latex.templating.variables import GENERATOR, Setup, variables
from fascicle.project.editions import Edition
from fascicle.project.figures.print_permission import Prepared
from fascicle.project.math.unicode_symbols import lacked_signs
from fascicle.project.page_geometry import Layout
from fascicle.project.templates import Template, TemplateFile, TexProgram

_LUA_ONLY = frozenset({"lua-ul"})
"""Packages of rendered text that need LuaTeX; without them struck-out text is printed plain."""
_LISTED = re.compile(r"\\(?:fasciclework\{|bibitem\[|bibliography\{)")
"""The first entry of a list of works."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """All that step 5 needs."""

    tex: str
    """The main file."""
    linemap: LineMap
    """Where each of its lines comes from."""
    texts: Mapping[str, str]
    """Other text files that TeX reads, by name."""
    pictures: Mapping[str, Path]
    """Pictures, by the name under which the main file places them."""
    printed: frozenset[tuple[str | int, ...]] = frozenset()
    """Paths of those texts of publication.yaml that the template prints."""
    placed: Mapping[str, Path] = field(default_factory=dict)
    """The same pictures, by their paths as typed in the text."""
    lists: bool = False
    """Whether the template prints the list of works."""
    engines: tuple[TexProgram, ...] = (TexProgram.LUALATEX,)
    """The engines that the template works with."""


def render_document(
    document: Document,
    resolved: Resolved,
    edition: Edition,
    prepared: Mapping[str, Prepared],
    *,
    thebibliography: bool = False,
    bibtex: BibtexList | None = None,
    columns: int = 1,
    tagged: bool = False,
) -> Rendered:
    """Step 3: every text as LaTeX, with the pictures under the names of `picture_names`."""
    language = document.publication.data.language
    names = picture_names(prepared.values(), nameless=bool(edition.settings.anonymous))
    placed = {path: place_picture(picture, names.get(path), document) for path, picture in prepared.items()}
    context = RenderContext(
        language=language,
        links=edition.links,
        labels=resolved.labels,
        pictures=placed,
        works=document.works.places,
        thebibliography=thebibliography,
        bibtex=bibtex,
        columns=columns,
        tagged=tagged,
    )
    return render(document, context)


def columns_of(options: Mapping[str, Any]) -> int:
    """How many columns a template with these options has; numbers of lines leave room for one alone."""
    return 1 if options.get("line_numbers") else int(options.get("columns") or 1)


@dataclass(frozen=True, slots=True)
class TemplateInput:
    """What a template is filled with."""

    document: Document
    """The texts."""
    resolved: Resolved
    """What they cite and refer to."""
    rendered: Rendered
    """The same as LaTeX."""
    edition: Edition
    """The edition that is made."""
    template: Template
    """The template."""
    options: Mapping[str, Any]
    """Its options, held to its contract."""
    prepared: Mapping[str, Prepared] = field(default_factory=dict)
    """The pictures, by their paths as typed in the text."""
    changes: bool = False
    """Whether the text holds marks of what has changed."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What the template sees besides, by name: plain texts, fragments, and lists and mappings of them."""


def assemble(given: TemplateInput, problems: Collector, layout: Layout | None = None) -> Assembled | None:
    """Step 4: the main file and what goes with it; None when the template cannot be filled."""
    document, rendered, template, options = given.document, given.rendered, given.template, given.options
    data = document.publication.data
    characters = _characters(document, rendered, template) | _own_characters(data)
    characters |= set().union(*_texts_in(given.more))
    formulas = _has_formulas(rendered)
    signs = {sign for node in document.nodes() if isinstance(node, Math) for sign in lacked_signs(node.tex)}
    typeface = str(options.get(TYPEFACE) or USUAL)
    fonts, languages = _engine_setup(
        template, rendered, data.language, characters, signs, formulas=formulas, typeface=typeface
    )
    if template.contract.engines[0] is TexProgram.PDFLATEX:
        rendered = replace(rendered, packages=rendered.packages - _LUA_ONLY)
    setup = Setup(
        fonts=fonts,
        languages=languages,
        layout=layout,
        changes=given.changes,
    )
    if locale(data.language) is None:
        message = f"there is no hyphenation for the language '{data.language}': that of English is used"
        hint = "docs/authors-guide.md lists the languages that are known"
        problems.add(Code.UNKNOWN_LANGUAGE, message, document.publication.places.of("language"), hint)
    hint = PDFTEX_HINT if template.contract.engines[0] is TexProgram.PDFLATEX else HINT
    check_characters(document, given.resolved.cited, setup.fonts.missing, problems, hint)
    loaded = frozenset(template.contract.packages)
    seen = {**variables(document, rendered, given.edition.name, options, setup, loaded), **given.more}
    if any(file.own for file in template.files.values()):
        template, options = _completed(template, options, problems)
        seen["options"] = dict(options)
    composed = compose(template, seen, problems)
    if composed is None:
        return None
    names = picture_names(given.prepared.values(), nameless=bool(given.edition.settings.anonymous))
    files = {name: given.prepared[path].file for path, name in names.items()}
    return Assembled(
        tex=composed.tex,
        linemap=composed.linemap,
        texts=setup.languages.files,
        pictures={name: file for name, file in files.items() if file is not None},
        printed=_printed(rendered, composed.marked),
        placed={path: file for path, name in names.items() if (file := files[name]) is not None},
        lists=bool(document.works.places) and _LISTED.search(composed.tex) is not None,
        engines=template.contract.engines,
    )


def _engine_setup(
    template: Template,
    rendered: Rendered,
    language: str,
    characters: set[str],
    signs: set[str],
    *,
    formulas: bool,
    typeface: str,
) -> tuple[FontSetup, LanguageSetup]:
    """Fonts and languages as the template's engine has them."""
    if template.contract.engines[0] is TexProgram.PDFLATEX:
        return pdftex_fonts(characters), pdftex_languages(language, rendered.languages)
    fonts = font_setup(characters, language, math=formulas, signs=signs, typeface=typeface)
    return fonts, language_setup(language, rendered.languages, characters)


_FORMULA = re.compile(
    r"(?<!\\)(?:\\\\)*(?:\$|\\\(|\\\[|\\ensuremath\b|\\begin\{(?:math|displaymath|equation|align))"
)


def _has_formulas(rendered: Rendered) -> bool:
    """True when anything printed is set in fonts of formulas, raw LaTeX and the list of works included."""
    texts = (rendered.body, rendered.works, *rendered.texts.values())
    return any(_FORMULA.search(unmark(str(text.latex))) for text in texts)


def _printed(rendered: Rendered, marked: str) -> frozenset[tuple[str | int, ...]]:
    """The texts of publication.yaml that stand in the main file, known by their marks.

    A short one may be a word of the template's own as well.
    """
    texts = ((path, str(fragment.latex).strip()) for path, fragment in rendered.texts.items())
    return frozenset(path for path, text in texts if unmark(text).strip() and text in marked)


def _completed(
    template: Template, options: Mapping[str, Any], problems: Collector
) -> tuple[Template, Mapping[str, Any]]:
    """A project's template held to its contract; what it lacks is told, and made up so that filling it can go on."""
    undeclared = check_template(template, problems)
    stubs = {name: TemplateFile("", f"templates/{name}") for name in undeclared.partials}
    files = {**template.files, **stubs}
    return replace(template, files=files), {**dict.fromkeys(undeclared.options, ""), **options}


def _characters(document: Document, rendered: Rendered, template: Template) -> set[str]:
    """Every character that may be printed, for the choice of fonts and languages."""
    data = document.publication.data
    printed: list[str] = [
        unmark(str(rendered.body.latex)),
        *(unmark(str(fragment.latex)) for fragment in rendered.texts.values()),
        unmark(str(rendered.works.latex)),
        rendered.bibtex.records if rendered.bibtex else "",
        document.works.heading,
        data.model_dump_json(),
        *labels(data.language).values(),
        *(file.text for file in template.files.values()),
        GENERATOR,
    ]
    return set().union(*printed)


def _texts_in(value: object) -> Iterator[str]:
    """The plain texts among what a template sees besides."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts_in(item)


def _own_characters(data: PublicationData) -> set[str]:
    """Characters of what the program writes beside them: the date, the words of numbers."""
    printed_words = words(data.language)
    printed = [
        long_date(data.date, data.language) if data.date else "",
        *printed_words.cross_references.model_dump().values(),
        *printed_words.plates.model_dump().values(),
    ]
    return set().union(*printed)


def picture_names(prepared: Iterable[Prepared], *, nameless: bool = False) -> dict[str, str]:
    """Names for TeX, by the pictures' paths: plain ASCII, numbered in the order of the text.

    `nameless` ones keep nothing of the author's file names.
    """
    names = {}
    for number, picture in enumerate((item for item in prepared if item.file is not None), start=1):
        own = "" if nameless else PurePosixPath(picture.path).stem.lower()
        stem = re.sub(r"[^a-z0-9]+", "-", own).strip("-")
        suffix = picture.file.suffix.lower() if picture.file else ""
        names[picture.path] = f"figures/{number:02d}-{stem or 'picture'}{suffix}"
    return names
