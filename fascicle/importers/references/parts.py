"""Parts that a typed reference may have anywhere: addresses, dates, editions, people."""

from __future__ import annotations

import re
from typing import Any

from fascicle.importers.metadata.people import split_name

ANY_YEAR = re.compile(r"(?<![\d/.-])(?:1[4-9]|20)\d\d(?![\d/])")
"""Four digits that may be a year."""
_DOI = re.compile(
    r"<?(?:https?://(?:dx\.)?doi\.org/(?:doi:)?|doi:?\s*(?:doi:)?|(?<=\s))(10\.\d{4,9}/[^\s<>]+)>?(?=[.,;]?(?:\s|$))",
    re.IGNORECASE,
)
_URL = re.compile(r"<?((?:https?://|www\.)[^\s<>]+?)>?(?=[.,;]?(?:\s|$))")
_BROKEN_URL = re.compile(r"\s*<(?:https?://|www\.)[^<>]+>")
_ISBN = re.compile(r"\s*\bISBN(?:-1[03])?:?\s*([\dX][\dX –-]{8,16})\.?", re.IGNORECASE)
_MEDIUM = re.compile(
    r"(?:^|(?<=[.,)”\s]))\s*(?:Web|Print|DVD|PDF(?: file)?|JSTOR|Project MUSE|E-?book|mp3|Microsoft Word file)\.?(?:\s+(?P<day>\d{1,2}\s+[A-Z][a-z]{2,8}\.?\s+\d{4})\.?)?\s*$",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"[\s.,;]*[(\[]?\b(?:accessed|retrieved|viewed|last visited|abgerufen|consulté|consulta|acesso em)\b[^.;)\]]*[)\]]?[.;]?",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\s*\[(?:Internet|online|cited [^\]]*)\]|[\s.,]*\bavailable (?:from|at):?(?=[\s.]|$)", re.IGNORECASE
)
_REMARK = re.compile(
    r"(?<=[.\d”])\s*(?:\((?P<round>(?!pp?\.)[a-z][^()\d]{3,}[^()]{5,})\)|\[(?P<square>[a-z][^\[\]]{12,})\])[.\s]*$"
)
"""A remark in brackets after the last stop."""
EDITION = re.compile(
    r"[\s,.(]*(?P<edition>(?:rev(?:ised|\.)?,?\s*(?:&|and)?\s*(?:updated\s*)?)?(?:\d{1,2}(?:st|nd|rd|th|e|ère|[.,]?[ªºa]|\.)|rev(?:ised|\.)?|second|third|fourth|fifth|new|expanded))"
    r"\s+(?:ed(?:ition|n|izione|ición|ição)?\b\.?|Aufl(?:age)?\.?|éd(?:ition)?\.?)\)?",
    re.IGNORECASE,
)
_WORD = r"(?:[A-ZÀ-Þ][\w’'-]*[^\W\d_]|[A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.)*|[A-ZÀ-Þ]{1,3}(?=\s)|van|von|de|der|den|del|della|di|da|du|la|le|al|el|ten|zu)"
_NAME = rf"{_WORD}(?:\s+{_WORD}){{0,5}}"
NAMES = rf"{_NAME}(?:(?:,\s*{_NAME})*,?\s+(?:and|&|und|et|y|e)\s+{_NAME})?"
"""Names in the order of speech; after a comma only when “and” follows."""
TRANSLATED = re.compile(
    rf"[\s,.;(]*\b(?:[Tt]ranslated(?: from [\w ]{{3,30}})? by|[Tt]rans\.(?: by)?|[Tt]rad(?:\.|uit|uzione|ucido|ucción|ução)(?: d[eiou](?: l[’'])?\s?[\w’']*)??(?:\s(?:par|di|por|de))?|[Üü]bers(?:\.|etzt) v(?:on|\.))\s+(?P<names>{NAMES})\)?"
)
EDITED = re.compile(
    rf"[\s,.;(]*(?<!\w)(?:[Ee]dited by|[Ee]ds?\.(?: by)?|[Hh](?:g|rsg)\. v(?:on|\.)?:?|[Hh]erausgegeben von|[ÉéEe]dit[ée]e?s? par|[Ss]ous la dir(?:ection|\.) d[e’']|[Ee]d\. de|[Ee]di(?:ción|ção) de|[Aa] cura di)\s*(?P<names>{NAMES}(?:\s*/\s*{NAMES})*)(?:\s+(?:et al\.|in Zusammenarbeit mit {NAMES}|u\.\s?a\.))?\)?"
)
MONTH = (
    r"(?:[Jj]an|[Ff]eb|[Ff]év|[Mm]ar|[Mm]är|[Aa]pr|[Aa]vr|[Aa]br|[Mm]ay|[Mm]ai|[Mm]ag|[Jj]un|[Jj]uin|[Gg]iu|[Jj]ul|[Jj]uil|[Ll]ug|[Aa]ug|[Aa]oû|[Aa]go|[Ss]ep|[Ss]et|[Oo]ct|[Oo]kt|[Oo]tt|[Oo]ut|"
    r"[Nn]ov|[Dd]ec|[Dd]éc|[Dd]ez|[Dd]ic|[Ee]ne|[Gg]en)[a-zà-ÿ]*\.?"
)
"""A month in the languages of the West, in full or cut."""
YEAR = r"(?:1[4-9]|20)\d\d[a-z]?"
DAY = rf"(?:\d{{1,2}}\s+)?{MONTH}\s+(?:\d{{1,2}},\s*)?"
PAGE = r"(?!pp?\d)[A-Za-z]{0,2}\d+(?:\s*[–-]\s*[A-Za-z]{0,2}\d+|\+)?"
_DAY = re.compile(
    rf"(?:^|[\s,.]+)(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\.?\s+(?:de\s+)?{MONTH})(?:,?\s+(?:1[4-9]|20)\d\d)?(?=[.,\s]|$)"
)


def addresses(text: str) -> tuple[str, dict[str, Any]]:
    """The text without its DOI and address and how it was looked at, and these."""
    item: dict[str, Any] = {}
    text = _BROKEN_URL.sub(lambda found: " " + re.sub(r"\s+", "", found[0]), text)
    if doi := _DOI.search(text):
        item["DOI"] = doi[1].rstrip(".,;")
        text = text[: doi.start()] + text[doi.end() :]
    if address := _URL.search(text):
        found = address[1].rstrip(".,;")
        item["URL"] = found if found.startswith("http") else f"http://{found}"
        text = text[: address.start()] + text[address.end() :]
    if number := _ISBN.search(text):
        item["ISBN"] = number[1].strip(" -")
        text = text[: number.start()] + text[number.end() :]
    text = _FROM.sub("", _SEEN.sub("", text)).strip()
    if remark := _REMARK.search(text):
        item["note"] = remark["round"] or remark["square"]
        text = text[: remark.start()]
    text = _MEDIUM.sub("", re.sub(r"[\s.]+$", ".", text))
    return text.strip(" .,") + ".", item


def issued(year: str) -> dict[str, Any]:
    """CSL's date of a year as typed."""
    if again := re.fullmatch(r"\d{4}/(\d{4})", year):
        year = again[1]
    number = re.match(r"\d{4}", year)
    return {"date-parts": [[int(number[0])]]} if number else {"literal": year}


def year_of(rest: str) -> str:
    """The year of publication among the numbers of a reference: in brackets, between commas, else the last."""
    for pattern in (
        r"\((?:[^()]{0,40}\s)?((?:1[4-9]|20)\d\d)\)",
        r"(?:^|[,.;]\s*)(?:c\.?\s*)?(?:\d{1,2}\s+)?(?:[A-Z][a-z]{2,8}\.?(?:\s+\d{1,2},)?\s+)?((?:1[4-9]|20)\d\d)(?=[,.;:]|\s*$)",
    ):
        if found := re.findall(pattern, rest):
            return str(found[-1] if pattern[0] != "\\" else found[0])
    years = ANY_YEAR.findall(rest)
    return years[-1] if years else ""


def quoted_start(text: str) -> int:
    """Where the first quotation begins, after a stop, a comma, a bracket, or at the very beginning."""
    found = re.search(r"(?:^|(?<=[.,:)\]]\s))(?:[“\"„](?=\S)|«)|(?:^|(?<=[.),]\s))‘(?=\S)", text)
    return found.start() if found else -1


def take_edition(text: str) -> tuple[str, dict[str, Any]]:
    """The text without its edition, and this."""
    found = EDITION.search(text)
    if not found:
        return text, {}
    return _without(text, found), {
        "edition": re.sub(r"(?:st|nd|rd|th|(?<=\d)e|ère|[.,]?[ªºa]|\.)$", "", found["edition"])
    }


def take_people(text: str) -> tuple[str, dict[str, Any]]:
    """The text without “edited by” and “translated by”, and these people."""
    made: dict[str, Any] = {}
    for role, pattern in (("translator", TRANSLATED), ("editor", EDITED)):
        if found := pattern.search(text):
            made[role] = spoken(found["names"])
            text = _without(text, found)
    return text, made


def spoken(names: str) -> list[dict[str, str]]:
    """Names in the order of speech."""
    return [
        split_name(each)
        for each in re.split(r",?\s+(?:and|&|und|et|y|e)\s+|,\s*|\s*/\s*", names)
        if each.strip()
    ]


def without_day(text: str) -> str:
    """The text without a day of a month, which a record's year stands for."""
    return _DAY.sub("", text)


def _without(text: str, found: re.Match[str]) -> str:
    """A stop stands where something was taken out."""
    before, after = text[: found.start()].rstrip(" ,.(;"), text[found.end() :].lstrip(" ,.);")
    return f"{before}. {after}" if before and after else before + after
