"""The engine's words put right.

Who is named in a sentence, notes inside notes, names of the East, capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fascicle.citations.citation_order import Use
from fascicle.citations.engine.engine import CslAnswer, CslEngine, ListEntry
from fascicle.citations.engine.read_back import AnswerReader, leads_to_entry
from fascicle.citations.engine.skeleton import Skeleton, narrative
from fascicle.citations.items.model import OTHERS, Item, Person
from fascicle.citations.postprocessing.closing_quotes import begun
from fascicle.citations.postprocessing.credits import makers
from fascicle.citations.postprocessing.eastern_names import first_replaced, in_order, people_in, with_native
from fascicle.citations.postprocessing.nested_emphasis import inlines as upright
from fascicle.citations.publication_states import states
from fascicle.citations.styles.styles import DEFAULT, CitationStyle, named_style
from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.document.locale.words import words
from fascicle.document.tree import CiteMode, Inline, Link, Text, plain
from fascicle.document.works import ENTRY
from fascicle.project.bibliography.fields.markup import text

_INVERTED = re.compile(r"^([^,.]+, [\w. -]+?),? (et[ \u00a0]al\b)")


def sentence_names(
    engine: CslEngine, bones: Skeleton, answer: CslAnswer, items: Sequence[Item], problems: Collector
) -> Mapping[str, p.Inlines] | None:
    """How sentences name the authors of works, by key, where the citation itself does not.

    A style of numbers names nobody: there the names are those of a style of author and date.
    """
    found = answer.citations[bones.count :]
    if len(found) < len(bones.named):
        style = named_style(DEFAULT, problems)
        wanted = [
            item for item in items if engine.names[item.key] in {engine.names[key] for key in bones.named}
        ]
        blocks = [narrative(engine.names[key]) for key in bones.named]
        other = replace(engine, style=style).answer(blocks, wanted, problems) if style else None
        if other is None:
            return None
        found = other.citations
    return {key: list(_name(content)) for key, content in zip(bones.named, found, strict=True)}


def _name(content: p.Inlines) -> Iterator[p.Json]:
    """What stands before a note, or before the bracket with the year."""
    made: p.Inlines = []
    for node in content:
        if node["t"] == "Note" or (node["t"] == "Str" and node["c"][:1] in ("(", "[")):
            break
        made.append(node)
    while made and made[-1]["t"] == "Space":
        made.pop()
    return iter(made)


def _people(item: Item, style: CitationStyle) -> Sequence[Person]:
    """The people of a work; Chicago has screen names in parentheses, others in brackets."""
    if style.sentence_case and item.type == "broadcast":
        return [*makers(item), *people_in(item)]
    if not style.chicago:
        return people_in(item)
    return [
        replace(person, native=f"({person.native[1:-1]})") if person.native.startswith("[@") else person
        for person in people_in(item)
    ]


def listed_entry(
    entry: ListEntry, item: Item, style: CitationStyle, reader: AnswerReader, language: str = "en"
) -> tuple[Inline, ...]:
    """An entry of the list, names in their order and followed by themselves in their own script."""
    content = with_native(in_order(_et_al(entry.content, item), [item]), _people(item, style))
    made = reader.inlines(upright(content, italic=False))
    if not plain(made).strip(" .,"):
        return ()
    if style.known and "issued" not in item.dates:
        made = begun(made, states(language).values())
    return (*made, *_annotation(item, made, reader, language))


def _et_al(content: p.Inlines, item: Item) -> p.Inlines:
    """An entry whose one name before `et al.` is followed by a comma, since it is inverted."""
    if not any(len(people) == 2 and people[1] == OTHERS for people in item.names.values()):
        return content
    return first_replaced(content, _INVERTED, r"\1, \2") or content


def _annotation(
    item: Item, printed: tuple[Inline, ...], reader: AnswerReader, language: str
) -> tuple[Inline, ...]:
    """A film's directors and a record's `note`, where the style prints none: nothing is lost."""
    shown = plain(printed)
    state = _state(item, shown, language)
    reported = [
        _directors(item, shown, language),
        state,
        text(item.texts.get("note", ())).strip().rstrip("."),
    ]
    more = [one for one in reported if one and one.lower() not in shown.lower()]
    if not more:
        return ()
    stop = "" if shown.rstrip().endswith((".", "!", "?", "”", "’")) else "."
    said = stop + "".join(f" {one[:1].upper()}{one[1:]}." for one in more)
    return (Text(reader.span, said.lstrip(" ") if shown.endswith(" ") else said),)


def _state(item: Item, shown: str, language: str) -> str:
    """The state of a work without a date, unless the entry tells one, be it in the style's own words."""
    stated = text(item.texts.get("status", ()))
    if not stated or "issued" in item.dates:
        return ""
    known = states(language)
    if stated not in known or any(word.lower() in shown.lower() for word in known.values()):
        return "" if stated in known else stated
    return known[stated]


def _directors(item: Item, shown: str, language: str) -> str:
    """`directed by Jia Zhangke 贾樟柯`, unless the entry names a director already."""
    people = item.names.get("director", ())
    if not people or any((person.literal or person.family) in shown for person in people):
        return ""
    names = [" ".join(filter(None, (_in_sentence(person), person.native))) for person in people]
    return f"{words(language).films.directed_by} {', '.join(names)}"


def _in_sentence(person: Person) -> str:
    """A name as a sentence has it."""
    parts = (
        (person.family, person.given) if person.eastern else (person.given, person.particle, person.family)
    )
    return person.literal or " ".join(filter(None, parts))


class Wording:
    """Words each citation in its place; knows which works a note has named before."""

    def __init__(
        self,
        style: CitationStyle,
        items: Mapping[str, Item],
        names: Mapping[str, str],
        named: Mapping[str, p.Inlines],
        language: str = "en",
    ) -> None:
        """`items` are the works by the engine's `names`, `named` the authors' names that sentences want, by key."""
        self.conjunction = words(language).labels.and_.strip()
        self.style = style
        self.items = items
        self.names = names
        self.named = named
        self.met: set[str] = set()

    def citation(self, use: Use, content: p.Inlines, reader: AnswerReader) -> tuple[Inline, ...]:
        """What is printed for one citation."""
        works = [self.items[self.names[one.key]] for one in use.cite.citations]
        content = self._parted(in_order(content, works))
        if self.style.notes:
            content = self._note(use, content, works)
        if self.style.sentence_case and use.cite.citations[0].mode is CiteMode.NARRATIVE:
            content = _and_in_words(content, self.conjunction)
        content = in_order(self._opening(use, content), works) + content
        made = reader.inlines(upright(content, italic=False))
        if not _prints(made):
            return ()
        first = works[0].key
        if first in reader.listed and not leads_to_entry(made):
            return _linked(made, first, reader)
        return made

    def _parted(self, content: p.Inlines) -> p.Inlines:
        """A citation in which works without authors are parted as works of different authors are."""
        delimiter = self.style.delimiter.strip()
        made = list(content)
        for at in range(1, len(made) - 2):
            around = (made[at - 1], made[at + 2])
            if made[at] == p.string(",") and made[at + 1] == p.SPACE and all(map(self._nameless, around)):
                made[at] = p.string(delimiter or ",")
        return made

    def _nameless(self, node: p.Json) -> bool:
        """Whether a node leads to a work that stands under its title."""
        if node["t"] != "Link":
            return False
        item = self.items.get(str(node["c"][2][0]).removeprefix(f"#{ENTRY}"))
        return item is not None and not item.names

    def _opening(self, use: Use, content: p.Inlines) -> p.Inlines:
        """The author's name where a sentence has it and the citation has not."""
        first = use.cite.citations[0]
        if first.mode is not CiteMode.NARRATIVE or first.key not in self.named:
            return []
        if self.style.notes and use.inside:
            return []
        raised = self.style.notes or (bool(content) and content[0]["t"] == "Superscript")
        return [*self.named[first.key], *([] if raised else [p.SPACE])]

    def _note(self, use: Use, content: p.Inlines, works: Sequence[Item]) -> p.Inlines:
        """The words of a note, with names in their own script at the first mention of a work."""
        people = [
            person for item in works if item.key not in self.met for person in _people(item, self.style)
        ]
        self.met |= {item.key for item in works}
        if not use.inside:
            return [
                {**node, "c": [p.para(with_native(block["c"], people)) for block in node["c"]]}
                if node["t"] == "Note"
                else node
                for node in content
            ]
        content = with_native(_unbracketed(content), people)
        return _capitalised(content) if use.opens else content


def _and_in_words(content: p.Inlines, conjunction: str) -> p.Inlines:
    """Authors in a sentence, before the year in brackets, joined by a word: APA has `&` in brackets alone (APA 7, 8.17)."""
    made: p.Inlines = []
    for at, node in enumerate(content):
        if node["t"] == "Str" and node["c"][:1] in ("(", "["):
            return [*made, *content[at:]]
        if node == p.string("&"):
            made.append(p.string(conjunction))
        elif node["t"] in ("Link", "Span"):
            made.append(
                {**node, "c": [node["c"][0], _and_in_words(node["c"][1], conjunction), *node["c"][2:]]}
            )
        else:
            made.append(node)
    return made


def _prints(content: tuple[Inline, ...]) -> bool:
    """Whether anything is printed."""
    return any(not isinstance(node, Text) or node.text.strip(" ()[]") for node in content)


def _linked(content: tuple[Inline, ...], key: str, reader: AnswerReader) -> tuple[Inline, ...]:
    """Words that lead to an entry, notes aside."""
    return tuple(
        Link(reader.span, (node,), f"#{ENTRY}{key}") if isinstance(node, Text) and node.text.strip() else node
        for node in content
    )


def _unbracketed(content: p.Inlines) -> p.Inlines:
    """Words without the brackets that stand around a citation inside a note."""
    if not content or content[0]["t"] != "Str" or not content[0]["c"].startswith("("):
        return content
    last = content[-1]
    if last["t"] != "Str" or not last["c"].endswith(")"):
        return content
    made = [{**content[0], "c": content[0]["c"][1:]}, *content[1:-1], {**last, "c": last["c"][:-1]}]
    return [node for node in made if node.get("c") != ""]


def _capitalised(content: p.Inlines) -> p.Inlines:
    """Words that begin with a capital."""
    for at, node in enumerate(content):
        if node["t"] == "Str" and node["c"]:
            first = {**node, "c": node["c"][:1].upper() + node["c"][1:]}
            return [*content[:at], first, *content[at + 1 :]]
        inner = node["c"][1] if node["t"] in ("Link", "Span") else node["c"] if node["t"] == "Emph" else None
        if inner:
            made = _capitalised(inner)
            held = made if node["t"] == "Emph" else [node["c"][0], made, *node["c"][2:]]
            return [*content[:at], {**node, "c": held}, *content[at + 1 :]]
        if node["t"] not in ("Str", "Space"):
            break
    return content
