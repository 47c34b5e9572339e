"""One typed reference read as a record.

Chicago, APA, Harvard, MLA, Vancouver; what cannot be read is kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fascicle.importers.references.names import read_names

_YEAR = r"(?P<year>(?:1[4-9]|20)\d\d(?:[–/-]\d{2,4})?[a-z]?|n\.\s?d\.|forthcoming|in press)"
_DATED = re.compile(
    rf"(?P<names>[^(\[“\"]{{2,400}}?)[.,]?\s*[(\[]{_YEAR}(?:,\s*[^)\]]{{1,20}})?(?:\s*\[\d{{4}}\])?[)\]][.,:]?\s*(?P<rest>.+)",
    re.DOTALL,
)
_BARE = re.compile(rf"(?P<names>[^(\[“\"]{{2,400}}?)[.,]\s+{_YEAR}[.,:]\s+(?P<rest>.+)", re.DOTALL)
_QUOTED = re.compile(r"\s*[“\"«‘](?P<title>.+?)[,.]?[”\"»’][.,]?(?=\s|$)\s*(?P<tail>.*)", re.DOTALL)
_NUMBER = re.compile(r"\s*(?:\[\d+\]|\(\d+\)|\d+[.)])\s+")
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)(10\.\d{4,9}/\S+?)(?=[.,;]?(?:\s|$))", re.IGNORECASE
)
_URL = re.compile(r"<?(https?://[^\s<>]+?)>?(?=[.,;]?(?:\s|$))")
_JOURNAL = re.compile(
    r"(?P<name>[^\d“”]{3,120}?)[,.]?\s+(?:vol\.\s*)?(?P<volume>\d{1,4})\s*(?:\((?P<issue>[\d–/-]{1,9})\)|[,.]\s*(?:no|issue|nr)\.?\s*(?P<number>[\d–/-]{1,9}))?"
    r"\s*(?:\((?:[A-Za-z.]+\s+)?(?:\d{4})\)|,\s*(?:[A-Z][a-z.]+\s+)?\d{4})?\s*(?:[:,]\s*(?:pp?\.\s*)?(?P<pages>[A-Za-z]?\d+(?:\s*[–-]\s*[A-Za-z]?\d+)?))?[.\s]*$"
)
_VANCOUVER = re.compile(
    r"(?P<name>[^\d]{3,120}?)\.?\s+(?P<year>\d{4})(?:\s+[A-Z][a-z]{2}(?:\s+\d+)?)?;\s*(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?:\s*(?P<pages>[\w–-]+)"
)
_HOUSE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][\w.’' -]{1,30}(?:,\s*[A-Z][\w.]{1,14})?(?:\s*[/&]\s*[A-Z]\w+)?):\s*(?P<house>[^\W\d][^,:;“”]{1,80}?)(?:[,;]\s*(?P<year>\d{4}))?[.\s]*$"
)
_MLA_HOUSE = re.compile(r"(?P<house>[A-ZÀ-Þ][^.:;“”]{2,60}),\s*(?P<year>(?:1[4-9]|20)\d\d)[.\s]*$")
_PAGES = re.compile(r"[,:]?\s*\(?(?:pp?\.\s*)?(?P<pages>\d{1,4}\s*[–-]\s*\d{1,4})\)?[.,]?")
_ANY_YEAR = re.compile(r"(?<![\d/.-])(?:1[4-9]|20)\d\d(?![\d/])")
_FILM = re.compile(r"\b(?:dir\.|directed by|film|dvd|documentary)\b", re.IGNORECASE)
_THESIS = re.compile(
    r"\b(?:phd|doctoral|master[’']?s|ma)\s+(?:thesis|diss(?:ertation)?)\b|\bdiss\.", re.IGNORECASE
)


def read_reference(text: str, italics: Sequence[str] = ()) -> dict[str, Any]:
    """A record with everything that can be read; without names, year and title the whole text is its title."""
    whole = " ".join(text.split())
    rest, item = _addresses(_NUMBER.sub("", whole, count=1) if _NUMBER.match(whole) else whole)
    found = _author_date(rest, italics) or _year_last(rest, italics)
    if not found or not found.get("title"):
        return {"type": "document", "title": f"To verify: {whole}", **item, "custom": {"typed": whole}}
    return {**found, **item, "custom": {"typed": whole}}


def complete(item: dict[str, Any]) -> bool:
    """Whether names, year and title were read."""
    return (
        "issued" in item
        and ("author" in item or "editor" in item)
        and not str(item["title"]).startswith("To verify")
    )


def _addresses(text: str) -> tuple[str, dict[str, Any]]:
    item: dict[str, Any] = {}
    if doi := _DOI.search(text):
        item["DOI"] = doi[1].rstrip(".,;")
        text = text[: doi.start()] + text[doi.end() :]
    if address := _URL.search(text):
        item["URL"] = address[1].rstrip(".,;")
        text = text[: address.start()] + text[address.end() :]
    text = re.sub(
        r"\s*\[(?:Internet|online|cited [^\]]*|accessed [^\]]*)\]|\s*Available from:",
        "",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(
        r"\(?(?:accessed|retrieved|viewed|abgerufen|consulté)\b[^.;)]*[.;)]?", "", text, flags=re.IGNORECASE
    )
    return text.strip(" .") + ".", item


def _author_date(text: str, italics: Sequence[str]) -> dict[str, Any] | None:
    for pattern in (_DATED, _BARE):
        found = pattern.match(text)
        names = read_names(found["names"]) if found else None
        if found and names:
            item = _people(found["names"], names) | {"issued": _issued(found["year"])}
            return item | _titled(found["rest"], italics)
    return None


def _year_last(text: str, italics: Sequence[str]) -> dict[str, Any] | None:
    """Names, title, and the year among what follows, as MLA, Chicago's bibliographies and Vancouver have it."""
    best: tuple[str, list[dict[str, str]], str] | None = None
    for cut in _CUT.finditer(text):
        names = None if _WORD_STOP.search(text[: cut.start()]) else read_names(text[: cut.start()])
        if best and all(_vancouver(name, best[0]) for name in best[1]):
            break
        if names:
            best = (text[: cut.start()], names, text[cut.end() :])
    year = _year_of(best[2]) if best else ""
    if best is None or not year:
        return None
    return _people(best[0], best[1]) | {"issued": _issued(year)} | _titled(best[2], italics)


def _vancouver(name: dict[str, str], text: str) -> bool:
    """Whether a name has its initials behind it without a comma: such a list ends at its first full stop."""
    given = name.get("given", "")
    return bool(re.fullmatch(r"[A-ZÀ-Þ]{1,3}", given)) and f"{name.get('family', '')} {given}" in text


_CUT = re.compile(r"\.\s+(?=[“\"«‘]|[\w])")
_WORD_STOP = re.compile(r"[^\W\d_A-ZÀ-Þ]{2,}\.\s(?<!Jr\.\s)(?<!al\.\s)")


def _year_of(rest: str) -> str:
    """The year of publication among the numbers of a reference: in brackets, between commas, else the last."""
    for pattern in (
        r"\((?:[^()]{0,40}\s)?((?:1[4-9]|20)\d\d)\)",
        r"[,.]\s+(?:\d{1,2}\s+)?(?:[A-Z][a-z]{2,8}\.?(?:\s+\d{1,2},)?\s+)?((?:1[4-9]|20)\d\d)(?=[,.;]|\s*$)",
    ):
        if found := re.findall(pattern, rest):
            return str(found[0])
    years = _ANY_YEAR.findall(rest)
    return years[-1] if years else ""


def _people(text: str, names: list[dict[str, str]]) -> dict[str, Any]:
    role = "editor" if re.search(r"\beds?\b|\(Hg|\(Hrsg|\bdir\.", text) else "author"
    return {role: names}


def _issued(year: str) -> dict[str, Any]:
    number = re.match(r"\d{4}", year)
    return {"date-parts": [[int(number[0])]]} if number else {"literal": year}


def _titled(rest: str, italics: Sequence[str]) -> dict[str, Any]:
    rest = rest.strip()
    if quoted := _QUOTED.match(rest):
        return {"title": quoted["title"].strip(" ,."), **_container(quoted["tail"], quoted=True)}
    first = next((words for words in italics if words.strip(" .,") and rest.startswith(words.strip())), "")
    if first:
        title, tail = first.strip(" .,"), rest[len(first.strip()) :].lstrip(" .,")
        return {"title": title, **_house(tail)}
    inside = next(
        (words.strip(" .,") for words in italics if words.strip(" .,") and words.strip(" .,") in rest), ""
    )
    title, stop, tail = _sentence(rest)
    if inside and inside in title and title.index(inside) > 3:
        title, tail = rest[: rest.index(inside)].strip(" .,"), rest[rest.index(inside) :]
    return (
        {"title": title.strip(" ."), **_container(tail, quoted=False)}
        if title and stop
        else {"title": title.strip(" ."), "type": "document"}
    )


def _sentence(text: str) -> tuple[str, str, str]:
    """A title up to its full stop, which no initial and no abbreviation has."""
    for found in re.finditer(r"[.?!](?=\s+[A-ZÀ-Þ“\"(]|\s*$)", text):
        before = text[: found.start()]
        if not re.search(r"(?:^|[\s.])(?:[A-Z]|vol|no|ed|eds|St|Dr|vs|cf)$", before):
            end = found.end() if found[0] != "." else found.start()
            return text[:end], found[0], text[found.end() :].strip()
    return text.strip(" ."), "", ""


def _container(tail: str, *, quoted: bool) -> dict[str, Any]:
    tail = tail.strip()
    if inside := re.match(r"(?:In:?|in:?)\s+(?P<book>.+)", tail, re.DOTALL):
        return _chapter(inside["book"])
    if _HOUSE.match(tail) or _MLA_HOUSE.fullmatch(tail):
        return _house(tail)
    if vancouver := _VANCOUVER.match(tail):
        kept = {key: vancouver[key] for key in ("volume", "issue") if vancouver[key]}
        return {
            "type": "article-journal",
            "container-title": vancouver["name"].strip(" ,."),
            "page": vancouver["pages"],
            **kept,
        }
    if journal := _JOURNAL.match(tail):
        found = {
            "volume": journal["volume"],
            "issue": journal["issue"] or journal["number"],
            "page": journal["pages"],
        }
        kept = {key: value for key, value in found.items() if value}
        return {"type": "article-journal", "container-title": journal["name"].strip(" ,."), **kept}
    if quoted and tail and not _HOUSE.search(tail):
        name = re.split(r"[,.](?:\s|$)", tail)[0].strip()
        pages = _PAGES.search(tail)
        number = re.search(r"vol\.\s*(\d+)", tail)
        issue = re.search(r"no\.\s*([\d–/-]+)", tail)
        extra = {
            "page": pages["pages"] if pages else "",
            "volume": number[1] if number else "",
            "issue": issue[1] if issue else "",
        }
        kind = "article-journal" if number or issue or pages else "article-magazine"
        return {
            "type": kind,
            "container-title": name,
            **{key: value for key, value in extra.items() if value},
        }
    return _house(tail)


def _chapter(text: str) -> dict[str, Any]:
    item: dict[str, Any] = {"type": "chapter"}
    if pages := _PAGES.search(text):
        item["page"] = pages["pages"]
        text = text[: pages.start()] + "." + text[pages.end() :]
    edited = re.match(r"(?P<names>[^“”]{4,200}?),?\s*\((?:eds?\.?|Hg\.|Hrsg\.)\)[.,:]?\s*(?P<book>.+)", text)
    after = re.match(
        r"(?P<book>.+?)[,.]\s+(?:edited by|ed\.|eds\.)\s+(?P<names>[^.:]+)[.,]\s*(?P<tail>.*)", text
    )
    if edited and (names := read_names(edited["names"])):
        item["editor"], text = names, edited["book"]
    elif after and (names := read_names(after["names"]) or None):
        item["editor"] = names
        return item | {
            "container-title": after["book"].strip(" .,"),
            **{k: v for k, v in _house(after["tail"]).items() if k != "type"},
        }
    book, _, tail = _sentence(text)
    return item | {
        "container-title": book.strip(" .,"),
        **{key: value for key, value in _house(tail).items() if key != "type"},
    }


def _house(tail: str) -> dict[str, Any]:
    kind = "thesis" if _THESIS.search(tail) else "motion_picture" if _FILM.search(tail) else "book"
    if found := _HOUSE.search(tail):
        return {
            "type": kind,
            "publisher-place": found["place"].strip(),
            "publisher": found["house"].strip(" ."),
        }
    if found := _MLA_HOUSE.search(tail):
        return {"type": kind, "publisher": found["house"].strip(" .")}
    name = tail.strip(" .")
    if kind == "book" and name and len(name) < 60 and not re.search(r"\d", name):
        return {"type": kind, "publisher": name}
    return {"type": kind if name else "document"}
