"""What stands around the articles, as the template `issue` sees it: contents, contributors, indexes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fascicle.collection.article_facts import Facts
from fascicle.collection.pagination import PageRange
from fascicle.collection.settings.model import Matter
from fascicle.collection.settings.reader import Collection, Listed
from fascicle.collection.whole_pdf.as_publication import title_of
from fascicle.collection.words import issue_words
from fascicle.core.model import Author
from fascicle.core.text.titles import title_separator
from fascicle.document.document import plain_text
from fascicle.document.locale.labels import labels
from fascicle.pdf.joining.destinations import start_of
from fascicle.pdf.joining.parts import LINK

Texts = Mapping[tuple[str | int, ...], Any]
"""Texts that were rendered, by their path."""


@dataclass(frozen=True, slots=True)
class Around:
    """All that is known when the pages around the articles are set."""

    collection: Collection
    """The collection."""
    facts: Mapping[str, Facts]
    """What each article states."""
    pages: Mapping[str, PageRange]
    """The pages of each."""
    marked: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Pages of what an index of names and subjects names, by the article's key and the place's name."""
    named: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """Pages of what that index looks for, by the article's key and the entry."""
    links: bool = True
    """Whether pages lead to their articles."""


def part_name(article: Listed) -> str:
    """The name of an article among the parts of the whole."""
    return f"a{article.key.partition('-')[0]}"


def seen_by_template(
    around: Around, texts: Texts, sections: Sequence[Matter], numbers: str, first: int
) -> dict[str, Any]:
    """The variable `issue`."""
    data, collection = around.collection.data, around.collection
    words = issue_words(data.language)
    journal = data.journal
    return {
        "sections": [str(one) for one in sections],
        "numbers": numbers,
        "first": first,
        "words": dict(words),
        "name": journal.title if journal else texts.get(("title",)) or title_of(data),
        "is_book": journal is None,
        "theme": texts.get(("title",)) if journal and data.title else None,
        "numbers_line": numbers_line(collection),
        "issn": journal.number if journal else None,
        "issns": list(_issns(collection)),
        "isbn": data.isbn,
        "editors": [_editor(collection, one) for one in data.editors or (journal.editors if journal else ())],
        "imprint": texts.get(("imprint",)),
        "cover": None,
        "groups": list(_groups(around, texts)),
        "floats": {
            matter: list(_floats(around, texts, kind))
            for matter, kind in (("figures", "figure"), ("tables", "table"))
        },
        "contributors": list(_contributors(around, texts)),
        "indexes": {
            "authors": list(_index(around, _author_words)),
            "keywords": list(_index(around, lambda facts: facts.data.keywords)),
            "subjects": list(_subjects(around)),
        },
    }


def numbers_line(collection: Collection) -> str:
    """`Volume 12, Number 3` in the language of the whole."""
    data, words = collection.data, issue_words(collection.data.language)
    stated = ((words["volume"], data.volume), (words["number"], data.number))
    return labels(data.language)["comma"].join(
        word.replace("{}", number) for word, number in stated if number
    )


def _issns(collection: Collection) -> Iterator[dict[str, str | None]]:
    journal, words = collection.data.journal, issue_words(collection.data.language)
    if journal is None:
        return
    for kind, number in (("print", journal.issn.print), ("online", journal.issn.online)):
        if number:
            alone = not (journal.issn.print and journal.issn.online)
            yield {"number": number, "kind": None if alone else words[kind]}


def _editor(collection: Collection, author: Author) -> dict[str, str | None]:
    known = collection.data.affiliations
    places = [known[key].printed for key in author.affiliations if key in known]
    return {"name": author.name, "place": places[0] if places else None}


def _groups(around: Around, texts: Texts) -> Iterator[dict[str, Any]]:
    """The articles in their groups, as the contents list them."""
    collection = around.collection
    numbers = dict.fromkeys(article.group for article in collection.articles)
    for number in numbers:
        members = [article for article in collection.articles if article.group == number]
        yield {
            "title": texts.get(("groups", number, "title")) if number is not None else None,
            "articles": [_line(around, article, texts) for article in members],
        }


def _line(around: Around, article: Listed, texts: Texts) -> dict[str, Any]:
    data = around.facts[article.key].data
    return {
        "title": texts.get(("listed", article.key, "title")),
        "subtitle": texts.get(("listed", article.key, "subtitle")),
        "separator": title_separator(plain_text(data.title), labels(data.language)["colon"]),
        "authors": [author.name for author in data.authors],
        "first": str(around.pages[article.key].first),
        "link": _link(around, article),
    }


def _link(around: Around, article: Listed) -> str:
    return LINK + start_of(part_name(article)) if around.links else ""


def _contributors(around: Around, texts: Texts) -> Iterator[dict[str, Any]]:
    """Every author once, in the order of the names that lists sort by."""
    found: dict[str, dict[str, Any]] = {}
    for article in around.collection.articles:
        data = around.facts[article.key].data
        for number, author in enumerate(data.authors):
            key = author.orcid or author.inverted
            own = found.setdefault(
                key, {"sort": sort_key(author.inverted), "name": author.name, "native": author.native}
            )
            own.setdefault("places", [data.affiliations[one].printed for one in data.affiliations_of(author)])
            own.setdefault("orcid", f"https://orcid.org/{author.orcid}" if author.orcid else None)
            own["bio"] = own.get("bio") or texts.get(("listed", article.key, "authors", number, "bio"))
    return iter(sorted(found.values(), key=lambda one: str(one["sort"])))


def _author_words(facts: Facts) -> tuple[str, ...]:
    return tuple(author.inverted for author in facts.data.authors)


def _index(around: Around, words_of: Any) -> Iterator[dict[str, Any]]:
    """Words in their order, each with the first pages of its articles; a gap before each new letter."""
    places: dict[str, dict[str, str]] = {}
    for article in around.collection.articles:
        for word in words_of(around.facts[article.key]):
            own = places.setdefault(word, {})
            own.setdefault(str(around.pages[article.key].first), _link(around, article))
    return _in_order(places)


def _subjects(around: Around) -> Iterator[dict[str, Any]]:
    """What the texts mark and what was looked for, each with its pages; a page once."""
    places: dict[str, dict[str, str]] = {}
    for article in around.collection.articles:
        known, name = around.marked.get(article.key, {}), part_name(article)
        for mark in around.facts[article.key].marks:
            if page := known.get(mark.place):
                link = f"{LINK}{name}:{mark.place}" if around.links else ""
                places.setdefault(mark.word, {}).setdefault(page, link)
        for word, pages in around.named.get(article.key, {}).items():
            known_places = places.setdefault(word, {})
            for page in pages:
                known_places.setdefault(page, "")
    return _in_order({word: by_page(found) for word, found in places.items()})


def by_page(places: Mapping[str, str]) -> dict[str, str]:
    """Pages in their order, marked ones among those that were found; three and more in a row without a link are one range."""
    rows: list[list[tuple[str, str]]] = []
    for page, link in sorted(places.items(), key=lambda one: int(one[0]) if one[0].isdigit() else 0):
        last = rows[-1][-1] if rows else ("", "")
        follows = page.isdigit() and last[0].isdigit() and int(page) == int(last[0]) + 1
        if rows and follows and not link and not last[1]:
            rows[-1].append((page, link))
        else:
            rows.append([(page, link)])
    found: dict[str, str] = {}
    for row in rows:
        found |= {f"{row[0][0]}–{row[-1][0]}": ""} if len(row) > 2 else dict(row)
    return found


def _floats(around: Around, texts: Texts, kind: str) -> Iterator[dict[str, Any]]:
    """The numbered figures or tables of each article that has any, with their pages."""
    for article in around.collection.articles:
        known, name = around.marked.get(article.key, {}), part_name(article)
        found = [one for one in around.facts[article.key].floats if one.kind == kind and one.place in known]
        if found:
            yield {
                "title": texts.get(("listed", article.key, "title")),
                "entries": [
                    {
                        "number": one.number,
                        "caption": one.caption,
                        "page": known[one.place],
                        "link": f"{LINK}{name}:{one.place}" if around.links else "",
                    }
                    for one in found
                ],
            }


def _in_order(places: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    last = ""
    for word in sorted(places, key=sort_key):
        letter = sort_key(word)[:1]
        yield {
            "word": word,
            "gap": bool(last) and letter != last,
            "places": [{"page": page, "link": link} for page, link in places[word].items()],
        }
        last = letter


def sort_key(word: str) -> str:
    """What a word is sorted by: its letters without accents and case, then the word itself."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word.casefold())
        if not unicodedata.combining(letter)
    )
    return f"{plain}\0{word}"
