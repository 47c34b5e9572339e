"""Titles in several scripts: which form heads the entry, and what follows it in another script or language."""

from __future__ import annotations

from fascicle.latex.biblatex import bib_text
from fascicle.project.bibliography.library import BibEntry
from fascicle.project.bibliography.markup import plain
from fascicle.project.bibliography.titles import foreign_script, roman_title


def addition(entry: BibEntry, language: str) -> tuple[str, str]:
    """The title that heads an entry and what follows it, both as LaTeX; the second is empty for most entries.

    A title that readers know, with the original one given beside it: *24 City* [*Ershisi cheng ji* 二十四城记].
    A title in the work's own language, with a translation: *Ershisi cheng ji* 二十四城记 [24 City].
    """
    title = bib_text.field(entry.text("title"))
    original = bib_text.field(entry.text("origtitle"))
    roman = bib_text.field(entry.text("transliteration"))
    translation = bib_text.field(entry.text("translation"))
    if roman and foreign_script(plain(entry.text("title")), language):
        title, original = roman, original or title
        roman = ""
    if roman and roman == title:
        roman = ""
    if title and (translation or title != bib_text.field(entry.text("title"))):
        # Capitals of a title in another language stay as they are.
        title = f"{{{{{title}}}}}" if title.startswith("\\") else f"{{{title}}}"
    upright = " ".join(part for part in (rf"\mkbibemph{{{roman}}}" if roman else "", original) if part)
    if translation:
        return title, f"{upright} {{[}}{translation}{{]}}".strip()
    if upright and roman_title(entry, language):
        return title, upright
    return title, f"{{[}}{upright}{{]}}" if upright else ""
