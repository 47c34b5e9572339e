"""The whole manuscript as Pandoc's blocks, for Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fascicle.core import pandoc_ast as p
from fascicle.core.model import Author
from fascicle.document.document import Document, ParsedSection
from fascicle.document.figures.figures_at_end import COLLECTED
from fascicle.document.locale.dates import long_date
from fascicle.document.locale.labels import labels
from fascicle.document.sections.section_openings import section_epigraph, section_headings
from fascicle.document.tree import Block, MarkedBlock
from fascicle.document.word_count import counted
from fascicle.export.docx.options import DocxOptions
from fascicle.export.pandoc.blocks import Renderer
from fascicle.export.pandoc.inlines import END, sign

_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


class DocxBody:
    """Puts a document's blocks together."""

    def __init__(self, document: Document, renderer: Renderer, output_options: DocxOptions) -> None:
        self.document = document
        self.data = document.publication.data
        self.render = renderer
        self.output_options = output_options
        self.words: Mapping[str, str] = labels(self.data.language)

    def blocks(self) -> p.Blocks:
        """Everything in order, with the works cited."""
        if self.output_options.alone:
            return [*self.title_page(), *self.back(), *self.list_of_works()]
        paged = self.output_options.title_page and bool(self.data.authors)
        made = [*self.title_page(), *self.titles("Manuscript Title")] if paged else [*self.titles("Title")]
        if not paged:
            made += self.authors()
        if not (paged and self.output_options.abstract_first):
            made += self.abstract()
        for parsed in self.document.sections:
            made += self.section(parsed)
        made += self.back()
        made += self.list_of_works()
        if pictures := self.document.blocks.get(COLLECTED):
            made += [p.raw_block("openxml", _BREAK), *self.render.blocks(pictures)]
        return made

    def list_of_works(self) -> p.Blocks:
        """The heading and the works, where there are any."""
        listed = self.document.works
        if not listed.at_end or not self.output_options.bibliography:
            return []
        return [*_over(listed.at_end, self.unnumbered(listed.heading)), *self.render.blocks(listed.at_end)]

    def carries(self, item: str) -> bool:
        """Whether something besides the text is wanted."""
        return item in self.output_options.carries

    def titles(self, style: str) -> Iterator[p.Json]:
        """Title and subtitle."""
        inlines = self.document.inlines
        yield p.styled(style, [p.para(self.render.inlines(inlines[("title",)]))])
        if subtitle := inlines.get(("subtitle",)):
            yield p.styled("Subtitle", [p.para(self.render.inlines(subtitle))])

    def title_page(self) -> p.Blocks:
        """Who wrote the text, and what an editor needs of them."""
        page = [*self.titles("Title"), *self.authors(), *self.details()]
        return [
            *page,
            *(self.abstract() if self.output_options.abstract_first or self.output_options.alone else ()),
        ]

    def authors(self) -> Iterator[p.Json]:
        """Names with marks of their institutions, and the institutions."""
        data = self.data
        if not data.authors or not self.carries("authors"):
            return
        numbers = data.affiliation_numbers
        several = len(numbers) > 1 and self.carries("affiliations")
        line: p.Inlines = []
        for at, author in enumerate(data.authors):
            if at:
                line += _joint(self.words["and"] if at == len(data.authors) - 1 else self.words["comma"])
            line += p.strings(" ".join(filter(None, (author.name, author.native))))
            marks = ",".join(str(numbers[key]) for key in data.affiliations_of(author))
            line += [p.wrapped("Superscript", [p.string(marks)])] if several and marks else []
        yield p.styled("Author", [p.para(line)])
        for key, number in numbers.items() if self.carries("affiliations") else ():
            mark = [p.wrapped("Superscript", [p.string(str(number))])] if several else []
            yield p.styled("Affiliation", [p.para([*mark, *p.strings(data.affiliations[key].printed)])])

    def details(self) -> Iterator[p.Json]:
        """Addresses, notes on the authors, the number of words, the date."""
        for number, author in enumerate(self.data.authors):
            if found := self.contact(number, author):
                yield p.styled("Title Page Text", [p.para(found)])
            if (bio := self.document.inlines.get(("authors", number, "bio"))) and self.carries("bios"):
                yield p.styled("Title Page Text", [p.para(self.render.inlines(bio))])
        if self.carries("word-count"):
            count = self.word_count()
            yield self.labelled("Title Page Text", self.words["word_count"], p.strings(count))
        if self.data.date and self.carries("date"):
            day = long_date(self.data.date, self.data.language)
            yield self.labelled("Title Page Text", self.words["date"], p.strings(day))

    def word_count(self) -> str:
        """Words without and with notes."""
        text, notes = self.output_options.counted or counted(self.document)
        return f"{text:,} ({text + notes:,} {self.words['notes_too']})" if notes else f"{text:,}"

    def contact(self, number: int, author: Author) -> p.Inlines:
        """One author's address, number and note, in one line."""
        parts: list[p.Inlines] = []
        note = self.document.inlines.get(("authors", number, "note"), ())
        if note and self.carries("notes"):
            parts.append(self.render.inlines(note))
        if author.email and self.carries("emails"):
            parts.append([p.link([p.string(author.email)], f"mailto:{author.email}")])
        if author.orcid and self.carries("orcid"):
            address = f"https://orcid.org/{author.orcid}"
            parts.append([p.link([p.string(address)], address)])
        if not parts:
            return []
        who = author.name + (f" ({self.words['corresponding']})" if author.corresponding else "")
        line = _joint(who + self.words["colon"])
        for at, part in enumerate(parts):
            line += [*([p.string(","), p.SPACE] if at else []), *part]
        return line

    def abstract(self) -> Iterator[p.Json]:
        """Abstract and keywords."""
        if (blocks := self.document.blocks.get(("abstract",))) and self.carries("abstract"):
            yield from _over(blocks, p.styled("Abstract Title", [p.para(p.strings(self.words["abstract"]))]))
            yield p.styled("Abstract", self.render.blocks(blocks))
        if self.data.keywords and self.carries("keywords"):
            keywords = self.words["comma"].join(self.data.keywords)
            yield self.labelled("Keywords", self.words["keywords"], p.strings(keywords))

    def labelled(self, style: str, label: str, content: p.Inlines) -> p.Json:
        """A paragraph that begins with what it is."""
        head = p.wrapped("Strong", _joint(label + self.words["colon"].rstrip()))
        return p.styled(style, [p.para([head, p.SPACE, *content])])

    def section(self, parsed: ParsedSection) -> Iterator[p.Json]:
        """A section's heading, its own authors, its motto and its text."""
        yield from self.render.blocks(section_headings(parsed))
        if authors := parsed.section.data.authors:
            names = ", ".join(" ".join(filter(None, (author.name, author.native))) for author in authors)
            yield p.styled("Section Author", [p.para(p.strings(names))])
        yield from self.render.blocks((*section_epigraph(parsed), *parsed.blocks))

    def back(self) -> Iterator[p.Json]:
        """Thanks, money and declarations."""
        if (thanks := self.document.blocks.get(("acknowledgements",))) and self.carries("acknowledgements"):
            yield from _over(thanks, self.unnumbered(self.words["acknowledgements"]))
            yield from self.render.blocks(thanks)
        if self.data.funding and self.carries("funding"):
            grants = (f"{one.funder} ({one.award})" if one.award else one.funder for one in self.data.funding)
            yield self.unnumbered(self.words["funding"])
            yield p.para(p.strings("; ".join(grants) + "."))
        for number, declaration in enumerate(self.data.declarations if self.carries("declarations") else ()):
            yield self.unnumbered(declaration.title)
            yield from self.render.blocks(self.document.blocks[("declarations", number, "text")])

    def unnumbered(self, title: str) -> p.Json:
        """A heading that the program gives."""
        return p.header(1, p.strings(title), p.attr())


def _over(blocks: tuple[Block, ...], heading: p.Json) -> p.Blocks:
    """A heading of the program's over blocks: it came or went with them."""
    marks = {block.mark if isinstance(block, MarkedBlock) else None for block in blocks}
    mark = marks.pop() if len(marks) == 1 else None
    if mark is None:
        return [heading]
    begin, end = (p.raw_block("openxml", sign(kind)) for kind in (mark.value, END))
    return [begin, heading, end]


def _joint(text: str) -> p.Inlines:
    """A word between others, with the spaces around it."""
    before = [p.SPACE] if text.startswith(" ") else []
    after = [p.SPACE] if text.endswith(" ") else []
    return [*before, *p.strings(text.strip()), *after]
