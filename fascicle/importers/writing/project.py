"""A draft written as a project: sections, publication.yaml, bibliography, figures, the report."""

from __future__ import annotations

import json
import re
from typing import Any

from fascicle.core.diagnostics import Collector
from fascicle.core.pandoc_ast import Blocks
from fascicle.core.text.stand_ins import NO_AUTHOR, NO_TITLE
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.document.tree import Citation, walk
from fascicle.importers.draft import ImportDraft, ImportRefusedError
from fascicle.importers.tree.labels import DocumentLabels
from fascicle.importers.writing.blocks import BlockWriter
from fascicle.importers.writing.inlines import Context
from fascicle.importers.writing.pictures import PictureStore
from fascicle.importers.writing.sections import cut, file_names, front_matter, slug
from fascicle.importers.writing.yaml_text import yaml_text
from fascicle.project.bibliography.files import formats

_ORDER = (
    "title", "subtitle", "short-title", "slug",
    "authors", "affiliations", "abstract", "keywords", "language", "date", "version", "doi",
    "license", "journal", "funding", "acknowledgements", "declarations", "citation-style", "nocite", "sections", "number-sections",
)  # fmt: skip
_MARKUP = frozenset({"title", "subtitle", "short-title", "abstract", "acknowledgements"})
_IGNORED = "build/\n"


class ProjectWriter:
    """Writes one draft."""

    def __init__(self, draft: ImportDraft, labels: DocumentLabels) -> None:
        self.draft = draft
        self.labels = labels
        self.store = PictureStore(draft)
        self.files: dict[str, bytes] = {}
        self.keys: set[str] = set()

    def write(self) -> dict[str, bytes]:
        """Every file of the project, by its path, except the report."""
        self._sections()
        self._facts()
        self._bibliography()
        for name, data in self.store.files.items():
            self.files[f"figures/{name}"] = data
        if self.store.ledger:
            self._text("figures/figures.yaml", _LEDGER + yaml_text(self.store.ledger))
        self._text(".gitignore", _IGNORED)
        return self.files

    def _text(self, path: str, text: str) -> None:
        self.files[path] = text.encode()

    def _context(self, *, inline_notes: bool = False) -> Context:
        return Context(
            self.draft.report,
            self.store.place,
            self.labels.names,
            self.labels.used,
            smart=self.draft.smart,
            placed=self.labels.placed,
            inline_notes=inline_notes,
        )

    def _sections(self) -> None:
        sections = cut(self.draft)
        if not sections:
            raise ImportRefusedError("the source holds no text")
        titles = BlockWriter(self._context(inline_notes=True)).inlines
        for name, section in zip(file_names(sections), sections, strict=True):
            text = BlockWriter(self._context()).write(section.blocks)
            head = front_matter(section, titles, self.labels.names, self.labels.used)
            self._text(f"content/{name}", f"{head}\n{text}\n" if text else head)

    def _facts(self) -> None:
        facts = self.draft.facts
        writer = BlockWriter(self._context(inline_notes=True))
        for key in _MARKUP & facts.keys():
            if isinstance(facts[key], list):
                value: Blocks = facts[key]
                is_block = bool(value) and value[0]["t"] in (
                    "Para",
                    "Plain",
                    "BulletList",
                    "Header",
                    "BlockQuote",
                )
                facts[key] = writer.write(value) if is_block else writer.inlines.write(value, line=True)
        if not facts.get("title"):
            facts["title"] = NO_TITLE
            self.draft.report.verify("the source has no title: give one in content/publication.yaml")
        if not facts.get("authors"):
            facts["authors"] = [{"literal": NO_AUTHOR}]
            self.draft.report.verify(
                "the source names no author: give the authors in content/publication.yaml"
            )
        if "language" not in facts:
            facts["language"] = "en-US"
            self.draft.report.verify("the source names no language; en-US is taken")
        if not slug(str(facts["title"])):
            facts["slug"] = "text"
        ordered = {key: facts[key] for key in _ORDER if facts.get(key) not in (None, "", [], {})}
        self._text("content/publication.yaml", yaml_text(ordered))

    # -- Works ------------------------------------------------------------------------------------------

    def _bibliography(self) -> None:
        known: set[str] = set()
        for file in self.draft.bibliographies:
            data = self._single(file.name, file.data)
            self.files[f"bib/{file.name}"] = data
            known |= _keys(file.name, data)
        items = [item for item in self.draft.items if str(item["id"]) not in known]
        known |= {str(item["id"]) for item in items}
        items += [self._unknown(key) for key in _cited(self.files, known)]
        if items:
            made = json.dumps(items, ensure_ascii=False, indent=2, sort_keys=True)
            self._text("bib/imported.json", made + "\n")
        if style := self.draft.style:
            self.files[style[0]] = style[1]
            self.draft.facts.setdefault("citation-style", style[0])

    def _single(self, name: str, data: bytes) -> bytes:
        """A BibTeX file without second entries of one key, which BibTeX itself passes over."""
        if not name.endswith(".bib"):
            return data
        lines = data.decode("utf-8", "surrogateescape").replace("\r\n", "\n").split("\n")
        entries = [number for number, line in enumerate(lines) if re.match(r"\s*@\w+\s*[{(]", line)]
        seen: dict[str, int] = {}
        before = set(self.keys)
        cut: list[tuple[int, int]] = []
        for at, start in enumerate(entries):
            key = re.match(r"\s*@(\w+)\s*[{(]\s*([^\s,]+)\s*,", lines[start])
            if not key or key[1].lower() in ("string", "preamble", "comment"):
                continue
            end = entries[at + 1] if at + 1 < len(entries) else len(lines)
            self.keys.add(key[2])
            if key[2] in before:
                cut.append((start, end))
                self.draft.report.verify(
                    "a key that two bibliographies have: that of the first is kept", f"{key[2]} in {name}"
                )
            elif key[2] in seen:
                cut.append((start, end))
                same = lines[start:end] == lines[seen[key[2]] : seen[key[2]] + end - start]
                if not same:
                    self.draft.report.verify(
                        "a key that two works have: the first is kept, as BibTeX does", f"{key[2]} in {name}"
                    )
            seen.setdefault(key[2], start)
        kept = [line for number, line in enumerate(lines) if not any(a <= number < b for a, b in cut)]
        return "\n".join(kept).encode("utf-8", "surrogateescape") if cut else data

    def _unknown(self, key: str) -> dict[str, Any]:
        """A record for a work that is cited and has none."""
        if known := self.draft.look_up(key):
            self.draft.report.verify(
                "a work is cited by an identifier; its record was looked up and stands in bib/imported.json",
                f"{key}: {known['title']}",
            )
            return known
        self.draft.report.verify(
            "a work is cited and has no record; one to be filled in stands in bib/imported.json", key
        )
        item: dict[str, Any] = {"id": key, "type": "document", "title": f"To verify: {key}"}
        if found := re.fullmatch(
            r"(?:doi:|(?:url:)?https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", key, re.IGNORECASE
        ):
            item |= {"type": "article-journal", "DOI": found[1]}
        elif re.match(r"(?:https?|url):", key):
            item |= {"type": "webpage", "URL": key.removeprefix("url:")}
        return item


_LEDGER = """\
# What each picture shows (alt), who made it and whether it may be printed. The pictures came in with the text:
# look whether each is the authors' own, and give alt texts where they are missing.
"""


def _cited(files: dict[str, bytes], known: set[str]) -> list[str]:
    """Keys that the written text cites and no record has, in order, as the program itself reads them."""
    options = ParseOptions(language="en", raw_latex=False)
    found: dict[str, None] = {}
    for path, data in files.items():
        if not path.startswith("content/"):
            continue
        text = data.decode()
        blocks = parse_blocks(text, Origin(path, 1, 1), options, Collector())
        found |= {
            node.key: None for node in walk(blocks) if isinstance(node, Citation) and node.key not in known
        }
    return list(found)


def _keys(name: str, data: bytes) -> set[str]:
    """The keys of a bibliography file, as the program itself reads it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    found = formats.read(text.replace("\r\n", "\n"), name, ())
    aliases = {alias for entry in found.entries for alias in re.split(r"[\s,]+", entry.text("ids")) if alias}
    return {entry.key for entry in found.entries} | set(found.broken) | aliases
