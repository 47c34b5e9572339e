"""Links and cross-references: addresses that TeX and PDF take as they are, numbers with the language's words."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from fascicle.document.labels import found_label
from fascicle.document.locale.words import word_for, words
from fascicle.document.tree import CrossRef, Inline, Link, Note, Text
from fascicle.document.works import ENTRY
from fascicle.latex.escape import Latex, concat, escape, long_name
from fascicle.latex.writer.nodes import command
from fascicle.latex.writer.state import Writer

_SAFE_IN_ADDRESS = "%!*'();:@&=+$,/?#[]-._~"
_TEX_IN_ADDRESS = str.maketrans({sign: f"\\{sign}" for sign in "%#&_$"} | {"~": r"\string~"})
_BREAK_AFTER = re.compile(r"([/?&=._#%+]+)")


def address(target: str) -> Latex:
    r"""Any web address as the argument of `\href`: an ASCII address, its special characters safe from TeX."""
    ascii_only = quote(_ascii_host(target), safe=_SAFE_IN_ADDRESS)
    return Latex.proved(ascii_only.translate(_TEX_IN_ADDRESS))


def _ascii_host(target: str) -> str:
    """The address with its host in IDNA form; as it is when it has no host or an impossible one."""
    try:
        parts = urlsplit(target)
        if parts.hostname and not parts.netloc.isascii():
            netloc = parts.netloc.encode("idna").decode("ascii")
            return urlunsplit((parts.scheme, netloc, parts.path, parts.query, parts.fragment))
    except (ValueError, UnicodeError):
        pass
    return target


def label_name(label: str) -> Latex:
    """A label as TeX may carry it in a name."""
    return Latex.proved(re.sub(r"[^\w.:/-]", lambda match: f"+{ord(match[0]):X}", label))


def render_link(writer: Writer, node: Link) -> Latex:
    """A link; its text alone where links are off."""
    shown = _shown(writer, node)
    if not writer.context.links:
        return shown
    writer.packages.add("hyperref")
    if node.target.startswith(f"#{ENTRY}"):
        place = writer.context.works.get(node.target.removeprefix(f"#{ENTRY}"))
        if place and writer.context.thebibliography:
            place = f"cite.{place}"  # as hyperref names it
        kind = "fasciclequietlink" if writer.in_note else "fasciclelink"
        return command(kind, label_name(place), shown) if place else shown
    if node.target.startswith("#"):
        name = node.target[1:]
        return _inside(found_label(name, writer.context.labels) or name, shown)
    return command("href", address(node.target), shown)


def _shown(writer: Writer, node: Link) -> Latex:
    """The text of a link; a bare address may break after its punctuation."""
    match node.content:
        case (Text(text=text),) if text in _addresses(node.target):
            pieces = _BREAK_AFTER.split(text)
            parts = ("".join(pieces[at : at + 2]) for at in range(0, len(pieces), 2))
            whole = Latex(r"\fasciclebreak{}").join(_unbroken(part) for part in parts if part)
            return command("fascicleaddress", whole)
    return writer.inlines(node.content)


def _addresses(target: str) -> tuple[str, ...]:
    """The forms in which an address may be shown as one."""
    return target, target.removeprefix("mailto:"), target.removeprefix("https://doi.org/")


def _unbroken(part: str) -> Latex:
    """A part of an address in which no line ends: a hyphen at its end would look like one of ours."""
    return Latex(r"\mbox{-}").join(map(long_name, part.split("-")))


def _inside(label: str, shown: Latex) -> Latex:
    return Latex(rf"\hyperref[{label_name(label)}]{{{shown}}}")


def render_crossref(writer: Writer, node: CrossRef, *, begins: bool) -> Latex:
    """`Figure 3` or the like; `begins` tells that a sentence begins with it."""
    target = writer.context.labels.get(node.label)
    if target is not None and not target.numbered:
        title = writer.inlines(_without_notes(target.title))
        return _linked(writer, node.label, title)
    number = Latex(rf"\ref{'*' if writer.context.links else ''}{{{label_name(node.label)}}}")
    if node.bare:
        return _linked(writer, node.label, number)
    return _linked(
        writer,
        node.label,
        _worded(writer.language, node.label.partition(":")[0], number, begins=begins or node.capital),
    )


def _without_notes(title: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(node for node in title if not isinstance(node, Note))


def _linked(writer: Writer, label: str, shown: Latex) -> Latex:
    if not writer.context.links:
        return shown
    writer.packages.add("hyperref")
    return _inside(label, shown)


def _worded(language: str, kind: str, number: Latex, *, begins: bool) -> Latex:
    """The number with its word, bound together by a space that no line breaks at."""
    table = words(language).cross_references
    word = word_for(kind, language)
    if kind == "eq":
        number = Latex(f"({number})")
    if word is None:
        return number
    if begins:
        word = word[:1].upper() + word[1:]
    pieces = [escape(word), Latex("~"), number]
    if kind == "sec" and table.section_after:
        pieces += [Latex("~"), escape(table.section_after)]
    return concat(pieces)
