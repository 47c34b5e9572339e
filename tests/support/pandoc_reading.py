"""Both readings of one text, ours and Pandoc's, in a form in which equal readings are equal."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fascicle.citations.styles.style_file import ready
from fascicle.citations.styles.styles import named_style
from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import API, Pandoc

MARK = "ZZMARK"
_KINDS = ("fig:", "tbl:", "sec:", "eq:")
_WORDS = {"Str", "Space", "SoftBreak"}


def theirs(
    pandoc: Pandoc, texts: Sequence[str], folder: Path, reader: str = "markdown-auto_identifiers"
) -> list[list[p.Json]]:
    """Pandoc's blocks of each text, all read in one run."""
    names = []
    for number, text in enumerate(texts):
        name = f"c{number}.md"
        (folder / name).write_text(f"{MARK}{number}\n\n{text}\n", encoding="utf-8")
        names.append(name)
    nothing = folder / "abbreviations"
    nothing.write_text("")
    command = [
        str(pandoc.path), f"--from={reader}", "--to=json", "--file-scope",
        f"--abbreviations={nothing}", *names,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return split(json.loads(done.stdout)["blocks"], len(texts))


def split(blocks: Sequence[p.Json], count: int) -> list[list[p.Json]]:
    """Blocks by the mark that stands before those of each text."""
    parts: list[list[p.Json]] = [[] for _ in range(count)]
    at = -1
    for block in blocks:
        found = block["t"] == "Para" and len(block["c"]) == 1 and block["c"][0].get("c")
        if isinstance(found, str) and re.fullmatch(rf"{MARK}\d+", found):
            at = int(found.removeprefix(MARK))
        else:
            parts[at].append(block)
    return parts


def joined(parts: Sequence[Sequence[p.Json]]) -> list[p.Json]:
    """All blocks with a mark before those of each text."""
    return [
        block for number, part in enumerate(parts) for block in (p.para([p.string(f"{MARK}{number}")]), *part)
    ]


def normal(node: Any, number: int = 0) -> Any:
    """A reading without what means nothing: how words are cut, and what stands for a citation before it is made."""
    if isinstance(node, list):
        items = [normal(item, number) for item in node if not _comment(item)]
        if items and all(isinstance(item, dict) and "t" in item for item in items):
            return _words(items)
        return items
    if not isinstance(node, dict):
        return re.sub(rf"^c{number}\.md__", "", node) if isinstance(node, str) else node
    if node.get("t") == "Cite":
        works = [
            {
                "key": one["citationId"],
                "mode": "" if one["citationId"].startswith(_KINDS) else one["citationMode"]["t"],
                "prefix": normal(one["citationPrefix"], number),
            }
            for one in node["c"][0]
        ]
        return {"t": "Cite", "c": works}
    if node.get("t") == "Link":
        attributes, content, (target, title) = node["c"]
        target = re.sub(rf"^#c{number}\.md__", "#", target)
        return {"t": "Link", "c": [[attributes[0], [], []], normal(content, number), [target, title]]}
    if node.get("t") == "Math":
        return {"t": "Math", "c": [node["c"][0], node["c"][1].strip()]}
    if node.get("t") in ("ColWidth", "ColWidthDefault"):
        return None
    return {name: normal(value, number) for name, value in node.items()}


def _comment(node: Any) -> bool:
    """Whether Pandoc keeps a comment for writers of HTML."""
    raw = isinstance(node, dict) and node.get("t") in ("RawBlock", "RawInline")
    return raw and node["c"][1].startswith("<!--")


def _words(items: list[Any]) -> list[Any]:
    made: list[Any] = []
    for item in items:
        if item["t"] in _WORDS:
            text = {"Space": " ", "SoftBreak": "\n"}.get(item["t"]) or item["c"]
            if made and isinstance(made[-1], str):
                made[-1] += text
            else:
                made.append(text)
        else:
            made.append(item)
    if made and isinstance(made[-1], str):
        made[-1] = made[-1].rstrip(" ")
    return [re.sub(" +", " ", one) if isinstance(one, str) else one for one in made]


def printed_citations(pandoc: Pandoc, parts: Sequence[Sequence[p.Json]]) -> list[list[str]]:
    """The citations of each text as a style prints them, so that locators are told apart from other words."""
    blocks = joined(parts)
    keys = sorted({one["citationId"] for one in _works(blocks)})
    references = [
        {
            "id": key,
            "type": "book",
            "title": f"T{n}",
            "issued": str(1900 + n),
            "author": [{"family": f"Name{n}"}],
        }
        for n, key in enumerate(keys)
    ]
    style = named_style("apa", Collector())
    assert style
    document = p.pandoc(
        API, blocks, {"references": references, "lang": "en-US", "suppress-bibliography": True}
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "style.csl"
        path.write_text(ready(style.text, by_cite=False), encoding="utf-8")
        answer = pandoc.run(document, "json", "--citeproc", f"--csl={path}")
    assert not answer.failure, answer.failure
    made = split(json.loads(answer.output)["blocks"], len(parts))
    return [[_text(cite["c"][1]) for cite in _cites(part)] for part in made]


def _works(node: Any) -> list[Any]:
    return [one for cite in _cites(node, all_kinds=True) for one in cite["c"][0]]


def _cites(node: Any, *, all_kinds: bool = False) -> list[Any]:
    if isinstance(node, list):
        return [found for item in node for found in _cites(item, all_kinds=all_kinds)]
    if not isinstance(node, dict):
        return []
    own = []
    if node.get("t") == "Cite" and (all_kinds or not node["c"][0][0]["citationId"].startswith(_KINDS)):
        own = [node]
    return own + _cites(node.get("c"), all_kinds=all_kinds)


def _text(node: Any) -> str:
    if isinstance(node, list):
        return "".join(_text(item) for item in node)
    if not isinstance(node, dict):
        return ""
    if node["t"] == "Str":
        return str(node["c"]).replace("\u00a0", " ")
    if node["t"] in ("Space", "SoftBreak"):
        return " "
    if node["t"] == "Link":
        return _text(node["c"][1])
    if node["t"] == "Quoted":
        marks = "‘’" if node["c"][0]["t"] == "SingleQuote" else "“”"
        return marks[0] + _text(node["c"][1]) + marks[1]
    return _text(node.get("c"))
