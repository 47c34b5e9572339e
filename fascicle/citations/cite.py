"""The citations of a document worded, and its list of works, both as nodes of the tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from fascicle.citations.citation_order import Use, uses_of
from fascicle.citations.empty_citations import spoken
from fascicle.citations.engine.engine import MANY, CslAnswer, CslEngine
from fascicle.citations.engine.read_back import AnswerReader
from fascicle.citations.engine.skeleton import skeleton
from fascicle.citations.items.items import items_of
from fascicle.citations.items.model import Item, short_name
from fascicle.citations.lists.listed import Listed
from fascicle.citations.lists.lists import with_lists
from fascicle.citations.lists.repeated_authors import Repeated, repeated_authors
from fascicle.citations.lists.sorted_titles import without_articles
from fascicle.citations.postprocessing.closing_quotes import (
    bare_addresses,
    chinese_titles,
    closed,
    closed_citations,
    comma_after_question,
)
from fascicle.citations.postprocessing.credits import joined_credits
from fascicle.citations.postprocessing.leftover_punctuation import dated_once, ended, tidied
from fascicle.citations.postprocessing.own_direction import own_direction
from fascicle.citations.postprocessing.postprocess import Wording, listed_entry, sentence_names
from fascicle.citations.postprocessing.punctuation import settled
from fascicle.citations.postprocessing.year_ranges import short_years
from fascicle.citations.style_limits import tell_language, tell_locators
from fascicle.citations.styles.styles import CitationStyle
from fascicle.citations.suggested_citation import suggestion
from fascicle.citations.withheld_works import WithheldCitations
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.document import Document, ParsedSection
from fascicle.document.resolve import Resolved
from fascicle.document.tree import Cite, Inline, ListedWork, Node


@dataclass(frozen=True, slots=True)
class Cited:
    """A document with its citations worded."""

    document: Document
    """The document; every citation in it carries its words."""
    resolved: Resolved
    """What it points at, its titles worded too."""
    style: CitationStyle | None
    """The style; None when nothing is cited."""
    items: tuple[Item, ...]
    """The works that are cited, in the order of citation."""

    @property
    def works(self) -> tuple[ListedWork, ...]:
        """The works listed: in the order of the list, then those of sections' own lists."""
        listed = self.document.works
        return (*listed.works, *(work for section in listed.own for work in section.works))


def cite(
    document: Document,
    resolved: Resolved,
    style: CitationStyle,
    problems: Collector,
    folder: Path | None = None,
    span: Span | None = None,
) -> Cited | None:
    """`document` in a style named at `span`; None, with an error, when its citations cannot be worded.

    Results are kept in `folder` by the content of what they were made from: a changed word of the text asks for no
    new run of the engine.
    """
    engine = CslEngine(style, document.publication.data.language, folder, span)
    document = replace(document, suggested=suggestion(document, engine, problems))
    uses = _known(uses_of(document, problems, notes=style.notes), resolved, document)
    cited = _keys(uses, document)
    keys = list(dict.fromkeys((*cited, *resolved.cited)))
    items = items_of(document.publication.bibliography, keys, document.publication.data.language)
    if not keys:
        return Cited(document, resolved, style, ())
    names = {item.key: f"w{number}" for number, item in enumerate(items, 1)}
    names |= {
        alias: names[key] for alias, key in document.publication.bibliography.aliases.items() if key in names
    }
    tell_locators(style, uses, problems)
    engine = replace(engine, names=names)
    tell_language(engine, problems)
    divided = document.publication.data.bibliographies
    parted = bool(divided) or any(section.section.data.bibliography for section in document.sections)
    engine = replace(engine, substitute=not parted)
    made = _worded(engine, uses, items, problems)
    if made is None:
        return None
    replaced, works, hanging, repeated = made
    listed = Listed(works, {item.key: item for item in items}, style, hanging, repeated)
    return _cited(document, resolved, listed, replaced, problems)


def _known(uses: Sequence[Use], resolved: Resolved, document: Document) -> list[Use]:
    """The citations whose works are all there; others are told already."""
    there = {*resolved.cited, *document.publication.bibliography.aliases}
    return [use for use in uses if all(one.key in there for one in use.cite.citations)]


def _keys(uses: Sequence[Use], document: Document) -> list[str]:
    aliases = document.publication.bibliography.aliases
    return list(dict.fromkeys(aliases.get(one.key, one.key) for use in uses for one in use.cite.citations))


def _worded(
    engine: CslEngine, uses: Sequence[Use], items: Sequence[Item], problems: Collector
) -> tuple[dict[Cite, Cite], tuple[ListedWork, ...], bool, Mapping[str, Repeated]] | None:
    """The worded citation for each, and the list of works, in a divided list with its dashes apart."""
    withheld = WithheldCitations(items, engine.names, engine.style.format)
    items, pairs = withheld.items(items), withheld.uses(uses)
    cited = {engine.names[one.key] for _, use in pairs for one in use.cite.citations}
    uncited = [name for item in items if (name := engine.names[item.key]) not in cited]
    bones = skeleton([use for _, use in pairs], engine.names, engine.style.format, uncited)
    answer = engine.answer(bones.blocks, items, problems)
    if answer and not engine.style.known:
        items, answer = spoken(engine, bones, [use for _, use in pairs], items, answer, problems)
    if answer and len(items) >= MANY:
        from fascicle.citations.postprocessing.namesakes import told_apart

        answer = told_apart(engine, answer, items, problems)
    named = sentence_names(engine, bones, answer, items, problems) if answer else None
    if answer is None or named is None:
        return None
    by_name = {engine.names[item.key]: item for item in items}
    works = _listed(engine, answer, by_name)
    listed = {work.key for work in works}
    wording = Wording(engine.style, by_name, engine.names, named, engine.language)
    keys = {name: item.key for name, item in by_name.items()}
    worded: dict[Cite, tuple[Inline, ...]] = {}
    for (typed, use), content in zip(pairs, answer.citations, strict=False):
        reader = AnswerReader(use.cite.span, keys, listed, bones.opaque)
        words = closed(wording.citation(use, content, reader), engine.language)
        words = tidied(chinese_titles(words, engine.language))
        named_works = [by_name[engine.names[one.key]] for one in use.cite.citations]
        words = _finished(words, named_works, engine.style)
        if engine.style.chicago and engine.style.notes:
            words = comma_after_question(words)
        worded[typed.cite] = words
    replaced = {
        use.cite: replace(use.cite, content=withheld.labelled(use.cite, worded.get(use.cite, ())))
        for use in uses
    }
    repeated: Mapping[str, Repeated] = {}
    if engine.style.substitutes and not engine.substitute:
        dashed = replace(engine, substitute=True)
        other = dashed.answer(bones.blocks, items, problems)
        if other is None:
            return None
        repeated = repeated_authors(works, _listed(dashed, other, by_name))
    return replaced, works, answer.hanging, repeated


def _finished(words: tuple[Inline, ...], items: Sequence[Item], style: CitationStyle) -> tuple[Inline, ...]:
    """What the manuals that we know want and no style file can say."""
    return short_years(joined_credits(words), items, style) if style.known else words


def _listed(engine: CslEngine, answer: CslAnswer, by_name: Mapping[str, Item]) -> tuple[ListedWork, ...]:
    """The list without works withheld and without entries in which nothing is printed."""
    keys = {name: item.key for name, item in by_name.items()}
    works = []
    for entry in answer.entries:
        item = by_name[entry.name]
        reader = AnswerReader(item.span or Span(""), keys, ())
        content = listed_entry(entry, item, engine.style, reader, engine.language)
        if item.listed and content:
            if engine.style.mla:
                content = bare_addresses(content)
            label = reader.inlines(entry.label)
            words = tidied(chinese_titles(closed(content, engine.language), engine.language))
            words = dated_once(_finished(words, [item], engine.style), item)
            works.append(
                ListedWork(item.span or Span(""), item.key, label, words, item.key, "", short_name(item))
            )
    works = ended(works)
    if engine.style.known:
        works = without_articles(works, {item.key: item for item in by_name.values()}, engine.language)
    languages = {item.key: item.language for item in by_name.values()}
    return tuple(own_direction(work, languages.get(work.key, ""), engine.language) for work in works)


def _cited(
    document: Document,
    resolved: Resolved,
    listed: Listed,
    replaced: Mapping[Cite, Cite],
    problems: Collector,
) -> Cited:
    placing = _Placing(replaced, document.publication.data.language)
    labels = {
        name: replace(label, title=placing.tree(label.title)) for name, label in resolved.labels.items()
    }
    figures = tuple(placing.tree(figure) for figure in resolved.figures)
    worded = with_lists(placing.document(document), listed, problems)
    items = tuple(listed.items.values())
    return Cited(worded, replace(resolved, labels=labels, figures=figures), listed.style, items)


class _Placing:
    """Puts worded citations into trees; what holds none stays the very same object."""

    def __init__(self, replaced: Mapping[Cite, Cite], language: str) -> None:
        self.replaced = replaced
        self.language = language

    def document(self, document: Document) -> Document:
        return replace(
            document,
            sections=tuple(self.section(section) for section in document.sections),
            inlines={path: self.tree(tree) for path, tree in document.inlines.items()},
            blocks={path: self.tree(tree) for path, tree in document.blocks.items()},
            credits={path: self.tree(tree) for path, tree in document.credits.items()},
        )

    def section(self, section: ParsedSection) -> ParsedSection:
        names = ("title", "blocks", "epigraph", "epigraph_source")
        return replace(section, **{name: self.tree(getattr(section, name)) for name in names})

    def tree(self, root: Any) -> Any:
        """A node or a tuple of nodes."""
        if isinstance(root, Cite):
            return self.replaced.get(root, root)
        if isinstance(root, tuple):
            items = tuple(self.tree(item) for item in root)
            changed = any(new is not old for new, old in zip(items, root, strict=True))
            if any(isinstance(item, Cite) for item in items):
                return closed_citations(settled(items, self.language), self.language)
            return items if changed else root
        if not isinstance(root, Node):
            return root
        changes = {spec.name: self.tree(getattr(root, spec.name)) for spec in fields(root)}
        changes = {name: new for name, new in changes.items() if new is not getattr(root, name)}
        return replace(root, **changes) if changes else root
