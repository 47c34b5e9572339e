"""A CSL style as XML: read without trust, looked at, and made ready for the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from fascicle.citations.pandoc_citations import terms
from fascicle.document.citation_format import CitationFormat

MOST_BYTES = 1_000_000
"""Largest style file; the largest of the collection has a quarter of that."""
_CSL = "{http://purl.org/net/xbiblio/csl}"
GLOBAL_RULE = re.compile(r'(givenname-disambiguation-rule=")(?:primary-name|all-names)[a-z-]*(")')
"""How a style says that initials are printed wherever there is a namesake."""
_LOWERED_STATE = re.compile(r'(<text\b[^<>]{0,2000}?) text-case="lowercase"([^<>]{0,2000} variable="status")')
"""A state of publication in small letters: it has them where its language wants them, and German does not."""


class BrokenStyleError(Exception):
    """A file is no style that can be used."""


@dataclass(frozen=True, slots=True)
class StyleFile:
    """A style as its file has it."""

    root: ElementTree.Element
    """Its XML."""
    text: str
    """Its text."""

    @property
    def parent(self) -> str:
        """Name of the style that this one only stands for; empty when it is one itself."""
        return next(_parents(self.root), "")

    @property
    def format(self) -> CitationFormat:
        """How it cites."""
        if self.root.get("class") == "note":
            return CitationFormat.NOTE
        stated = (
            one.get("citation-format")
            for one in self.root.iter(f"{_CSL}category")
            if one.get("citation-format")
        )
        name = next(stated, "author-date")
        return CitationFormat(name) if name in set(CitationFormat) else CitationFormat.AUTHOR_DATE

    @property
    def lists(self) -> bool:
        """Whether it has a list of works."""
        return self.root.find(f"{_CSL}bibliography") is not None

    @property
    def substitutes(self) -> bool:
        """Whether a dash or the like stands in its list for an author named just before."""
        found = self.root.find(f"{_CSL}bibliography")
        return found is not None and found.get("subsequent-author-substitute") is not None

    @property
    def locators(self) -> bool:
        """Whether its citations tell places in a work, such as pages."""
        return re.search(r'variable="[^"]*\blocator\b', self.text) is not None


def read_style(text: str) -> StyleFile:
    """A style's file; BrokenStyleError, with what is wrong, when it is none."""
    if len(text) > MOST_BYTES:
        raise BrokenStyleError(f"it is larger than {MOST_BYTES // 1000:,} kB")
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text):
        raise BrokenStyleError("it declares a document type or entities, which no style needs")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - it declares no entities
    except ElementTree.ParseError as error:
        raise BrokenStyleError(f"its XML is broken: {error}") from None
    if root.tag == "style":
        raise BrokenStyleError(f'its element <style> lacks xmlns="{_CSL[1:-1]}"')
    if root.tag != f"{_CSL}style":
        raise BrokenStyleError("it is no CSL style: its outermost element is not <style>")
    if not all(_parents(root)):
        raise BrokenStyleError("it stands for another style, and does not say for which")
    found = StyleFile(root, text)
    if not found.parent:
        _check(root)
    return found


def _parents(root: ElementTree.Element) -> Iterator[str]:
    """Names of the styles for which it says that it stands: the engine would ask the network for them."""
    for element in root.iter():
        if element.get("rel", "").strip() == "independent-parent":
            yield element.get("href", "").rstrip().rstrip("/").rpartition("/")[2]


def _check(root: ElementTree.Element) -> None:
    if root.find(f"{_CSL}citation") is None:
        raise BrokenStyleError("it has no element <citation>")
    calls = {
        macro.get("name", ""): [one.get("macro", "") for one in macro.iter() if one.get("macro")]
        for macro in root.iter(f"{_CSL}macro")
    }
    for element in root.iter():
        called = element.get("macro")
        if called and called not in calls:
            raise BrokenStyleError(f"it calls the macro '{called}', which it does not define")
    if name := next(_circles(calls), None):
        raise BrokenStyleError(f"its macro '{name}' calls itself")


def _circles(calls: Mapping[str, list[str]]) -> Iterator[str]:
    """Macros that lead back to themselves."""
    done: set[str] = set()
    for start in calls:
        path: list[tuple[str, Iterator[str]]] = [(start, iter(calls[start]))]
        open_names = {start}
        while path:
            name, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                open_names.discard(name)
                done.add(name)
            elif following in open_names:
                yield following
                return
            elif following not in done:
                open_names.add(following)
                path.append((following, iter(calls.get(following, []))))


def initials_alone(text: str) -> bool:
    """Whether a style tells namesakes apart by initials alone, and prints no other given names."""
    opening = re.search(r"<style\b[^>]*>", text)
    return "-with-initials" in text and opening is not None and 'initialize-with="' in opening[0]


def ready(text: str, *, by_cite: bool, locale: str = "", substitute: bool = True) -> str:
    """A style's text as the engine takes it.

    It gets a further form of each locator's term, one that no style prints but that citeproc recognises, and the
    corrections of `locale`. With `by_cite` names are told apart only where citations would be the same: telling all
    namesakes apart takes a time that grows with the cube of the works. Without `substitute` no dash stands for an author.
    """
    listed = "".join(f'<term name="{name}" form="verb-short">{word}</term>' for name, word in terms().items())
    at = re.search(r"<(?:[a-z]+:)?(?:macro|citation)\b", text)
    place = at.start() if at else len(text)
    text = f"{text[:place]}<locale><terms>{listed}</terms></locale>{locale}{text[place:]}"
    text = _LOWERED_STATE.sub(r"\1\2", text)
    if by_cite:
        text = GLOBAL_RULE.sub(r"\1by-cite\2", text)
    return text if substitute else re.sub(r'\ssubsequent-author-substitute="[^"]*"', "", text)
