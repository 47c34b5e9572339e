"""The works cited as JATS's element-citation: every part of a reference under its own name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from fascicle.citations.cite import Cited
from fascicle.citations.items.model import OTHERS, Item, Person
from fascicle.citations.items.titles import ADDITION
from fascicle.document.locale.quotation_marks import quotes
from fascicle.document.tree import Block, Heading, ListedWork, ReferenceList, plain
from fascicle.export.jats.xml import HREF, LANG, Element, add, element, name
from fascicle.project.bibliography.fields.markup import Chars, Formula, Piece, Styled, text

_KINDS = {
    "article-journal": "journal", "article-magazine": "journal", "article-newspaper": "newspaper", "book": "book",
    "chapter": "book", "entry-encyclopedia": "book", "paper-conference": "confproc", "thesis": "thesis",
    "report": "report", "webpage": "webpage", "dataset": "data", "software": "software", "patent": "patent",
    "standard": "standard", "motion_picture": "motion-picture", "periodical": "journal", "review": "journal",
    "manuscript": "unpublished", "song": "audio", "graphic": "image", "personal_communication": "letter",
    "legislation": "legal", "legal_case": "legal", "pamphlet": "book", "performance": "performance",
}  # fmt: skip
"""JATS4R's words for kinds of works, and words in their manner where it has none."""
_ROLES = {
    "container-author": "author", "executive-producer": "producer", "script-writer": "writer", "editor": "editor",
}  # fmt: skip
_STYLES = {
    "emph": "italic",
    "bold": "bold",
    "smallcaps": "sc",
    "superscript": "sup",
    "subscript": "sub",
    "upright": "roman",
}
_IN = frozenset({"article-journal", "article-magazine", "article-newspaper", "review"})


def ref_list(cited: Cited, printed: Mapping[str, Element], language: str) -> Element:
    """The list of works in its order and divisions: each as it is `printed`, and its parts from the record.

    The sections' own lists follow it, for JATS has all references in one place.
    """
    listed = cited.document.works
    items = {item.key: item for item in cited.items}

    def refs(works: Iterable[ListedWork]) -> list[Element]:
        return [_ref(work, items[work.key], printed[work.anchor], language) for work in works]

    made = element("ref-list", element("title", listed.heading))
    inner = made
    for block in listed.blocks:
        if isinstance(block, Heading):
            made.append(inner := element("ref-list", element("title", plain(block.content))))
        elif isinstance(block, ReferenceList):
            inner.extend(refs(block.works))
    for section in listed.own:
        made.append(element("ref-list", element("title", plain(section.title)), *refs(section.works)))
    return made


def without_lists(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks of a section without lists of works and the headings that stand above nothing else."""
    kept: list[Block] = []
    for block in blocks:
        if not isinstance(block, ReferenceList):
            kept.append(block)
        elif kept and isinstance(kept[-1], Heading):
            kept.pop()
    return tuple(kept)


def _ref(work: ListedWork, item: Item, printed: Element, language: str) -> Element:
    parts = _citation(item, language)
    printed.tag = "mixed-citation"
    printed.set("publication-type", parts.get("publication-type", "other"))
    label = element("label", plain(work.label)) if work.label else None
    anchor = name(f"ref-{work.anchor}")
    return element("ref", label, element("citation-alternatives", printed, parts), id=anchor)


def _citation(item: Item, language: str) -> Element:
    made = element("element-citation", publication_type=_KINDS.get(item.type, "other"))
    if item.language:
        made.set(LANG, item.language)
    for part in _parts(item, language):
        made.append(part)
    return made


def _parts(item: Item, language: str) -> Iterator[Element]:
    texts = item.texts
    for role, people in item.names.items():
        group = element("person-group", person_group_type=_ROLES.get(role, role))
        for person in people:
            group.append(element("etal") if person == OTHERS else _named(person))
        yield group
    if issued := item.dates.get("issued"):
        yield _year(issued)
    container = texts.get("container-title")
    if title := texts.get("title"):
        part = "article-title" if item.type in _IN else "chapter-title" if container else "source"
        yield _rich(part, title, language)
    if container:
        yield _rich("source", container, language)
    if original := texts.get("original-title"):
        yield element("comment", text(original), content_type="original-title")
    plain = {
        "volume": "volume", "issue": "issue", "edition": "edition", "collection-title": "series",
        "publisher-place": "publisher-loc", "publisher": "publisher-name", "version": "version",
    }  # fmt: skip
    for variable, tag in plain.items():
        if pieces := texts.get(variable):
            yield _rich(tag, pieces, language)
    yield from _pages(text(texts.get("page", ())))
    for variable in ("genre", "medium", "dimensions", "number", "note", "status"):
        if pieces := texts.get(variable):
            found = _rich("comment", pieces, language)
            found.set("content-type", variable)
            yield found
    yield from _addresses(item)


def _pages(pages: str) -> Iterator[Element]:
    if found := re.fullmatch(r"(\w+)(?:–(\w+))?", pages):
        yield element("fpage", found[1])
        if found[2]:
            last = found[2]
            yield element(
                "lpage", found[1][: max(len(found[1]) - len(last), 0)] + last if last.isdigit() else last
            )
    elif pages:
        yield element("page-range", pages)


def _addresses(item: Item) -> Iterator[Element]:
    if doi := text(item.texts.get("DOI", ())):
        yield element("pub-id", doi, pub_id_type="doi")
    if url := text(item.texts.get("URL", ())):
        link = element("ext-link", url, ext_link_type="uri")
        link.set(HREF, url)
        yield link
    if accessed := item.dates.get("accessed"):
        yield element("date-in-citation", accessed, content_type="access-date", iso_8601_date=accessed)


def _year(issued: str) -> Element:
    plain = re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", issued)
    return element("year", issued[:4] if plain else issued, iso_8601_date=issued if plain else None)


def _named(person: Person) -> Element:
    if person.literal:
        return element("collab", person.literal)
    made = element(
        "name",
        element("surname", " ".join(part for part in (person.particle, person.family) if part)),
        element("given-names", person.given) if person.given else None,
        element("suffix", person.suffix) if person.suffix else None,
        name_style="eastern" if person.eastern else "western",
    )
    if not person.native:
        return made
    return element("name-alternatives", made, element("string-name", person.native, specific_use="native"))


def _rich(tag: str, pieces: tuple[Piece, ...], language: str) -> Element:
    made = element(tag)
    _fill(made, pieces, language)
    return made


def _fill(parent: Element, pieces: tuple[Piece, ...], language: str) -> None:
    for piece in pieces:
        match piece:
            case Chars(text=characters):
                add(parent, characters)
            case Formula(tex=tex):
                add(parent, tex)
            case Styled(style="quoted", content=content):
                opening, closing = quotes(language).pair(1)
                add(parent, opening)
                _fill(parent, content, language)
                add(parent, closing)
            case Styled(style=style, content=content) if style in _STYLES:
                inner = element(_STYLES[style])
                _fill(inner, content, language)
                add(parent, inner)
            case Styled(style=style, content=content):
                around = {"parens": "()", "brackets": "[]"}.get(style, "") if style != ADDITION else ""
                add(parent, around[:1])
                _fill(parent, content, language)
                add(parent, around[1:])
