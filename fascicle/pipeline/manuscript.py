"""Steps 1 to 4: from the project's files to a LaTeX document and all that goes with it.

No TeX runs here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fascicle.citations.cite import Cited, cite
from fascicle.citations.styles.styles import find_style
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.model import OutputFormat, PicturePlace, Publication, TrustSettings
from fascicle.document.chapters import with_chapter_pages
from fascicle.document.citation_format import CitationFormat
from fascicle.document.document import Document, parse_document
from fascicle.document.figures.alternative_texts import check_alternative_texts
from fascicle.document.locale.missing_words import tell_missing_words
from fascicle.document.other_syntax.tell import tell_other_syntax
from fascicle.document.resolve import Resolved, lacks_text, resolve
from fascicle.document.sections.heading_identifiers import with_heading_identifiers
from fascicle.document.tables.csv_tables import with_csv_tables
from fascicle.latex.assemble import Assembled, TemplateInput, assemble, columns_of, render_document
from fascicle.latex.templating.compose import compile_ahead
from fascicle.pipeline.nameless_pictures import nameless_pictures
from fascicle.pipeline.print_conditions import Press, held_to_ledger, inks_of, paper_unused, wants_rgb
from fascicle.pipeline.run import Run
from fascicle.pipeline.tagging import OPTION, Tagging, tagging_of
from fascicle.project.editions import Edition, edition_of
from fascicle.project.figures.conversion import FigureConverter
from fascicle.project.figures.icc_profiles import profile_of
from fascicle.project.figures.ledger import ledger_path
from fascicle.project.figures.print_permission import Prepared, begin_drawing, prepare
from fascicle.project.overrides import with_imposed
from fascicle.project.page_geometry import layout_of, sheet_of
from fascicle.project.publication import PUBLICATION, read_publication
from fascicle.project.sections import sections_for
from fascicle.project.sources import Sources
from fascicle.project.templates import Template, TexProgram, check_requirements, load_template, option_values

if TYPE_CHECKING:
    from fascicle.document.anonymity.anonymise import Anonymous
    from fascicle.export.docx.options import DocxOptions
    from fascicle.export.html.options import PageTemplate
    from fascicle.project.figures.raster_inks import ColourConversion


_WITHOUT_TEX = (OutputFormat.DOCX, OutputFormat.JATS, OutputFormat.HTML, OutputFormat.EPUB)
_CALLED = {
    OutputFormat.DOCX: "a Word document",
    OutputFormat.JATS: "JATS",
    OutputFormat.HTML: "HTML",
    OutputFormat.EPUB: "an EPUB",
}
CITATIONS = "citations"
"""The folder of worded citations, kept by what they were made from."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What steps 1 to 4 give."""

    sources: Sources
    """What was read."""
    publication: Publication
    """What the author states."""
    document: Document
    """The texts as trees."""
    resolved: Resolved
    """Labels, citations, figures."""
    edition: Edition
    """The edition and its settings."""
    assembled: Assembled | None
    """The LaTeX document; None when the template could not be filled."""
    epoch: int
    """The publication's moment in seconds since 1970, Universal Time."""
    press: Press = field(default_factory=Press)
    """What a print edition is printed on."""
    anonymous: Anonymous | None = None
    """What an anonymous edition must not hold; None for editions that name their authors."""
    prepared: Mapping[str, Prepared] = field(default_factory=dict)
    """The placed pictures by the path typed in the text."""
    word: DocxOptions | None = None
    """How a Word document is to look; None for other formats."""
    cited: Cited | None = None
    """The texts with their citations worded, and the works cited; None when that failed."""
    pages: PageTemplate | None = None
    """The template of HTML or an EPUB; None for other formats."""
    tagging: Tagging = field(default_factory=Tagging)
    """Whether the PDF is tagged."""


Shape = Callable[[Publication], tuple[Publication, Edition]]
"""Makes of a publication what somebody else wants of it, such as a journal."""


@dataclass(frozen=True, slots=True)
class _Parsed:
    """What steps 1 and 2 give."""

    sources: Sources
    """What was read."""
    publication: Publication
    """What the author states, names included."""
    edition: Edition
    """The edition and its settings."""
    trust: TrustSettings
    """What the text may do."""
    epoch: int
    """The publication's moment in seconds since 1970, Universal Time."""
    document: Document
    """The texts as trees, without names in an anonymous edition."""
    resolved: Resolved
    """Labels, citations, figures."""
    anonymous: Anonymous | None
    """What an anonymous edition must not hold."""
    cited: Cited | None
    """The texts with their citations worded; None when that failed."""


def read_manuscript(run: Run, shape: Shape | None = None) -> Manuscript | None:
    """Steps 1 to 4, each as far as it can go; None when there is no publication at all.

    `shape` stands in the place of the edition that the run names.
    """
    sources = run.sources = run.request.open_sources()
    read = _read(run, sources, shape)
    if read is None:
        return None
    parsed = _parsed(run, sources, *read)
    if parsed.edition.settings.format in _WITHOUT_TEX:
        return _without_tex(run, parsed)
    return _for_tex(run, parsed)


def _read(run: Run, sources: Sources, shape: Shape | None) -> tuple[Publication, Edition] | None:
    """Step 1."""
    with run.step(1) as detail:
        publication = read_publication(sources, run.problems)
        if publication is None:
            return None
        if run.request.imposed:
            publication = with_imposed(publication, run.request.imposed, run.problems)
        edition: Edition | None
        if shape:
            publication, edition = shape(publication)
        else:
            edition = edition_of(publication, run.edition, run.request.settings, sources, run.problems)
        if edition is None:
            return None
        publication = sections_for(publication, edition.name)
        detail.append(_what_was_read(publication))
    return publication, edition


def _parsed(run: Run, sources: Sources, publication: Publication, edition: Edition) -> _Parsed:
    """Step 2."""
    trust = TrustSettings() if run.request.no_trust else publication.data.trust
    with run.step(2) as detail:
        document, resolved = parse_and_resolve(publication, sources, trust, run.problems)
        cited, placed = len(resolved.cited), len(resolved.figures)
        detail.append(f"{cited} work{'s'[: cited != 1]} cited, {placed} figure{'s'[: placed != 1]}")
        citing = _Citing(run, sources, publication, edition)
        anonymous = None
        if edition.settings.anonymous:
            from fascicle.document.anonymity.anonymise import anonymise  # most editions name their authors

            anonymous = anonymise(document, resolved, edition.settings.not_names, citing.format, run.problems)
            named = citing.cited(document, resolved, Collector())
            anonymous = replace(anonymous, original=named.document) if named else anonymous
            document, resolved = anonymous.document, anonymous.resolved
        if edition.settings.pictures is PicturePlace.AT_END:
            from fascicle.document.figures.figures_at_end import pictures_at_end

            document = pictures_at_end(document)
        worded = citing.cited(document, resolved, run.problems)
        if worded:
            document, resolved = worded.document, worded.resolved
    epoch = epoch_of(publication.data.date)
    return _Parsed(sources, publication, edition, trust, epoch, document, resolved, anonymous, worded)


def parse_and_resolve(
    publication: Publication, sources: Sources, trust: TrustSettings, problems: Collector
) -> tuple[Document, Resolved]:
    """The texts as trees, and what they point at; nothing is worded or drawn yet."""
    tell_missing_words(publication, problems)
    document = parse_document(publication, trust, problems)
    document = with_heading_identifiers(with_csv_tables(document, sources, trust, problems))
    tell_other_syntax(publication, problems)
    if publication.chapters:
        document = with_chapter_pages(document, publication.chapters)
    return document, resolve(document, problems)


def _for_tex(run: Run, parsed: _Parsed) -> Manuscript:
    """Steps 3 and 4 of a PDF."""
    sources, edition, document = parsed.sources, parsed.edition, parsed.document
    with run.step(3):
        profile = profile_of(edition, sources, run.problems)
        paper_unused(edition, run.problems)
        prepared = _pictures(run, parsed, inks_of(edition, profile, run.problems))
        loaded = _template(edition, sources, parsed.publication, run.problems)
        for_journal = loaded is not None and loaded[0].contract.engines[0] is TexProgram.PDFLATEX
        asked, cited = edition.bibtex_style, parsed.cited
        bibtex = None
        if asked and cited:
            from fascicle.latex.bibtex.listed import bibtex_list

            bibtex = bibtex_list(cited, asked)
        tagging = Tagging()
        if loaded and OPTION in loaded[1]:
            template, options = loaded
            tagging = tagging_of(
                edition, options, run.problems, hurried=run.request.hurried, forgone=run.forgone
            )
            loaded = template, {**options, OPTION: "on" if tagging.on else "off"}
            run.untagged = tagging.untagged
        rendered = render_document(
            document,
            parsed.resolved,
            edition,
            prepared,
            thebibliography=for_journal,
            bibtex=bibtex,
            columns=columns_of(loaded[1]) if loaded else 1,
            tagged=tagging.on,
        )
    with run.step(4) as detail:
        assembled, sheet, recompose = None, None, None
        if loaded:
            template, options = loaded
            sheet = sheet_of(edition, bool(options.get("two_sided")), run.problems)
            if sheet and (options.get("first_page") or 1) % 2 == 0:
                sheet = replace(sheet, begins_left=True)

            given = TemplateInput(document, parsed.resolved, rendered, edition, template, options, prepared)

            def recompose(pages: int) -> Assembled | None:
                return assemble(given, run.problems, layout_of(sheet, edition.settings, pages))

            assembled = recompose(0)
            detail.append(f"template {template.name}")
    manuscript = _manuscript(parsed, assembled, Press(sheet, profile, recompose), prepared)
    return replace(manuscript, tagging=tagging)


def _without_tex(run: Run, parsed: _Parsed) -> Manuscript:
    """Steps 3 and 4 of formats that TeX has no part in: pictures and wishes, and whether the text can be put into them."""
    from fascicle.export.docx.options import options_for
    from fascicle.export.html.options import page_template
    from fascicle.export.pandoc.support import check_convertible

    edition, document = parsed.edition, parsed.document
    form = edition.settings.format
    with run.step(3):
        prepared = _pictures(run, parsed, None)
    word = pages = None
    with run.step(4):
        check_convertible(document, run.problems, _CALLED[form] if form else "")
        if form is OutputFormat.DOCX:
            word = options_for(edition, document.publication, parsed.sources, parsed.epoch, run.problems)
        elif form in (OutputFormat.HTML, OutputFormat.EPUB):
            pages = page_template(edition, document.publication, parsed.sources, run.problems)
    return replace(_manuscript(parsed, None, Press(), prepared, word), pages=pages)


class _Citing:
    """Words citations in the style of the edition or else of the publication."""

    def __init__(self, run: Run, sources: Sources, publication: Publication, edition: Edition) -> None:
        stated = edition.options.get("csl") if edition.settings.format in _WITHOUT_TEX else None
        own = stated if isinstance(stated, str) else None
        path = ("editions", edition.name, "options", "csl") if own else ("citation-style",)
        self.span = publication.places.of(*path)
        self.name = own or publication.data.citation_style
        self.folder = run.build / CITATIONS
        self.style = find_style(self.name, sources, run.problems, self.span)

    @property
    def format(self) -> CitationFormat:
        """What stands in the text for a work."""
        return self.style.format if self.style else CitationFormat.AUTHOR_DATE

    def cited(self, document: Document, resolved: Resolved, problems: Collector) -> Cited | None:
        """The texts with their citations worded; None, with an error, when they cannot be."""
        if self.style is None:
            return None
        return cite(document, resolved, self.style, problems, self.folder, self.span)


def _manuscript(
    parsed: _Parsed,
    assembled: Assembled | None,
    press: Press,
    prepared: Mapping[str, Prepared],
    word: DocxOptions | None = None,
) -> Manuscript:
    return Manuscript(
        parsed.sources,
        parsed.document.publication,
        parsed.document,
        parsed.resolved,
        parsed.edition,
        assembled,
        parsed.epoch,
        press,
        parsed.anonymous,
        prepared,
        word,
        parsed.cited,
    )


def epoch_of(day: date | None) -> int:
    """The publication's moment: midnight of its date, else SOURCE_DATE_EPOCH, else 1970, but never today."""
    if day is not None:
        return int(datetime.combine(day, time(), UTC).timestamp())
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(stated) if stated.isdecimal() else 0


def _what_was_read(publication: Publication) -> str:
    entries = len(publication.bibliography.entries)
    counts = (
        (len(publication.sections), "section", "sections"),
        (entries, "bibliography entry", "bibliography entries"),
        (len(publication.pictures), "picture", "pictures"),
    )
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts)


def _pictures(run: Run, parsed: _Parsed, inks: ColourConversion | None) -> Mapping[str, Prepared]:
    """The placed pictures, ready to be placed, by the path typed in the text; nameless in an anonymous edition."""
    trust, folder = parsed.trust, run.build / "pictures"
    figure_converter = FigureConverter(
        parsed.sources,
        folder,
        trust.scripts,
        parsed.epoch,
        inks,
        rgb=wants_rgb(parsed.edition),
        network=trust.network,
    )
    publication, figures = parsed.document.publication, parsed.resolved.figures
    ledger, day = publication.pictures, publication.data.date
    begin_drawing(((figure.path, figure.span) for figure in figures if figure.path), ledger, figure_converter)
    if figure_converter.begun:
        _meanwhile(publication, parsed.edition, figure_converter.sources)
    made: dict[str, Prepared | None] = {}
    found = Collector()
    for figure in figures:
        if figure.path and figure.path not in made:
            made[figure.path] = prepare(figure.path, figure.span, ledger, figure_converter, day, found)
    check_alternative_texts(figures, ledger, found)
    held = held_to_ledger(found, parsed.edition, allow_pending=run.request.allow_pending)
    # What cannot be read may say that the scripts are trusted.
    broken = (Code.YAML_SYNTAX, Code.MERGE_CONFLICT)
    unread = any(one.code in broken and one.span and one.span.file == PUBLICATION for one in run.problems)
    run.problems.extend(one for one in held if not (unread and one.code is Code.SCRIPT_NOT_TRUSTED))
    placed = {ledger_path(path) for path in made}
    for path, picture in ledger.items():
        if path not in placed and picture.span and not lacks_text(run.problems):
            message = f"the text does not place {path}"
            run.problems.add(Code.UNUSED_PICTURE, message, picture.span)
    prepared = {path: picture for path, picture in made.items() if picture is not None}
    return nameless_pictures(prepared, run) if parsed.anonymous else prepared


def _meanwhile(publication: Publication, edition: Edition, sources: Sources) -> None:
    """While scripts draw: what looks into their pictures is loaded, and the template compiled, which step 4 will need."""
    import_module("fascicle.project.figures.print_images")
    loaded = _template(edition, sources, publication, Collector())
    if loaded:
        compile_ahead(loaded[0])


def _template(
    edition: Edition, sources: Sources, publication: Publication, problems: Collector
) -> tuple[Template, Mapping[str, Any]] | None:
    """The edition's template and its options' values."""
    span = publication.places.of("editions", edition.name, "template")
    template = load_template(edition.template, sources, problems, span)
    if template is None:
        return None
    check_requirements(template, publication.data, publication.places, problems)
    return template, option_values(template, edition.options, publication.places, edition.name, problems)
