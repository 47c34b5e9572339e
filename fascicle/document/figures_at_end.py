"""Numbered pictures collected at the end, as many journals want manuscripts, with a mark in each one's place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fascicle.document.document import Document
from fascicle.document.locale import cross_references
from fascicle.document.locale.bibliography_terms import nearest
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import Attributes, Block, Div, Figure, Heading, Inline, Node, Paragraph, Text

COLLECTED = ("figures",)
"""Path under which the collected pictures stand among a document's texts."""
_WORDS: Mapping[str, tuple[str, str]] = {
    "en": ("Figures", "[{} about here]"),
    "de": ("Abbildungen", "[{} etwa hier]"),
    "fr": ("Figures", "[{} à peu près ici]"),
    "es": ("Figuras", "[{} aproximadamente aquí]"),
    "it": ("Figure", "[{} all’incirca qui]"),
    "pt": ("Figuras", "[{} aproximadamente aqui]"),
    "nl": ("Figuren", "[{} ongeveer hier]"),
    "sv": ("Figurer", "[{} ungefär här]"),
    "da": ("Figurer", "[{} omtrent her]"),
    "nb": ("Figurer", "[{} omtrent her]"),
    "pl": ("Rysunki", "[{} mniej więcej tutaj]"),
    "cs": ("Obrázky", "[{} přibližně zde]"),
    "ru": ("Рисунки", "[{} примерно здесь]"),
    "zh": ("图", "【{}约在此处】"),
    "zh-Hant": ("圖", "【{}約在此處】"),
    "ja": ("図", "［{}をこの辺りに挿入］"),
}
"""The heading, and what stands in a picture's place, by language."""
_ALTERNATIVE: Mapping[str, str] = {
    "en": "Alternative text",
    "de": "Alternativtext",
    "fr": "Texte alternatif",
    "es": "Texto alternativo",
    "it": "Testo alternativo",
    "pt": "Texto alternativo",
    "nl": "Alternatieve tekst",
    "sv": "Alternativtext",
    "da": "Alternativ tekst",
    "nb": "Alternativ tekst",
    "pl": "Tekst alternatywny",
    "cs": "Alternativní text",
    "ru": "Альтернативный текст",
    "zh": "替代文本",
    "zh-Hant": "替代文字",
    "ja": "代替テキスト",
}
"""What introduces the words for those who cannot see a picture, where the picture itself is elsewhere."""


def alternative(language: str) -> str:
    """`Alternative text` in the nearest language."""
    return nearest(_ALTERNATIVE, language)


def pictures_at_end(document: Document) -> Document:
    """`document` with its numbered pictures after everything else, under the path `COLLECTED`.

    Numbers are those that the pictures had, for they keep their order; a picture without caption and label has none
    and stays.
    """
    language = document.publication.data.language
    heading, mark = nearest(_WORDS, language)
    pictures: list[Block] = []

    def moved(node: Node) -> Node:
        if not isinstance(node, Figure) or not (node.caption or node.attributes.id):
            return node
        attributes = replace(node.attributes, classes=(*node.attributes.classes, "here"))
        pictures.append(replace(node, attributes=attributes))
        return _mark(node, mark, f"{cross_references.words(language).figure} {len(pictures)}")

    sections = tuple(replace(parsed, blocks=rewritten(parsed.blocks, moved)) for parsed in document.sections)
    if not pictures:
        return document
    title: tuple[Inline, ...] = (Text(pictures[0].span, heading),)
    head = Heading(pictures[0].span, 1, title, Attributes(classes=("unnumbered",)))
    return replace(document, sections=sections, blocks={**document.blocks, COLLECTED: (head, *pictures)})


def _mark(node: Figure, mark: str, name: str) -> Block:
    """`[Figure 1 about here]`, by itself in the middle of a line."""
    text = Text(node.span, mark.format(name[:1].upper() + name[1:]))
    return Div(node.span, (Paragraph(node.span, (text,)),), Attributes(classes=("placemark",)))
