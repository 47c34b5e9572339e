"""Titles in several scripts: which form heads the entry, and what follows it in another script or language."""

from __future__ import annotations

from fascicle.project.bibliography import BibEntry
from fascicle.project.bibmarkup import plain
from fascicle.text import bibtext


def foreign_script(text: str) -> bool:
    """True when most letters of a text are not Latin, Greek or Cyrillic, so that few readers here can say them."""
    letters = [character for character in text if character.isalpha()]
    return sum(ord(letter) >= 0x0530 and not 0x1E00 <= ord(letter) < 0x2000 for letter in letters) * 2 > len(
        letters
    )


def addition(entry: BibEntry) -> tuple[str, str]:
    """The title that heads an entry and what follows it, both as LaTeX; the second is empty for most entries.

    A title that readers know, with the original one given beside it: *24 City* [*Ershisi cheng ji* 二十四城记].
    A title in the work's own language, with a translation: *Ershisi cheng ji* 二十四城记 [24 City].
    """
    title = bibtext.field(entry.text("title"))
    original = bibtext.field(entry.text("origtitle"))
    roman = bibtext.field(entry.text("transliteration"))
    translation = bibtext.field(entry.text("translation"))
    if roman and foreign_script(plain(entry.text("title"))):
        title, original = roman, original or title
        roman = ""
    if roman and roman == title:
        roman = ""
    upright = " ".join(part for part in (rf"\mkbibemph{{{roman}}}" if roman else "", original) if part)
    if translation:
        return title, f"{upright} {{[}}{translation}{{]}}".strip()
    if upright and roman_title(entry):
        return title, upright
    return title, f"{{[}}{upright}{{]}}" if upright else ""


def roman_title(entry: BibEntry) -> bool:
    """True when the entry's own title is in a script that its transliteration stands for."""
    return bool(entry.text("transliteration")) and foreign_script(plain(entry.text("title")))
