"""Checks the text against a journal's rules: lengths, contacts, declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Span
from fascicle.core.model import Permission
from fascicle.document.document import Document
from fascicle.document.resolve import Resolved
from fascicle.document.tree import plain
from fascicle.document.word_count import WordCount, abstract_text, word_count, words_in
from fascicle.journals.profile import JournalLimits, JournalProfile, TitlePageItem, WordLimits
from fascicle.project.figures.ledger import ledger_path


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that the journal asks for, and how it stands."""

    rule: str
    """The rule's key in the profile."""
    asked: str
    """What is asked for, as a phrase: `5000 to 7000 words of text, headings and notes`."""
    found: str
    """What was found, as a phrase."""
    source: str
    """The rule's source and date."""
    kept: bool
    """Whether the rule is kept."""
    code: Code = Code.JOURNAL_LIMIT
    """The diagnostic of a broken rule."""
    span: Span | None = None
    """Where what breaks it is stated."""
    hint: str = ""
    """What to do about it."""

    @property
    def message(self) -> str:
        """The broken rule as a sentence."""
        return f"{self.found}, and the journal asks for {self.asked}"


def check_rules(journal: JournalProfile, document: Document, resolved: Resolved) -> tuple[ChecklistItem, ...]:
    """Every rule about the text, kept or broken; `document` is the one with its authors."""
    if style := journal.rules.citation_style:
        publication = document.publication
        data = publication.data.model_copy(update={"citation_style": style})
        document = replace(document, publication=publication.model_copy(update={"data": data}))
    reader = _RuleReader(journal, document, resolved)
    return tuple(item for check in _CHECKS for item in check(reader))


class _RuleReader:
    """The text and the rules side by side."""

    def __init__(self, journal: JournalProfile, document: Document, resolved: Resolved) -> None:
        self.journal = journal
        self.rules = journal.rules
        self.document = document
        self.data = document.publication.data
        self.places = document.publication.places
        self.resolved = resolved
        self.count: WordCount = word_count(document)

    def span(self, *path: str | int) -> Span:
        """Where a value is stated; the head of the file when it is not."""
        return self.places.spans.get(path) or Span(self.places.file)

    def limit(
        self, rule: str, limits: JournalLimits, number: int, unit: str, span: Span, hint: str = ""
    ) -> ChecklistItem:
        """A number held to its limits."""
        source = self.journal.source_of(rule)
        return ChecklistItem(
            rule.replace("_", "-"),
            limits.reported(),
            f"there are {number} {unit}" if number != 1 else f"there is 1 of the {unit}",
            source,
            limits.holds(number),
            span=span,
            hint=hint or ("shorten" if limits.max is not None and number > limits.max else "add more"),
        )

    def wanted(
        self, rule: str, asked: str, what: str, *path: str | int, hint: str, kept: bool
    ) -> ChecklistItem:
        """Something that is to be stated."""
        found = f"{what} is stated" if kept else f"{what} is missing"
        source = self.journal.source_of(rule)
        key = rule.replace("_", "-")
        return ChecklistItem(key, asked, found, source, kept, Code.JOURNAL_WANTS, self.span(*path), hint)


def _words(reader: _RuleReader) -> Iterator[ChecklistItem]:
    limits = reader.rules.words
    if isinstance(limits, WordLimits):
        parts = [part.value for part in limits.counts]
        unit = f"words of {_joined(parts)}"
        span = Span(reader.places.file)
        hint = "'fascicle check --words' shows them section by section"
        yield reader.limit("words", limits, reader.count.total(limits.counts), unit, span, hint)


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _abstract(reader: _RuleReader) -> Iterator[ChecklistItem]:
    rules, text = reader.rules, abstract_text(reader.document)
    if not (rules.abstract or rules.abstract_characters or rules.english_abstract):
        return
    if not text:
        rule = "abstract" if rules.abstract else "english_abstract"
        yield reader.wanted(rule, "an abstract", "an abstract", hint="add 'abstract:'", kept=False)
        return
    span = reader.span("abstract")
    if rules.abstract:
        yield reader.limit("abstract", rules.abstract, words_in(text), "words in the abstract", span)
    if rules.abstract_characters:
        unit = "characters in the abstract"
        yield reader.limit("abstract_characters", rules.abstract_characters, len(text), unit, span)
    if rules.english_abstract:
        english = reader.data.language.split("-")[0] == "en"
        what, hint = "an abstract in English", "translate it for the deposit form"
        yield reader.wanted("english_abstract", what, what, "abstract", hint=hint, kept=english)


def _lines(reader: _RuleReader) -> Iterator[ChecklistItem]:
    """Title, short title, keywords, highlights."""
    rules, data = reader.rules, reader.data
    if rules.title_characters:
        title = plain(reader.document.inlines[("title",)])
        unit = "characters in the title"
        yield reader.limit("title_characters", rules.title_characters, len(title), unit, reader.span("title"))
    if rules.running_head:
        path = "short-title" if data.short_title else "title"
        head, hint = plain(reader.document.inlines[(path,)]), "give a shorter 'short-title:'"
        unit = "characters in the running head"
        yield reader.limit("running_head", rules.running_head, len(head), unit, reader.span(path), hint)
    if rules.keywords:
        number, span = len(data.keywords), reader.span("keywords")
        yield reader.limit("keywords", rules.keywords, number, "keywords", span)
    if rules.highlights:
        number, span = len(data.highlights), reader.span("highlights")
        hint = "give 'highlights:', a list of short sentences"
        yield reader.limit("highlights", rules.highlights, number, "highlights", span, hint)
        longest = JournalLimits(max=rules.highlights.characters) if rules.highlights.characters else None
        for index, line in enumerate(data.highlights if longest else ()):
            assert longest is not None  # noqa: S101 - for the type checker
            unit, where = "characters in a highlight", reader.span("highlights", index)
            yield reader.limit("highlights", longest, len(line), unit, where)


def _authors(reader: _RuleReader) -> Iterator[ChecklistItem]:
    rules, data = reader.rules, reader.data
    for number, author in enumerate(data.authors):
        who = f"author {number + 1}" if rules.anonymous else author.name  # the checklist must not tell
        stated = {
            TitlePageItem.AFFILIATIONS: bool(author.affiliations),
            TitlePageItem.ORCID: bool(author.orcid),
            TitlePageItem.BIOS: bool(author.bio),
        }
        for item, key in (
            (TitlePageItem.AFFILIATIONS, "affiliations"),
            (TitlePageItem.ORCID, "orcid"),
            (TitlePageItem.BIOS, "bio"),
        ):
            if item in rules.contacts:
                what = f"'{key}' of {who}"
                hint = f"add '{key}:' to the author"
                yield reader.wanted(
                    "contacts",
                    f"{item.value} of every author",
                    what,
                    "authors",
                    number,
                    hint=hint,
                    kept=stated[item],
                )
        if rules.roles:
            what, hint = f"'roles' of {who}", "add 'roles:' in CRediT's words"
            yield reader.wanted(
                "roles", "contributor roles", what, "authors", number, hint=hint, kept=bool(author.roles)
            )
        if rules.bio and author.bio:
            path = ("authors", number, "bio")
            length = words_in(plain(reader.document.inlines[path]))
            yield reader.limit("bio", rules.bio, length, "words in a biography", reader.span(*path))


def _correspondence(reader: _RuleReader) -> Iterator[ChecklistItem]:
    rules, authors = reader.rules, reader.data.authors
    if TitlePageItem.EMAILS in rules.contacts:
        answering = [author for author in authors if author.corresponding] or authors[:1]
        kept = all(author.email for author in answering)
        hint = "add 'email:' and 'corresponding: true' to the author who answers letters"
        what = "the e-mail address of the corresponding author"
        yield reader.wanted("contacts", "it", what, "authors", hint=hint, kept=kept)


def _statements(reader: _RuleReader) -> Iterator[ChecklistItem]:
    rules, data = reader.rules, reader.data
    for word in rules.declarations:
        pattern = re.compile(
            rf"\b{re.escape(word)}" if len(word) > 3 else rf"\b{re.escape(word)}\b", re.IGNORECASE
        )
        kept = any(pattern.search(declaration.title) for declaration in data.declarations)
        what = f"a declaration with '{word}' in its title"
        asked = "one"
        hint = "add it under 'declarations:', with 'title:' and 'text:'"
        yield reader.wanted("declarations", asked, what, "declarations", hint=hint, kept=kept)
    if rules.licence:
        hint = "add 'license: CC-BY-4.0' or another licence by its name in SPDX's list (spdx.org/licenses)"
        yield reader.wanted(
            "licence", "a licence", "a licence", "license", hint=hint, kept=bool(data.license)
        )


def _figures(reader: _RuleReader) -> Iterator[ChecklistItem]:
    rules, figures = reader.rules, reader.resolved.figures
    if rules.figures:
        span = figures[-1].span if figures else Span(reader.places.file)
        yield reader.limit("figures", rules.figures, len(figures), "figures", span)
    for figure in figures:
        picture = reader.document.publication.pictures.get(ledger_path(figure.path))
        stated = picture.data if picture else None
        if figure.path and (stated is None or stated.permission is Permission.PENDING):
            yield _not_permitted(
                figure.path, (picture.span if picture else None) or figure.span, pending=bool(stated)
            )
        if rules.alt_text and picture and stated:
            hint = "add 'alt:' to the picture's entry"
            kept, what = bool(stated.alt), f"an alternative text of {figure.path}"
            asked, source = "alternative texts of figures", reader.journal.source_of("alt_text")
            found = f"{what} is {'stated' if kept else 'missing'}"
            yield ChecklistItem(
                "alt-text", asked, found, source, kept, Code.JOURNAL_WANTS, picture.span, hint
            )


def _not_permitted(path: str, span: Span, *, pending: bool) -> ChecklistItem:
    """A picture that may not be printed, for all that the ledger says."""
    found = f"the permission to print {path} is {'pending' if pending else 'not stated'}"
    hint = "ask the holder, then say 'permission: cleared'" if pending else "add it to figures/figures.yaml"
    asked, source = "pictures that may be printed", "the ledger of pictures, figures/figures.yaml"
    return ChecklistItem("permissions", asked, found, source, False, Code.JOURNAL_FIGURE, span, hint)


_CHECKS = (_words, _abstract, _lines, _authors, _correspondence, _statements, _figures)
