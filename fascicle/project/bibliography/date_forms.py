"""Dates as people and reference managers write them, made into EDTF.

`May 2017`, `c2003`, `1996/97`, `30-Mar-2020`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from fascicle.project.bibliography.edtf import Point, fault

_ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
            "december")  # fmt: skip
_SEASONS = {
    "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24, "frühling": 21, "frühjahr": 21, "sommer": 22,
    "herbst": 23, "printemps": 21, "été": 22, "automne": 23, "hiver": 24, "primavera": 21, "verano": 22, "otoño": 23,
    "invierno": 24, "estate": 22, "autunno": 23, "inverno": 24,
}  # fmt: skip
_OTHER_LANGUAGES = (
    "januar,jänner,jan februar,feber,febr märz,mär,mrz april mai juni juli august september oktober,okt november dezember,dez",
    "janvier,janv février,févr,fév mars avril,avr mai juin juillet,juil août septembre octobre novembre décembre,déc",
    "enero,ene febrero marzo abril,abr mayo junio julio agosto,ago septiembre,setiembre octubre noviembre diciembre,dic",
    "gennaio,gen febbraio marzo aprile maggio,mag giugno,giu luglio,lug agosto settembre,set ottobre,ott novembre dicembre",
    "januari februari maart,mrt april mei juni juli augustus september oktober november december",
    "janeiro fevereiro,fev março abril maio junho julho agosto setembro,set outubro,out novembro dezembro",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts,mars april maj,mai juni juli august september oktober november desember,des",
    "января,январь февраля,февраль марта,март апреля,апрель мая,май июня,июнь июля,июль августа,август "
    "сентября,сентябрь октября,октябрь ноября,ноябрь декабря,декабрь",
)
"""Names of the twelve months in German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Danish and Norwegian,
and Russian."""
_ABOUT = re.compile(r"^(?:circa|ca|approx|around|about|um|vers|c(?=[.\s]))\b\.?\s*", re.IGNORECASE)
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright|cop\.|c(?=\d)|p(?=\d{4}\b))\s*", re.IGNORECASE)
_AGO = re.compile(r"\s*\b(b\.?\s?c\.?(?:\s?e\.?)?|v\.\s?chr\.|av\. j\.-c\.|a\.\s?c\.)$", re.IGNORECASE)
_ERA = re.compile(r"^(?:a\.?\s?d\.?)\s+|\s*\b(?:c\.?\s?e\.?|a\.?\s?d\.?)$", re.IGNORECASE)
_TIME = re.compile(
    r"(?<=\d)[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|UTC|GMT|[ap]m|[+-]\d{2}:?\d{2})?$", re.IGNORECASE
)
_ASIDE = re.compile(
    r"\s*[\[(](?:online|internet|accessed|print|original|reprint|ebook|e-book|epub|web)[\])]$", re.IGNORECASE
)
_WORD = re.compile(r"\d+|[^\W\d_]+")
_RANGE = re.compile(r"\s*(?:/|--+|–|—|(?<=\d{4})_(?=\d{4})|\bto\b|\bbis\b|\buntil\b)\s*")
_REPRINT = re.compile(r"(\d{4})\s*[\[(](?:orig\.?\s*)?(\d{4})[\])]|[\[(](\d{4})[\])]\s*(\d{4})")
_MAX = 80


@lru_cache(maxsize=1 << 12)
def read_date(value: str) -> str:
    """The date that a text tells, as EDTF; an empty text when it cannot be told for sure."""
    text = " ".join(value.split()).strip(" .,;")
    if not text or len(text) > _MAX:
        return ""
    if fault(text) is None:
        return text
    if found := _decade(text):
        return found
    text, doubt = _doubt(_TIME.sub("", _ASIDE.sub("", text)))
    found = next(_readings(text), "")
    return f"{found}{doubt}" if found and "/" not in found and not found.endswith("X") else found


def reprint(value: str) -> tuple[str, str]:
    """The years in which a reprint and the work itself came out, as `1989 [1924]` tells them; else empty texts."""
    match = _REPRINT.fullmatch(value.strip(" .,"))
    first, last = sorted(year for year in match.groups() if year) if match else ("", "")
    return (last, first) if first != last else ("", "")


def _doubt(text: str) -> tuple[str, str]:
    """The text without its marks of doubt, and EDTF's sign for them."""
    bare = text.strip("[]() ")
    doubtful = bare.endswith("?") and not bare.endswith("??")
    bare = bare.rstrip("?~ ") if doubtful or bare.endswith("~") else bare
    about = bool(_ABOUT.match(bare)) or text.rstrip("]) ").endswith("~")
    bare = _COPYRIGHT.sub("", _ABOUT.sub("", bare))
    return bare.strip("[](), "), "%" if about and doubtful else "~" if about else "?" if doubtful else ""


def _readings(text: str) -> Iterator[str]:
    """What the text can mean, the surest first."""
    if point := _point(text):
        yield point.edtf
    if found := _numbers(text):
        yield found
    ends = _RANGE.split(text)
    if len(ends) == 2:
        yield from _range(*ends)
    if text.count("-") == 1:
        yield from _range(*(end.strip() for end in text.split("-")))
    elif text.count("-") == 5 and " " in text:
        yield from _range(*re.split(r" ?- ", text, maxsplit=1))


def _decade(text: str) -> str:
    """`1990s` and `199?` are a decade, `19??` and `18th century` a century."""
    if match := re.fullmatch(r"(\d{3})0'?s|(\d{3})[?X\-_]", text, re.ASCII):
        return f"{match[1] or match[2]}X"
    if match := re.fullmatch(r"(\d{2})(?:\?\?|XX|--|__)", text, re.ASCII):
        return f"{match[1]}XX"
    return ""


def _point(text: str) -> Point | None:
    """One day, month, season or year in whatever form."""
    before = _AGO.search(text)
    bare = _ERA.sub("", text[: before.start()] if before else text).strip(" ,.")
    point = _numeric(bare) or _in_words(bare)
    if point is None and (before or bare != text) and re.fullmatch(r"\d{1,4}", bare, re.ASCII):
        point = Point(int(bare))
    if point and before:
        point = Point(1 - point.year, point.month, point.day)
    return point if point and point.real else None


def _numeric(text: str) -> Point | None:
    """Numbers alone: the year first, or with full stops the day first."""
    if re.fullmatch(r"-?\d{3,4}", text, re.ASCII):
        return Point(int(text)) if int(text) else None
    if re.fullmatch(r"\d{4}[a-h]", text, re.ASCII):
        return Point(int(text[:4]))
    if re.fullmatch(r"\d{3}(\d)/\d", text, re.ASCII) and int(text[3]) + 1 == int(text[-1]):
        return None  # 1564/5 is two years or a month
    if match := re.fullmatch(r"(\d{4})([-/. ])(\d{1,2})(?:\2(\d{1,2}))?", text, re.ASCII):
        return _checked(int(match[1]), int(match[3]), int(match[4] or 0))
    if match := re.fullmatch(r"(\d{4})-?([01]\d)-?(?:00)?([0-3]\d)", text, re.ASCII):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(?:(\d{1,2})\. ?)?(\d{1,2})\. ?(\d{4})", text, re.ASCII):
        return _checked(int(match[3]), int(match[2]), int(match[1] or 0))
    if match := re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", text, re.ASCII):
        return _day_or_month_first(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})/(\d{4})", text, re.ASCII):
        return _checked(int(match[2]), int(match[1]), 0)
    return None


def _day_or_month_first(first: int, second: int, year: int) -> Point | None:
    """`3/4/2018` is April to some and March to others; it is read where only one of the two can be."""
    if first == second or second > 12:
        return _checked(year, first, second)
    return _checked(year, second, first) if first > 12 else None


def _checked(year: int, month: int, day: int) -> Point | None:
    """A point whose zeros say that month or day are not known."""
    point = Point(year, month, day if month else 0)
    return point if month <= 12 and point.real else None


def _in_words(text: str) -> Point | None:
    """A month or season by its name, with a year and perhaps a day."""
    words = [word for word in _WORD.findall(text) if word.lower() not in _FILLING]
    months = [number for word in words if (number := month_named(word))]
    numbers = [word for word in words if word.isdecimal()]
    years = [word for word in numbers if len(word) == 4]
    days = [word for word in numbers if len(word) < 3]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        return None
    point = Point(int(years[0]), months[0], int(days[0]) if days else 0)
    return point if point.real and not (point.day and point.month > 12) else None


_FILLING = frozenset({"st", "nd", "rd", "th", "er", "de", "of", "the", "den", "le", "г", "года"})
"""Words of a date that say nothing."""


def _numbers(text: str) -> str:
    """Two years, or two days or months of one year: `1996/97`, `May 12–14, 2010`, `Jan/Feb 2010`."""
    if match := re.fullmatch(r"(\d{4})\s*(?:/|--?|–|—)\s*(\d{1,4})", text, re.ASCII):
        return _years(match[1], match[2])
    if match := re.fullmatch(r"(\d{4})\s*(?:-+|–|—|/)\s*(?:\?|present|heute)?", text, re.ASCII):
        return f"{match[1]}/"
    return ""


def _years(first: str, second: str) -> str:
    whole = first[: len(first) - len(second)] + second
    return f"{first}/{whole}" if int(whole) > int(first) or (whole == first and len(second) == 4) else ""


def _range(first: str, second: str) -> Iterator[str]:
    """From one date to another; the first takes from the second what it does not say."""
    last = _point(second)
    if last is None:
        if match := re.fullmatch(r"(\d{1,2}),? (\d{4})", second, re.ASCII):
            yield from _days(_point(f"{first}, {match[2]}"), int(match[1]))
        return
    start = _point(first) or _point(f"{first} {last.year}")
    if start is None and last.month and first.isdecimal() and len(first) < 3:
        start = Point(last.year, last.month, int(first)) if last.day else None
    if start is None and last.day:
        words = _WORD.findall(first)
        if len(words) == 2 and sum(map(bool, map(month_named, words))) == 1:
            start = _in_words(f"{first} {last.year}")
    season_and_year = start is not None and start.month > 12 and not last.month
    if start and start.real and _order(start) <= _order(last) and not season_and_year:
        yield f"{start.edtf}/{last.edtf}"


def _days(start: Point | None, day: int) -> Iterator[str]:
    """From one day of a month to another: `May 12–14, 2010`."""
    if start and start.day:
        last = Point(start.year, start.month, day)
        if last.real and day > start.day:
            yield f"{start.edtf}/{last.edtf}"


def _order(point: Point) -> tuple[int, int, int]:
    season = {21: 4, 22: 7, 23: 10, 24: 13}
    return point.year, season.get(point.month, point.month), point.day


def month_number(month: str) -> int:
    """A month given as number or name, or 0."""
    text = month.strip().strip(".").lower()
    if re.fullmatch(r"[0-9]{1,4}", text):
        return int(text) if 1 <= int(text) <= 12 else 0
    return month_named(text)


def month_named(word: str) -> int:
    """The number of a month by its name or its abbreviation in one of many languages, 21 to 24 for a season, or 0."""
    word = word.lower()
    if found := next((n for n, name in enumerate(_ENGLISH, 1) if len(word) > 2 and name.startswith(word)), 0):
        return found
    if word == "sept":
        return 9
    return _SEASONS.get(word) or (0 if word.isascii() and len(word) < 3 else _months().get(word, 0))


@cache
def _months() -> dict[str, int]:
    """Months by their names in other languages than English."""
    return {
        name: number
        for names in _OTHER_LANGUAGES
        for number, forms in enumerate(names.split(), 1)
        for name in forms.split(",")
    }


def from_year(year: str, month: str = "", day: str = "") -> str:
    """The date of BibTeX's `year`, `month` and `day` as EDTF; an empty text when the year is none."""
    whole = read_date(year)
    if not re.fullmatch(r"-?\d{4}[~?%]?", whole):
        return whole
    stated, doubt = whole.rstrip("~?%"), whole[len(whole.rstrip("~?%")) :]
    month, day = " ".join(re.split(r'[\s#"“”]+', month)).strip(), " ".join(day.split())
    if not month:
        return whole
    number = month_number(month)
    if number and re.fullmatch(r"[0-9]{1,2}", day):
        point = Point(int(stated), number, int(day))
        return point.edtf + doubt if point.real and number < 13 else f"{stated}-{number:02}{doubt}"
    if number and not day:
        return f"{stated}-{number:02}{doubt}"
    written = f"{month} {day}, {stated}" if number and day else f"{month} {stated}"
    return read_date(written) or (f"{stated}-{number:02}{doubt}" if number else whole)
