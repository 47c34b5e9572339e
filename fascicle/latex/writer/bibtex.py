r"""Citations and lists that a journal's own BibTeX style words.

Natbib's commands in place of our words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fascicle.document.locator_words import place_words
from fascicle.document.tree import Citation, Cite, CiteMode, Inline, Text, plain
from fascicle.latex.context import BibtexList
from fascicle.latex.escape import Latex, concat
from fascicle.latex.writer.links import label_name
from fascicle.latex.writer.nodes import plain_name
from fascicle.latex.writer.state import Writer


def list_commands(names: BibtexList) -> Latex:
    """The list under the heading that stands there already, with all works of the file, cited or not."""
    style, file = label_name(names.style), label_name(names.file)
    return Latex(
        rf"\bibliographystyle{{{style}}}" + "\n\\nocite{*}\n"
        rf"{{\fasciclebibtexsetup\bibliography{{{file}}}}}"
    )


def cite_command(writer: Writer, node: Cite, names: BibtexList) -> Latex:
    """One citation. Works that are not listed keep our words; of others only the author in a sentence is worded by us."""
    listed = [one for one in node.citations if one.key in names.keys]
    if not listed:
        return writer.inlines(node.content)
    parts: list[Latex] = []
    if len(listed) < len(node.citations):
        parts.append(writer.inlines(node.content[:1]))  # the labels of works that an anonymous copy withholds
    narrative = node.citations[0].mode is CiteMode.NARRATIVE and listed[0] is node.citations[0]
    if narrative and names.numeric:
        parts.append(writer.inlines(named(node.content)))
    parts.append(_cited(writer, listed, names, _command(listed[0].mode, names)))
    return concat(parts)


def _command(mode: CiteMode, names: BibtexList) -> str:
    if names.numeric:
        return "cite"
    return {CiteMode.NARRATIVE: "citet", CiteMode.SUPPRESS_AUTHOR: "citeyearpar"}.get(mode, "citep")


def _cited(writer: Writer, listed: Sequence[Citation], names: BibtexList, command: str) -> Latex:
    """One command for all works where only the first has words before it and only the last words after it."""
    if in_one(listed):
        keys = Latex(",").join(label_name(names.keys[one.key]) for one in listed)
        return _one(writer, command, listed[0].prefix, listed[-1], keys)
    works = [_one(writer, "citealp", one.prefix, one, label_name(names.keys[one.key])) for one in listed]
    return concat((Latex(r"\citetext{"), Latex("; ").join(works), Latex("}")))


def in_one(listed: Sequence[Citation]) -> bool:
    """Whether one command can name all works: words stand before the first and after the last alone."""
    return not any(one.prefix for one in listed[1:]) and not any(map(_followed, listed[:-1]))


def _followed(one: Citation) -> bool:
    return bool(one.locator.strip() or one.suffix)


def _one(writer: Writer, command: str, prefix: tuple[Inline, ...], last: Citation, keys: Latex) -> Latex:
    before, after = writer.inlines(prefix), writer.inlines(place_words(last))
    options = Latex(f"[{before}][{after}]" if before else f"[{after}]" if after else "")
    return Latex(rf"\{plain_name(command)}{options}{{{keys}}}")


def named(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """The author's name and the space before the number."""
    return tuple(_named(content))


def _named(content: Sequence[Inline]) -> Iterator[Inline]:
    for node in content:
        if isinstance(node, Text):
            before, bracket, _ = node.text.partition("[")
            if before:
                yield replace(node, text=before)
            if bracket:
                return
        elif plain((node,)).lstrip().startswith("["):
            return
        else:
            yield node
