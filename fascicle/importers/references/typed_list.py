"""A list of works typed at a text's end, made records."""

from __future__ import annotations

import re
from typing import Any

from fascicle.core.pandoc_ast import Blocks, Json
from fascicle.importers.draft import ImportDraft
from fascicle.importers.references.in_text import Mentions
from fascicle.importers.references.leftover import unplaced
from fascicle.importers.references.reference_reader import complete, leading_names, read_reference
from fascicle.importers.tree.walk import elements, plain
from fascicle.importers.word.citations import Works

_HEADING = re.compile(
    r"(?:[\dIVX]+\.?\d?\s*)?(?:alphabetical )?(?:(?:list of |selected |cited )?references?(?: cited| list)?|(?:selected |select )?bibliography|works (?:cited|consulted)(?: page)?|literature(?: cited)?|"
    r"(?:quellen- und )?literatur(?:verzeichnis|liste|angaben|hinweise)?|(?:quellen|literatur)verzeichnis|bibliogra(?:ph|f)ie|bibliograf[íi]a|(?:primary |secondary )?sources(?: cited)?|filmography|cited works|"
    r"références(?: bibliographiques| utilisées)?|ouvrages cités|referencias(?: bibliográficas)?|obras citadas|referências(?: bibliográficas)?|riferimenti(?: bibliografici)?|"
    r"literatur[ay]|użyta literatura|seznam (?:použité )?literatury|kaynakça|irodalom(?:jegyzék)?|lähteet|litteratur(?:liste)?|"
    r"список (?:использованной )?литературы|список использованных источников|литература|библиография|βιβλιογραφία|参考文献|參考文獻|المراجع|ביבליוגרפיה|מקורות)(?:\s*\([^()]{2,30}\))?\.?:?",
    re.IGNORECASE,
)
_LEAST = 0.5


def read_typed(draft: ImportDraft) -> None:
    """Take a typed list out of the text where most of it can be read and is cited; else leave everything as typed."""
    if not draft.loose or draft.items or draft.bibliographies:
        return
    start, end = _place(draft.blocks)
    if start < 0:
        return
    end = _last_work(draft.blocks, start, end)
    listed = draft.blocks[start + 1 : end]
    entries = [entry for block in listed for entry in _entries(block)]
    items = _records(_joined(entries))
    if not items:
        return
    rest = draft.blocks[:start] + draft.blocks[end:]
    mentions = Mentions(items, draft.report)
    replaced = mentions.replace(rest)
    if len(mentions.cited) < _LEAST * len(items):
        draft.report.verify(
            f"the typed list of {len(items)} works stays as it is: {len(mentions.cited)} of them could be matched with the text",
            plain(
                draft.blocks[start]["c"][2]
                if draft.blocks[start]["t"] == "Header"
                else draft.blocks[start]["c"]
            ),
        )
        return
    draft.blocks, draft.items = replaced, items
    for block in listed:
        if block["t"] == "Header":
            draft.report.left_out("a heading inside the list of works", plain(block["c"][2]))
    if mentions.paged * 2 > len(mentions.cited):
        draft.facts.setdefault("citation-style", "mla")
    _tell(items, mentions, draft)


def _tell(items: list[dict[str, Any]], mentions: Mentions, draft: ImportDraft) -> None:
    report = draft.report
    report.read_as("a list of works typed by hand, as records in bib/imported.json", f"{len(items)} works")
    report.read_as(
        "mentions in the text, as citations of these records", f"{len(mentions.cited)} works are cited"
    )
    for item in items:
        typed = item["custom"]["typed"]
        if not complete(item):
            report.verify(
                "a work that could not be taken apart is kept whole, as its title",
                f"{item['id']}: {typed[:100]}",
            )
        elif words := unplaced(item):
            report.verify(
                "words of a typed work that have no place in its record: add them there where they belong",
                f"{item['id']}: {' '.join(words)}",
            )
        if item["id"] not in mentions.cited:
            draft.facts.setdefault("nocite", []).append(item["id"])
            report.verify(
                "a work that the list has and the text does not cite: it is printed, for publication.yaml names it under nocite",
                typed[:120],
            )


def _place(blocks: Blocks) -> tuple[int, int]:
    """Where the list begins with its heading, and where it ends."""
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        heading = block["t"] == "Header" and _HEADING.fullmatch(plain(block["c"][2]).strip())
        bold = (
            block["t"] in ("Para", "Plain")
            and len(plain(block["c"])) < 60
            and _HEADING.fullmatch(plain(block["c"]).strip())
        )
        if heading or bold:
            level = block["c"][0] if heading else 9
            end = number + 1
            while end < len(blocks) and not (blocks[end]["t"] == "Header" and blocks[end]["c"][0] <= level):
                end += 1
            return (number, end) if end > number + 1 else (-1, -1)
    return -1, -1


def _last_work(blocks: Blocks, start: int, end: int) -> int:
    """Where the list ends when other paragraphs follow its last work, such as thanks."""
    for number in range(end - 1, start, -1):
        for entry in _entries(blocks[number]):
            item = read_reference(plain(entry), _italics(entry))
            if complete(item) or re.search(r"(?:1[4-9]|20)\d\d|https?:", plain(entry)):
                return number + 1
    return end


def _entries(block: Json) -> list[list[Json]]:
    """The inlines of each reference of a block."""
    if block["t"] in ("Para", "Plain"):
        return _lines(block["c"])
    if block["t"] in ("BulletList", "OrderedList"):
        items = block["c"] if block["t"] == "BulletList" else block["c"][1]
        return [entry for item in items for each in item for entry in _entries(each)]
    if block["t"] in ("Div", "BlockQuote"):
        inner = block["c"][1] if block["t"] == "Div" else block["c"]
        return [entry for each in inner for entry in _entries(each)]
    return []


def _lines(inlines: list[Json]) -> list[list[Json]]:
    """The lines of a paragraph where each is a reference of its own, ended by the key for a new line."""
    lines: list[list[Json]] = [[]]
    for each in inlines:
        if each["t"] == "LineBreak":
            lines.append([])
        else:
            lines[-1].append(each)
    full = [line for line in lines if plain(line).strip()]
    apart = len(full) > 1 and all(
        re.search(r"(?:1[4-9]|20)\d\d|https?:|n\.\s?d\.", plain(line)) for line in full
    )
    return full if apart else [inlines]


def _italics(entry: list[Json]) -> list[str]:
    """What is in italics, by Markdown's marks or HTML's."""
    found: list[str] = []
    started, ended = -1, -2
    for number, each in enumerate(entry):
        if each["t"] == "Emph" and ended == number - 2 and entry[number - 1]["t"] == "Space":
            found[-1] += " " + plain(each["c"])
        else:
            found += [plain(inner["c"]) for inner in elements([each]) if inner["t"] == "Emph"]
        ended = number if each["t"] == "Emph" else ended
        tag = each["c"][1].strip("<> ").lower() if each["t"] == "RawInline" else ""
        if tag in ("i", "em"):
            started = number
        elif tag in ("/i", "/em") and started >= 0:
            found.append(plain(entry[started + 1 : number]))
            started = -1
    return found


def _shown(entry: list[Json]) -> str:
    """The words of an entry; a raised number before a year is an edition: `^3^2009` would be no year."""
    apart: list[Json] = []
    for each in entry:
        number = plain(each["c"]).strip() if each["t"] == "Superscript" else ""
        apart.append({"t": "Str", "c": f"^{number}^"} if re.fullmatch(r"\d{1,2}", number) else each)
    return " ".join(plain(apart).split())


def _joint(text: str, dash: re.Match[str]) -> str:
    """What stands between repeated names and what follows the dash."""
    return ", " if re.match(r"(?:and|&|und|et)\b", text[dash.end() :]) else ". "


_FINISHED = re.compile(r"[.!?)>\]”\"’]$|(?:https?://|www\.|\b10\.\d{4,}/)\S+$")
_NAMED = re.compile(
    r"[A-ZÀ-Þ][\w’'-]+(?:[ -][A-ZÀ-Þ][\w’'-]+)?,\s+[A-ZÀ-Þ]|[“\"«]|[-–—_]{2}|[A-ZÀ-Þ][^.(]{0,60}\.?\s*\((?:1[4-9]|20)\d\d"
)
_BROKEN = 0.15
_CONTINUED = re.compile(
    r"(?:Accessed|Available|Retrieved|Abgerufen|Zugriff|Consulté|Consultado|Disponib[^ ]+)\b|https?://\S+$|www\.\S+$|doi:?\s*10\.",
    re.IGNORECASE,
)
"""A line that only goes on with the work before it."""


def _with_addresses(entries: list[list[Json]]) -> list[list[Json]]:
    """The entries; a paragraph that is only an address or the day of a visit belongs to the one before."""
    made: list[list[Json]] = []
    for entry in entries:
        if made and _CONTINUED.match(" ".join(plain(entry).split())):
            made[-1] = [*made[-1], {"t": "Space"}, *entry]
        else:
            made.append(entry)
    return made


def _joined(entries: list[list[Json]]) -> list[list[Json]]:
    """The entries, where each line of them was typed as a paragraph: a line that goes on belongs to the one before."""
    shown = [" ".join(plain(entry).split()) for entry in entries]
    if any(_CONTINUED.match(text) for text in shown[1:]):
        entries = _with_addresses(entries)
        shown = [" ".join(plain(entry).split()) for entry in entries]
    if sum(not _FINISHED.search(text) for text in shown) < _BROKEN * len(shown):
        return entries
    made: list[list[Json]] = []
    before = ""
    for entry, text in zip(entries, shown, strict=True):
        quoting = before.count("“") > before.count("”")
        open_still = before and not (_FINISHED.search(before) and re.search(r"\d{4}|https?:", before))
        if quoting or (open_still and not _NAMED.match(text) and not before.endswith("?")):
            made[-1] = [*made[-1], {"t": "Space"}, *entry]
            before = f"{before} {text}"
        else:
            made.append(entry)
            before = text
    return made


def _records(entries: list[list[Json]]) -> list[dict[str, Any]]:
    works = Works()
    made: list[dict[str, Any]] = []
    before = ""
    for entry in entries:
        text = _shown(entry)
        if len(text) < 12:
            continue
        if again := re.match(r"(?:[-–—_]{2,}|[—―])\s*[.,]?\s*", text):
            text = f"{before}{_joint(text, again)}{text[again.end() :]}" if before else text
        italics = _italics(entry)
        item = read_reference(text, italics)
        key = works.key(f"typed:{text}", item)
        if all(each["id"] != key for each in made):
            made.append(works.items[key])
        before = leading_names(text, italics)
    return made
