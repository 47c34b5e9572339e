"""Typesets what stands before and after the articles, as the template `issue` has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fascicle.citations.cite import Cited, cite
from fascicle.citations.styles.styles import find_style
from fascicle.collection.settings.model import Matter
from fascicle.collection.whole_pdf.as_publication import whole_publication
from fascicle.collection.whole_pdf.template_values import Around, seen_by_template
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import FigureData, Permission, Picture, Publication, TrustSettings
from fascicle.document.document import Document, parse_options
from fascicle.document.markdown.parser import Origin, parse_blocks, parse_inlines
from fascicle.document.resolve import Resolved
from fascicle.document.tree import Attributes, Citation, Inline, SpanInline
from fascicle.latex.assemble import TemplateInput, assemble, picture_names, render_document
from fascicle.pipeline.manuscript import Manuscript, epoch_of, parse_and_resolve
from fascicle.pipeline.pdf_output import Printed, print_manuscript
from fascicle.pipeline.print_conditions import Press, inks_of, wants_rgb
from fascicle.pipeline.run import Run
from fascicle.pipeline.tagging import OPTION, tagging_of
from fascicle.project.editions import Edition, edition_of
from fascicle.project.figures.conversion import FigureConverter
from fascicle.project.figures.icc_profiles import profile_of
from fascicle.project.figures.print_permission import Prepared, prepare
from fascicle.project.page_geometry import layout_of, sheet_of
from fascicle.project.templates import load_template, option_values

TEMPLATE = "issue"
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class MatterRequest:
    """One of the two files around the articles."""

    sections: Sequence[Matter]
    """What stands in it, in order."""
    numbers: str
    """How its pages are numbered: roman, arabic."""
    first: int
    """Number of its first page."""
    settings: Mapping[str, Any]
    """The edition's settings, the same as those of the articles."""


def print_matter(
    run: Run, base_edition: str, around: Around, wanted: MatterRequest
) -> tuple[Printed, Manuscript] | None:
    """The file, typeset, finished and proved; None, with what is wrong in the run's problems, when it cannot be made."""
    sources = run.sources = run.request.open_sources()
    publication = whole_publication(around.collection, wanted.sections, sources, run.problems)
    edition = edition_of(publication, base_edition, wanted.settings, sources, run.problems)
    cited = _texts(run, around, publication)
    if edition is None or cited is None or run.problems.failed:
        return None
    manuscript = _composed(run, around, wanted, edition, cited)
    if manuscript is None or manuscript.assembled is None or run.problems.failed:
        return None
    printed = print_manuscript(run, manuscript, manuscript.assembled)
    return (printed, manuscript) if printed else None


def _texts(run: Run, around: Around, publication: Publication) -> Cited | None:
    """Everything that is printed around the articles, as trees."""
    problems = run.problems
    document, resolved = parse_and_resolve(publication, run.request.open_sources(), TrustSettings(), problems)
    document = replace(
        document,
        inlines={**document.inlines, **_inlines(around, publication, problems)},
        blocks={**document.blocks, **_blocks(around, publication, problems)},
    )
    return _cited(run, document, resolved)


def _composed(
    run: Run, around: Around, wanted: MatterRequest, edition: Edition, cited: Cited
) -> Manuscript | None:
    """The template filled in."""
    sources, problems = run.sources or run.request.open_sources(), run.problems
    template = load_template(TEMPLATE, sources, problems)
    if template is None:
        return None
    document, resolved, publication = cited.document, cited.resolved, cited.document.publication
    options = option_values(template, edition.options, publication.places, edition.name, problems)
    tagging = tagging_of(edition, options, problems, hurried=run.request.hurried)
    options[OPTION] = "on" if tagging.on else "off"
    profile = profile_of(edition, sources, problems)
    pictures = _cover(run, around, profile and inks_of(edition, profile, problems), rgb=wants_rgb(edition))
    rendered = render_document(document, resolved, edition, pictures, tagged=tagging.on)
    seen = seen_by_template(around, rendered.texts, wanted.sections, wanted.numbers, wanted.first)
    names = picture_names(pictures.values())
    for path, picture in pictures.items():
        seen["cover"] = {"file": names[path], "alt": picture.alt} if path in names else None
    given = TemplateInput(
        document, resolved, rendered, edition, template, options, pictures, more={"issue": seen}
    )
    sheet = sheet_of(edition, bool(options.get("two_sided")), problems)
    return Manuscript(
        sources,
        publication,
        document,
        resolved,
        edition,
        assemble(given, problems, layout_of(sheet, edition.settings, 0)),
        epoch_of(publication.data.date),
        Press(sheet, profile),
        prepared=pictures,
        cited=cited,
        tagging=tagging,
    )


def _inlines(around: Around, publication: Publication, problems: Collector) -> dict[Path, tuple[Inline, ...]]:
    """Titles of groups and articles, and what is said of the authors, as trees."""
    collection = around.collection
    options = parse_options(publication, TrustSettings())
    found: dict[Path, tuple[Inline, ...]] = {}
    for number, group in enumerate(collection.data.groups):
        if group.title:
            origin = _origin(collection.places.of("groups", number, "title"))
            found[("groups", number, "title")] = parse_inlines(group.title, origin, options, problems)
    for article in collection.articles:
        data = around.facts[article.key].data
        span = collection.span(article)
        texts: dict[Path, str | None] = {("title",): data.title, ("subtitle",): data.subtitle}
        texts |= {("authors", number, "bio"): author.bio for number, author in enumerate(data.authors)}
        own = replace(options, language=data.language)
        for path, text in texts.items():
            # What is wrong with a title has been told when its article was built.
            tree = parse_inlines(text, _origin(span), own, Collector()) if text else ()
            found[("listed", article.key, *path)] = _in_language(tree, data.language, publication, span)
    return found


def _in_language(
    tree: tuple[Inline, ...], language: str, publication: Publication, span: Span
) -> tuple[Inline, ...]:
    """A text, marked as one in another language where it is."""
    if not tree or language == publication.data.language:
        return tree
    return (SpanInline(span, tree, Attributes(pairs=(("lang", language),))),)


def _blocks(around: Around, publication: Publication, problems: Collector) -> dict[Path, Any]:
    text = around.collection.data.imprint
    if not text:
        return {}
    origin = _origin(around.collection.places.of("imprint"))
    return {("imprint",): parse_blocks(text, origin, parse_options(publication, TrustSettings()), problems)}


def _origin(span: Span) -> Origin:
    return Origin(span.file, span.line, span.column)


def _cited(run: Run, document: Document, resolved: Resolved) -> Cited | None:
    """The editorial with its citations worded; as it is where it has none."""
    if not any(isinstance(node, Citation) for node in document.nodes()):
        return Cited(document, resolved, None, ())
    name = document.publication.data.citation_style
    style = find_style(name, run.request.open_sources(), run.problems, None)
    return cite(document, resolved, style, run.problems, run.build / "citations") if style else None


def _cover(run: Run, around: Around, inks: Any, *, rgb: bool) -> dict[str, Prepared]:
    """The picture of the cover, ready to be placed."""
    collection = around.collection
    named = collection.data.cover
    if not named or run.sources is None:
        return {}
    span = collection.places.of("cover")
    entry = FigureData(
        permission=Permission.OWN, alt=collection.data.cover_alt or collection.data.title or ""
    )
    ledger = {named: Picture(path=named, data=entry, span=span, present=True)}
    converter = FigureConverter(
        run.sources, run.build / "pictures", False, epoch_of(collection.data.date), inks, rgb=rgb
    )
    made = prepare(named, span, ledger, converter, None, run.problems)
    return {named: made} if made else {}
