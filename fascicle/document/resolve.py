"""Step 2, second half: citations, cross-references and labels held against what the publication has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.suggestions import get_close_matches
from fascicle.document.document import Document
from fascicle.document.labels import found_label, heading_label
from fascicle.document.sections.numbering import DEPTH
from fascicle.document.tree import (
    Citation,
    CodeBlock,
    CrossRef,
    Figure,
    FigureGroup,
    Heading,
    Inline,
    Link,
    Math,
    Node,
    OrderedList,
    Statement,
    Table,
)
from fascicle.project.bibliography.library import Bibliography, check, closest, note_unused


@dataclass(frozen=True, slots=True)
class Label:
    """Something that a cross-reference can name."""

    name: str
    """The label with its kind, such as `fig:x`."""
    span: Span
    """Where it is given."""
    numbered: bool = True
    """False for a heading without a number: its title stands for it."""
    title: tuple[Inline, ...] = ()
    """A heading's text."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the texts point at."""

    labels: Mapping[str, Label]
    """Labels by name."""
    cited: tuple[str, ...]
    """Keys of the bibliography in the order of first citation, then those of `nocite`; only keys that exist."""
    figures: tuple[Figure, ...]
    """Figures in the order placed."""


def resolve(document: Document, problems: Collector) -> Resolved:
    """Labels, citations and figures of `document`; what points nowhere goes to `problems`."""
    nodes = list(document.nodes())
    labels = _labels(document, nodes, problems)
    for node in nodes:
        if isinstance(node, CrossRef):
            _check_reference(node, labels, problems)
    _check_links(nodes, labels, problems)
    bibliography: Bibliography = document.publication.bibliography
    cited, meant = _cited(nodes, bibliography, problems)
    added = _added(document, bibliography, problems)
    check(bibliography, [*(node.key for node in nodes if isinstance(node, Citation)), *added], problems)
    cited = tuple(dict.fromkeys((*cited, *added)))
    if not lacks_text(problems):
        note_unused(bibliography, [*cited, *meant], problems)
    return Resolved(
        labels=labels,
        cited=cited,
        figures=tuple(node for node in nodes if isinstance(node, Figure)),
    )


_NO_TEXT = frozenset(
    (Code.NOT_UTF8, Code.NO_SECTIONS, Code.LEFT_OUT_SECTION, Code.MISSING_FILE, Code.UNREADABLE_FILE)
)


def lacks_text(problems: Collector) -> bool:
    """Whether a section could not be read, so that nobody knows what it cites and shows."""
    return any(
        one.code in _NO_TEXT and one.span is not None and one.span.file.startswith("content/")
        for one in problems
    )


def _added(document: Document, bibliography: Bibliography, problems: Collector) -> list[str]:
    """Keys of works that are to be listed though nothing cites them."""
    added: list[str] = []
    for number, key in enumerate(document.publication.data.nocite):
        key = bibliography.aliases.get(key, key)
        if key == "*":
            added += bibliography.entries
        elif key in bibliography.entries:
            added.append(key)
        elif key not in bibliography.broken and not bibliography.unread:
            near = closest(bibliography, key) if problems.wants_hint(Code.UNDEFINED_CITATION) else None
            hints = (f"did you mean '{near}'?",) if near else ()
            span = document.publication.places.of("nocite", number)
            problems.add(Code.UNDEFINED_CITATION, f"the bibliography has no entry '{key}'", span, *hints)
    return added


def _labels(document: Document, nodes: Iterable[Node], problems: Collector) -> dict[str, Label]:
    numbered = document.publication.data.number_sections
    given = [
        Label(
            parsed.section.label,
            parsed.section.places.of("id"),
            numbered and parsed.section.data.numbered,
            parsed.title,
        )
        for parsed in document.sections
        if parsed.section.data.heading
    ]
    given += [label for node in nodes for label in _label_of(node, numbered=numbered)]
    labels: dict[str, Label] = {}
    for label in given:
        if label.name in labels:
            first = labels[label.name].span
            message = f"the label '{label.name}' is given twice: first at {first.file}:{first.line}"
            problems.add(Code.DUPLICATE_LABEL, message, label.span, "give one of the two another name")
        labels.setdefault(label.name, label)
    return labels


_LABELLED = Heading | Figure | FigureGroup | Table | Math | Statement | CodeBlock


def _label_of(node: Node, *, numbered: bool) -> list[Label]:
    if isinstance(node, OrderedList):
        return [Label(name, node.span) for name in node.names if name]
    if not isinstance(node, _LABELLED) or not node.attributes.id:
        return []
    if isinstance(node, CodeBlock) and not node.attributes.id.startswith("lst:"):
        return []
    span = node.attributes.span or node.span
    if isinstance(node, Heading):
        name = node.attributes.id
        # A heading too deep for a number is referred to by its title.
        number = numbered and node.level <= DEPTH and "unnumbered" not in node.attributes.classes
        return [Label(heading_label(name), span, number, node.content)]
    return [Label(node.attributes.id, span)]


def _check_reference(node: CrossRef, labels: Mapping[str, Label], problems: Collector) -> None:
    label = labels.get(node.label)
    if label is None:
        hints = [_meant_label(node.label, labels)] if problems.wants_hint(Code.UNDEFINED_REFERENCE) else []
        problems.add(Code.UNDEFINED_REFERENCE, f"nothing has the label '{node.label}'", node.span, *hints)


def _meant_label(label: str, labels: Mapping[str, Label]) -> str:
    """A hint for a label that is not there."""
    if near := get_close_matches(label, labels, n=1, cutoff=0.6):
        return f"did you mean '@{near[0]}'?"
    return f"labels known here: {', '.join(sorted(labels)[:12]) or 'none'}"


def _check_links(nodes: list[Node], labels: Mapping[str, Label], problems: Collector) -> None:
    """Links inside the text (`[there](#name)`) may lead to whatever carries a name."""
    given = (getattr(node, "attributes", None) for node in nodes)
    names = {attributes.id for attributes in given if attributes and attributes.id} | labels.keys()
    for node in nodes:
        if not isinstance(node, Link) or not node.target.startswith("#"):
            continue
        name = node.target[1:]
        if found_label(name, names) is None:
            wanted = problems.wants_hint(Code.UNDEFINED_REFERENCE)
            near = get_close_matches(name, names, n=1, cutoff=0.6) if wanted else []
            hint = f"did you mean '#{near[0]}'?" if near else "give the place a name in braces: {#name}"
            message = f"the link leads to '#{name}', and nothing has that name"
            problems.add(Code.UNDEFINED_REFERENCE, message, node.span, hint)


def _cited(
    nodes: Iterable[Node], bibliography: Bibliography, problems: Collector
) -> tuple[tuple[str, ...], set[str]]:
    """Keys that are cited and there, in the order of the text, and those that misspelt ones seem to mean."""
    meant: set[str] = set()
    cited: Counter[str] = Counter()
    missing: list[Citation] = []
    for node in nodes:
        if not isinstance(node, Citation):
            continue
        if node.key in bibliography.entries or node.key in bibliography.aliases:
            cited[bibliography.aliases.get(node.key, node.key)] += 1
            continue
        if node.key in bibliography.broken or bibliography.unread:
            continue
        if not bibliography.entries:
            missing.append(node)
            continue
        wanted = problems.wants_hint(Code.UNDEFINED_CITATION)
        near = closest(bibliography, node.key) if wanted else None
        message = f"no entry '{node.key}' in {', '.join(bibliography.files)}"
        otherwise = f"give the work a record there, or write \\@{node.key} to print the sign itself"
        hints = (f"did you mean '{near}'?" if near else otherwise,)
        meant |= {near} if near else set()
        problems.add(Code.UNDEFINED_CITATION, message, node.span, *hints)
    if missing:
        keys = ", ".join(f"'{key}'" for key in list(dict.fromkeys(node.key for node in missing))[:5])
        empty = ", ".join(bibliography.files)
        what = f"{empty} holds no entry" if empty else "bib/ holds no bibliography"
        message = f"works are cited ({keys}), and {what}"
        hint = "put a file into bib/: .bib, .ris, or CSL as .json or .yaml"
        problems.add(Code.UNDEFINED_CITATION, message, missing[0].span, hint)
    return tuple(cited), meant
