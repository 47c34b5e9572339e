"""The language of a text, by its letters and its most frequent small words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby

from fascicle.core.pandoc_ast import Blocks, Json
from fascicle.document.locale.direction import direction
from fascicle.importers.draft import ImportDraft
from fascicle.importers.tree.walk import plain

_SMALL = {
    "ca": "el la de i que a en les els per amb un una és del no són aquesta aquest",
    "cs": "a se v na je že s z do i o k jako by které pro byl nebo podle jsou",
    "da": "og i at det er en til af på for med den som ikke de der har et blev",
    "de": "der die und das nicht von zu ist den mit sich des auf für ein eine dem im auch als",
    "en": "the of and to in that is for it with as was on be by this are from an which",
    "es": "el los las del y que una por con para se como más pero su lo al es en de la un",
    "fi": "ja on ei se että oli ovat mutta kun niin myös sekä tai joka ole jotka",
    "fr": "le la les des et est du une dans que qui pour pas sur au par plus ce aux avec de un en",
    "hu": "a az és hogy nem is egy ez volt meg csak mint van de kell vagy ha",
    "id": "yang dan di untuk dengan dari ini pada adalah dalam tidak oleh",
    "it": "il di che e la per un non del della una con sono gli dei nel è alla le da in",
    "nb": "og i det som er en til av på for med den at ikke har et de om ble",
    "nl": "de het een van en is dat niet op te zijn voor met die aan er ook door worden in",
    "pl": "w i na z się do że nie jest to jak przez od dla oraz są po które który",
    "pt": "o os as do da dos das e que uma um com não para por mais como em ao no na de",
    "ro": "și de în la a cu pe care din este nu un o pentru sau mai",
    "sv": "och i att det som en är på av för med den till inte ett har de om var",
    "tr": "ve bir bu için ile olarak da de olan gibi daha çok en ise",
    "ru": "и в не на что с как по это из к а но для от его также",
    "uk": "і в не на що з як до це та для від його також є",
    "bg": "и на в се да за от че не по са това като",
    "sr": "и у на да се је за од са не као што су",
}
_SHARED = Counter(word for words in _SMALL.values() for word in words.split())
_WEIGHTS = {tag: {word: 1 / _SHARED[word] for word in words.split()} for tag, words in _SMALL.items()}
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("am", re.compile("[\u1200-\u137f]")),
)
_URDU = re.compile("[\u0679\u0688\u0691\u06ba\u06d2]")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af\u06cc\u06a9]")
_LEFTWARD = re.compile("[\u0590-\u08ff]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[{}();=<>\[\]]")
"""Signs of a line of code: its brackets would face the other way in a line from right to left."""
_LONGEST = 200_000
_FEWEST = 40
_LEAST = 0.08
_CLEAR = 1.3


def language_of_text(text: str) -> str | None:
    """The language tag of a text; None when its words do not tell."""
    text = text[:_LONGEST]
    letters = len(_LETTER.findall(text))
    if letters < _FEWEST:
        return None
    return _by_script(text, letters) or _by_words(text)


def leftward(text: str) -> str | None:
    """The language of words most of whose letters run from right to left; None for other words."""
    letters = len(_LETTER.findall(text))
    return _by_script(text, letters) if letters and 2 * len(_LEFTWARD.findall(text)) > letters else None


def _by_script(text: str, letters: int) -> str | None:
    shares = {tag: len(pattern.findall(text)) / letters for tag, pattern in _SCRIPTS}
    if shares["ja"] > 0.1 and shares["ja"] + shares["zh"] > 0.4:
        return "ja"
    tag = max(shares, key=lambda each: shares[each])
    if shares[tag] < 0.4:
        return None
    if tag == "ar":
        marked = len(_URDU.findall(text)), len(_PERSIAN.findall(text))
        return "ur" if marked[0] * 60 > letters else "fa" if marked[1] * 25 > letters else "ar"
    return tag


def _by_words(text: str) -> str | None:
    words = Counter(_WORD.findall(text.lower()))
    total = words.total()
    if total < _FEWEST:
        return None
    scores = {
        tag: sum(weight * words[word] for word, weight in weights.items()) / total
        for tag, weights in _WEIGHTS.items()
    }
    first, second = sorted(scores, key=lambda tag: -scores[tag])[:2]
    return first if scores[first] > _LEAST and scores[first] > _CLEAR * scores[second] else None


def read_language(draft: ImportDraft) -> None:
    """State the language that the text's words are of, and mark paragraphs that run in the other direction."""
    stated = str(draft.facts.get("language", ""))
    found = language_of_text(plain(draft.blocks))
    if found and found != stated.split("-")[0].lower().replace("no", "nb"):
        draft.facts["language"] = {"en": "en-US"}.get(found, found)
        told = f"the source says that its language is {stated}" if stated else "the source names no language"
        draft.report.verify(f"{told}; by its words {found} is taken")
    language = draft.facts.get("language", "en-US")
    draft.blocks = _marked(draft.blocks, direction(language) == "rtl")


def _marked(blocks: Blocks, rtl: bool) -> Blocks:
    """The blocks, those whose letters run the other way in divisions of their language."""
    made: Blocks = []
    for tag, run in groupby(blocks, lambda block: _other(block, rtl)):
        found = [_inside(block, rtl) for block in run]
        made += [{"t": "Div", "c": [["", [], [["lang", tag]]], found]}] if tag else found
    return made


def _other(block: Json, rtl: bool) -> str | None:
    if block["t"] not in ("Para", "BulletList", "OrderedList", "BlockQuote"):
        return None
    text = plain(block)
    tag = leftward(text)
    if not rtl:
        return tag
    long = len(_LETTER.findall(text)) >= _FEWEST or (_CODE.search(text) and not _LEFTWARD.search(text))
    return (language_of_text(text) or "en") if long and not tag else None


def _inside(block: Json, rtl: bool) -> Json:
    """A block with what stands in it marked, where it holds others."""
    if block["t"] == "BlockQuote" and not _other(block, rtl):
        return {"t": "BlockQuote", "c": _marked(block["c"], rtl)}
    return block
