"""Labels of others in our spelling: what carries a name, and what refers to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from fascicle.core.pandoc_ast import Blocks, Inlines, Json, string
from fascicle.importers.report import Report
from fascicle.importers.tree.formulas import labels_of, readable
from fascicle.importers.tree.repeated import first_only
from fascicle.importers.tree.statements import MARK, PREFIXES
from fascicle.importers.tree.walk import attributes, pairs, plain, rewrite

_PREFIX = re.compile(
    r"(?:fig(?:ure)?s?|tab(?:le)?|tbl|eqn?|equation|sec(?:tion)?|subsec|ssec|chap(?:ter)?|ch|app(?:endix)?|lst|listing|"
    r"alg(?:orithm)?|suppfig|figsupp|thm|theo(?:rem)?|lem(?:ma)?|cor(?:ollary)?|pro?p(?:osition)?|cnj|def(?:n|inition)?|exa?m(?:ple)?|exr|rem(?:ark)?|sol)[:._-]",
    re.IGNORECASE,
)
_KINDS = {
    "Figure": "fig",
    "FigureGroup": "fig",
    "Table": "tbl",
    "Header": "sec",
    "Math": "eq",
    "CodeBlock": "lst",
}
_SPELT = {
    "fig": "fig", "figure": "fig", "tab": "tbl", "tbl": "tbl", "table": "tbl", "eq": "eq", "eqn": "eq", "equation": "eq",
    "sec": "sec", "section": "sec", "lst": "lst",
}  # fmt: skip
_BRACES = re.compile(r"\{#([\w:.-]+)[^{}]*\}$")
_REFERENCE = re.compile(
    r"(fig|tab|tbl|table|eq|eqn|sec|lst|thm|lem|cor|prp|exm|exr|def|alg|suppl?)[:-]", re.IGNORECASE
)
_WORDS = {"fig": "figure", "tbl": "table", "sec": "section", "eq": "equation", "lst": "listing"}


@dataclass(slots=True)
class DocumentLabels:
    """The names of a text."""

    names: dict[str, str] = field(default_factory=dict)
    """Our label by the source's name."""
    used: set[str] = field(default_factory=set)
    """Labels that something refers to."""
    placed: set[str] = field(default_factory=set)
    """Labels that stand in the text that is written."""

    def find(self, name: str) -> str | None:
        """Our label for a name, however its first letters are spelt."""
        for attempt in (
            name,
            name[:1].lower() + name[1:],
            name.replace(":", "-", 1),
            name.replace("-", ":", 1),
        ):
            if attempt in self.names:
                return self.names[attempt]
        return None

    def add(self, name: str, kind: str) -> str:
        """Give a name of the source a label of ours."""
        if name in self.names:
            return self.names[name]
        stem = re.sub(r"[^\w.-]+", "-", _PREFIX.sub("", name, count=1)).strip("-._")
        stem = re.sub(r"[.-]{2,}", "-", stem) or "one"
        label, number, taken = f"{kind}:{stem}", 2, set(self.names.values())
        while label in taken:
            label, number = f"{kind}:{stem}-{number}", number + 1
        self.names[name] = label
        return label


def read_labels(blocks: Blocks, report: Report) -> tuple[Blocks, DocumentLabels]:
    """The text with the labels of formulas and captions taken out of their words, and all names."""
    blocks = rewrite(blocks, _lifted)
    first_only(blocks, set(), report)
    labels = DocumentLabels()
    _collect(blocks, labels)
    return blocks, labels


def _lifted(element: Json) -> list[Json] | None:
    """A paragraph whose formulas carry their labels; a caption likewise."""
    kind = element["t"]
    if kind in ("Para", "Plain"):
        return [{"t": kind, "c": _formulas(element["c"])}]
    if kind in ("Table", "Figure"):
        _caption_label(element)
        return [element]
    if kind == "Header":
        element["c"][2], name = _named(element["c"][2])
        element["c"][1][0] = name or element["c"][1][0]
        return [element]
    return None


def _formulas(inlines: Inlines) -> Inlines:
    """Displayed formulas as `Math` with a third item, their label, in their own words or in braces after them."""
    made: Inlines = []
    for item in inlines:
        if item["t"] == "Math" and len(item["c"]) == 2:
            tex, name = labels_of(item["c"][1])
            made.append({"t": "Math", "c": [item["c"][0], tex, name]})
            continue
        if (
            item["t"] == "Span"
            and item["c"][0][0]
            and len(item["c"][1]) == 1
            and item["c"][1][0]["t"] == "Math"
        ):
            inner = item["c"][1][0]["c"]
            tex, name = labels_of(inner[1])
            made.append({"t": "Math", "c": [inner[0], tex, name or item["c"][0][0]]})
            continue
        found = _BRACES.fullmatch(item["c"]) if item["t"] == "Str" else None
        if found and (before := _formula_before(made)) is not None:
            before["c"][2] = found[1]
            del made[made.index(before) + 1 :]
            continue
        made.append(item)
    return made


def _formula_before(made: Inlines) -> Json | None:
    for item in reversed(made):
        if item["t"] == "Math":
            return item if item["c"][0]["t"] == "DisplayMath" else None
        if item["t"] not in ("Space", "SoftBreak"):
            return None
    return None


def _caption_label(element: Json) -> None:
    """`{#tbl:x}` at the end of a caption becomes the element's name."""
    attr, blocks = element["c"][0], element["c"][1][1]
    if not blocks or blocks[-1]["t"] not in ("Para", "Plain"):
        return
    blocks[-1]["c"], name = _named(blocks[-1]["c"])
    attr[0] = attr[0] or name


def _named(content: Inlines) -> tuple[Inlines, str]:
    """Words without the label in them, and the label."""
    for item in content:
        if item["t"] == "Span" and item["c"][0][0] and not item["c"][1]:
            return [each for each in content if each is not item], item["c"][0][0]
    last = next((item for item in reversed(content) if item["t"] not in ("Space", "SoftBreak")), None)
    found = _BRACES.search(last["c"]) if last and last["t"] == "Str" else None
    if last is None or found is None:
        return content, ""
    last["c"] = last["c"][: found.start()]
    return content, found[1]


def _collect(value: Any, labels: DocumentLabels, around: str = "") -> None:
    if isinstance(value, list):
        for item in value:
            _collect(item, labels, around)
        return
    if not isinstance(value, dict):
        return
    kind = value.get("t", "")
    attr = attributes(value) if kind else None
    name = attr[0] if attr else ""
    if kind == "Math":
        name = value["c"][2] if len(value["c"]) > 2 and readable(value["c"][1], display=True) else ""
    if kind == "Div" and attr and name and MARK in attr[1]:
        labels.names[name] = labels.add(name, PREFIXES[attr[1][1]])
    elif kind == "Div" and name:
        around = name
    if kind == "Figure" and not name and around:
        name, value["c"][0][0], around = around, around, ""
    if kind == "Table" and not name and around and not around.startswith("ref"):
        name, value["c"][0][0], around = around, around, ""
    if kind == "CodeBlock" and attr and not {"caption", "lst-cap"} & dict(attr[2]).keys():
        name = ""
    if name and kind in _KINDS:
        first, *others = name.split(",") if kind == "Math" else [name]
        label = labels.add(first, _KINDS[kind])
        labels.names |= dict.fromkeys(others, label) | {name: label}
    for item in value.values():
        _collect(item, labels, around)


def resolve_references(blocks: Blocks, labels: DocumentLabels, report: Report) -> Blocks:
    """References of every spelling as citations of our labels; those that lead nowhere become words."""

    def change(element: Json) -> list[Json] | None:
        if element["t"] == "Cite":
            return _cite(element, labels, report)
        if element["t"] == "Link":
            return _link(element, labels, report)
        return None

    return rewrite(blocks, change)  # type: ignore[no-any-return]


def reference(label: str, *, bare: bool = False) -> Json:
    """A cross-reference, as an element of our own: Pandoc has none."""
    return {"t": "Reference", "c": [label, bare]}


def _cite(element: Json, labels: DocumentLabels, report: Report) -> list[Json] | None:
    works = element["c"][0]
    names = [work["citationId"] for work in works]
    found = [labels.find(name) for name in names]
    if not any(found) and not all(_REFERENCE.match(name) for name in names):
        return None
    if not all(label or _REFERENCE.match(name) for name, label in zip(names, found, strict=True)):
        return None
    made: Inlines = []
    for number, (work, label) in enumerate(zip(works, found, strict=True)):
        if number:
            last = number == len(works) - 1
            made += [{"t": "Space"}, string("and"), {"t": "Space"}] if last else [string(","), {"t": "Space"}]
        made += [*work["citationPrefix"], {"t": "Space"}] if work["citationPrefix"] else []
        made.append(
            _one(
                work["citationId"], label, labels, report, bare=work["citationMode"]["t"] == "SuppressAuthor"
            )
        )
        made += work["citationSuffix"]
    return made


def _one(name: str, label: str | None, labels: DocumentLabels, report: Report, *, bare: bool) -> Json:
    if label:
        labels.used.add(label)
        return reference(label, bare=bare)
    prefix = _REFERENCE.match(name)
    kind = _SPELT.get(prefix[1].lower(), "") if prefix else ""
    report.left_out(
        "a cross-reference leads to nothing that can be numbered here, and is printed as its name", f"@{name}"
    )
    return string(f"{_WORDS.get(kind, '')} {_PREFIX.sub('', name, count=1)}".strip().replace(" ", "\u00a0"))


_NUMBERED = re.compile(
    r"(?:figure|fig\.?|table|tab\.?|equation|eq\.?|abbildung|abb\.?|tabelle|tableau|figura)[\s\u00a0]*\(?[\d.]+[a-z]?\)?",
    re.IGNORECASE,
)


def _link(element: Json, labels: DocumentLabels, report: Report) -> list[Json] | None:
    attr, content, (target, _) = element["c"]
    given = pairs(attr)
    name = given.get("reference") or (target[1:] if target.startswith("#") else "")
    if not name and "reference-type" in given:
        report.left_out("a cross-reference that names nothing")
        return []
    if not name:
        return None
    names = [each.strip() for each in name.split(",")]
    if "reference-type" in given:
        made: Inlines = []
        for number, each in enumerate(names):
            if number:
                made += [string(","), {"t": "Space"}]
            bare = given["reference-type"] in ("ref", "eqref")
            made.append(_one(each, labels.find(each), labels, report, bare=bare))
        return _eqref(made) if given["reference-type"] == "eqref" else made
    label = labels.find(name)
    if label is None:
        report.changed("a link inside the text leads nowhere here; its words are kept", plain(content))
        return list(content)
    if re.fullmatch(r"(?:\[?[\d.]+[a-z]?\]?|\[.*\])", plain(content).strip()) and not label.startswith(
        "sec:"
    ):
        labels.used.add(label)
        return [reference(label, bare=True)]
    labels.used.add(label)
    if _NUMBERED.fullmatch(plain(content).strip()):
        return [reference(label)]
    element["c"][2][0] = f"#{label.removeprefix('sec:')}"
    element["c"][0] = ["", [], []]
    return [element]


def _eqref(made: Inlines) -> Inlines:
    return [string("("), *made, string(")")]
