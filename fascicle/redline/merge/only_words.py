"""That a Word document which came back changes words alone, and nothing that is set, loaded or run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from fascicle.document import tree as t
from fascicle.document.document import Document
from fascicle.document.works import NO_WORKS
from fascicle.pipeline.manuscript import Manuscript

_TEXTS = frozenset({
    "title", "subtitle", "short_title", "rights", "note", "bio", "abstract", "acknowledgements", "text", "source", "credit",
    "family", "given", "literal", "name", "alt", "caption",
})  # fmt: skip
"""Keys of YAML files whose values are texts; everything else that is stated stays as it is."""
_HARMLESS = ("http://", "https://", "mailto:", "#")
_WORDS = (
    t.Text, t.SoftBreak, t.HardBreak, t.Emph, t.Strong, t.Strikeout, t.Superscript, t.Subscript, t.Underline, t.Quoted,
    t.Note, t.Cite, t.Citation, t.CrossRef, t.Heading, t.Paragraph, t.BlockQuote, t.ListItem, t.BulletList, t.OrderedList,
    t.Table, t.Row, t.Cell, t.ThematicBreak,
)  # fmt: skip
"""What words are put into; more of these may come."""


def changes_more(before: Manuscript, after: Manuscript) -> bool:
    """Whether something but words differs: what the YAML files state, or formulas, code, links, pictures that came."""
    return _stated(before) != _stated(after) or bool(_effective(after.document) - _effective(before.document))


def _stated(manuscript: Manuscript) -> Any:
    """All that the publication states, its texts left out."""
    publication = manuscript.publication
    return (
        _without_texts(publication.data.model_dump()),
        [(one.path, _without_texts(one.data.model_dump())) for one in publication.sections],
        {
            path: _without_texts(one.data.model_dump()) if one.data is not None else None
            for path, one in publication.pictures.items()
        },
    )


def _without_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: "" if key in _TEXTS and isinstance(one, str) else _without_texts(one)
            for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [_without_texts(one) for one in value]
    return value


def _effective(document: Document) -> Counter[Hashable]:
    """How often the texts hold each thing that is more than words; the list of works is the program's own."""
    own = replace(document, works=NO_WORKS)
    return Counter(made for node in own.nodes() if (made := _effect(node)) is not None)


def _effect(node: t.Node) -> Hashable:
    if isinstance(node, _WORDS):
        return None
    kind = type(node).__name__
    match node:
        case t.RawInline() | t.RawBlock() | t.Math():
            return kind, node.tex
        case t.InlineCode() | t.CodeBlock():
            return kind, node.text
        case t.Link():
            return None if node.target.startswith(_HARMLESS) else (kind, node.target)
        case t.Figure():
            return kind, node.path
        case t.SpanInline() | t.Div():
            made = (kind, node.attributes.classes, node.attributes.pairs)
            return None if made == ("SpanInline", ("smallcaps",), ()) else made
    return kind
