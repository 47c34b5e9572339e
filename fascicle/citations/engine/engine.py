"""Pandoc's citeproc, run once over a skeleton; its results are kept by their content."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fascicle.citations.engine.serialise import json_reference, pandoc_reference, plain_in_document
from fascicle.citations.engine.skeleton import LIST
from fascicle.citations.items.marks import marked, outside_quotes, unmarked
from fascicle.citations.items.model import Item, with_initials
from fascicle.citations.styles.locales import corrections, engine_language
from fascicle.citations.styles.style_file import initials_alone, ready
from fascicle.citations.styles.styles import TAKE_AGAIN, CitationStyle
from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.system.pandoc import API, find_pandoc
from fascicle.document.works import ENTRY

GENERATION = "1"
"""Goes up when the same input comes to give another result."""
MANY = 200
"""From so many works on names are told apart only where two citations would be the same."""
SECONDS = 60.0
"""Longest time of one run, with what follows for a long text."""
CHARACTERS_A_SECOND = 2_000
"""Each further second is for so many characters of citations and works: a thesis cites a thousand times."""
MEMORY = "1500m"
"""Most memory of one run."""
_ROOM = ("-A256m", "-n4m")
"""Room in memory that pandoc fills before it tidies up: in long lists tidying takes half of the time."""
_MOST_KEPT = 40
"""Most results kept in a folder."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A work in the list, as the engine gives it."""

    name: str
    """What the engine calls it."""
    label: p.Inlines
    """Its number or label, before the entry; empty in most styles."""
    content: p.Inlines
    """The entry."""


@dataclass(frozen=True, slots=True)
class CslAnswer:
    """What a run gives."""

    citations: Sequence[p.Inlines]
    """The words of each citation, in the order of the skeleton; those of a note as one `Note`."""
    entries: Sequence[ListEntry]
    """The list of works in its order."""
    hanging: bool = True
    """Whether the first line of an entry begins further left than the others."""


@dataclass(frozen=True, slots=True)
class CslEngine:
    """Words citations in one style and language."""

    style: CitationStyle
    """The style."""
    language: str
    """The publication's language as a BCP 47 tag."""
    folder: Path | None = None
    """Where results are kept; None keeps them in memory alone."""
    span: Span | None = None
    """Where the style is named."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the engine calls each work, by its key."""
    substitute: bool = True
    """Whether a dash may stand for an author named just before, as some styles have it."""

    def answer(
        self, blocks: p.Blocks, items: Sequence[Item], problems: Collector, *, givennames: bool = True
    ) -> CslAnswer | None:
        """The citations in `blocks` and the list of the works; None, with an error, when the engine fails.

        Without `givennames` nothing tells apart people of one family name.
        """
        by_cite = len(items) >= MANY
        if initials_alone(self.style.text):
            items = [with_initials(item) for item in items]
        style = ready(
            self.style.text, by_cite=by_cite, locale=corrections(self.language), substitute=self.substitute
        )
        if not givennames:
            style = style.replace('disambiguate-add-givenname="true"', 'disambiguate-add-givenname="false"')
        skeleton = self._document(blocks, items)
        document = json.dumps(skeleton, ensure_ascii=False, sort_keys=True)
        records = json.dumps(self._records(items), ensure_ascii=False, sort_keys=True)
        key = hashlib.sha256("\0".join((GENERATION, style, document, records)).encode()).hexdigest()
        made = _remembered(key) or _kept(self.folder, key)
        answer = _parsed(made)
        if made is None or answer is None:
            made = self._run(skeleton, records, style, len(document), problems)
            answer = _parsed(made)
            if made is None or answer is None:
                return None
            _keep(self.folder, key, made)
        _REMEMBERED[key] = made
        return _read(answer, _settled if marked(made) else list)

    def _document(self, blocks: p.Blocks, items: Sequence[Item]) -> p.Json:
        metadata = {
            "lang": engine_language(self.language),
            "references": [
                pandoc_reference(item, self.language, self.style, self.names.get(item.key, item.key))
                for item in items
                if plain_in_document(item)
            ],
            "link-citations": True,
        }
        return p.pandoc(API, [*blocks, p.div([], p.attr(LIST))], metadata)

    def _records(self, items: Sequence[Item]) -> list[dict[str, Any]]:
        """The works that the engine reads from a file."""
        return [
            json_reference(item, self.language, self.style, self.names.get(item.key, item.key))
            for item in items
            if not plain_in_document(item)
        ]

    def _run(
        self, document: p.Json, records: str, style: str, length: int, problems: Collector
    ) -> str | None:
        pandoc = find_pandoc(problems, "to word citations", self.span)
        if pandoc is None:
            return None
        with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
            path = Path(scratch) / "style.csl"
            path.write_text(style, encoding="utf-8")
            room = _ROOM if len(self.names) >= MANY else ()
            options = ["--citeproc", f"--csl={path}", "--sandbox", "+RTS", f"-M{MEMORY}", *room, "-RTS"]
            if records != "[]":
                more = Path(scratch) / "works.json"
                more.write_text(records, encoding="utf-8")
                options.insert(1, f"--bibliography={more}")
            seconds = SECONDS + length / CHARACTERS_A_SECOND
            answer = pandoc.run(document, "json", *options, seconds=seconds)
        if answer.failure:
            self._tell(answer.failure, problems, late=answer.late)
            return None
        return answer.output.decode()

    def _tell(self, failure: str, problems: Collector, *, late: bool) -> None:
        message = f"the citation style '{self.style.name}' could not be used"
        often = "if it is a file of your own, look for macros that call one another too often"
        hint = often if late else TAKE_AGAIN
        problems.add(Code.UNKNOWN_CITATION_STYLE, message, self.span, hint, causes=[failure])


def _parsed(made: str | None) -> Mapping[str, Any] | None:
    """A result as the engine's document; None for none, and for one that was cut short."""
    if made is None:
        return None
    try:
        document: Mapping[str, Any] = json.loads(made)
    except ValueError:
        return None
    return document


def _settled(content: p.Inlines) -> p.Inlines:
    return outside_quotes(unmarked(content))


def _read(document: Mapping[str, Any], settled: Callable[[p.Inlines], p.Inlines]) -> CslAnswer:
    *paragraphs, listed = document["blocks"]
    attributes, entries = listed["c"]
    return CslAnswer(
        citations=[settled(next(_cites(block))) for block in paragraphs],
        entries=[_entry(block, settled) for block in entries],
        hanging="hanging-indent" in attributes[1],
    )


def _cites(block: p.Json) -> Iterator[p.Inlines]:
    """The words of the citation in a paragraph."""
    for node in block["c"]:
        if node["t"] == "Cite":
            yield node["c"][1]
        elif node["t"] == "Note":
            for inner in node["c"]:
                yield from _cites(inner)


def _entry(block: p.Json, settled: Callable[[p.Inlines], p.Inlines]) -> ListEntry:
    attributes, content = block["c"]
    inlines = [one for paragraph in content for one in paragraph["c"]]
    label: p.Inlines = []
    if inlines and _has_class(inlines[0], "csl-left-margin"):
        label = inlines.pop(0)["c"][1]
        while label and label[-1]["t"] == "Space":
            label.pop()
    if inlines and _has_class(inlines[0], "csl-right-inline"):
        inlines[:1] = inlines[0]["c"][1]
    return ListEntry(attributes[0].removeprefix(ENTRY), label, settled(inlines))


def _has_class(node: p.Json, name: str) -> bool:
    return bool(node["t"] == "Span" and name in node["c"][0][1])


_REMEMBERED: dict[str, str] = {}


def _remembered(key: str) -> str | None:
    """A result of this process."""
    if len(_REMEMBERED) > _MOST_KEPT:
        _REMEMBERED.clear()
    return _REMEMBERED.get(key)


def _kept(folder: Path | None, key: str) -> str | None:
    """A result of an earlier process."""
    if folder is None:
        return None
    try:
        return (folder / f"{key}.json").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _keep(folder: Path | None, key: str, made: str) -> None:
    """Keep a result; of many the oldest go. That it cannot be kept is no fault."""
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=folder, suffix=".part", delete=False, encoding="utf-8"
        ) as file:
            file.write(made)
        Path(file.name).replace(folder / f"{key}.json")
        found = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in found[:-_MOST_KEPT]:
            path.unlink(missing_ok=True)
    except OSError:
        return
