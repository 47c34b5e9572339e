"""Records as the Chicago Manual of Style, 17th and 18th editions, wants them."""

from __future__ import annotations

import re

from fascicle.citations.items.draft import AHEAD, LEGAL, PERIODICALS, ItemDraft, changed
from fascicle.citations.style_adjustments.sentence_case import lowered
from fascicle.project.bibliography.fields.markup import Chars, Styled, text

_ARTICLE = re.compile(r"^(?:The|An?) ")
_THESES = {
    "PhD dissertation": "PhD diss.", "PhD thesis": "PhD diss.",
    "MA thesis": "master’s thesis", "BA thesis": "bachelor’s thesis",
}  # fmt: skip
_POSTS = re.compile(
    r"(?:tweet|status update|(?:facebook|instagram|social media|mastodon|x) post|post|toot)$", re.IGNORECASE
)
_SERVICES = frozenset(
    {
        "Bluesky",
        "Facebook",
        "Instagram",
        "LinkedIn",
        "Mastodon",
        "Reddit",
        "Threads",
        "TikTok",
        "Twitter",
        "X",
    }
)
_RECORDED = re.compile(r"(?:audio|video|recording|broadcast|podcast|film|webcast|webinar)\b", re.IGNORECASE)
_PRESENTED = re.compile(r"(?:conference )?(paper|poster)(?: present(?:ation|ed))?", re.IGNORECASE)
_PROPER = re.compile(
    r"(?:Kindle|Nook|Netflix|YouTube|Blu-ray|Polaroid|Plexiglas|Cor-Ten|PhD|MA|BA|MS|US|UK|EU|(?!E-)[A-Z]-\w+|[A-Z][a-z]*[A-Z]\w*"
    r"|African|American|Arabic|British|Chinese|Dutch|Egyptian|English|European|French|German|Greek|Indian|Italian|Japanese"
    r"|Korean|Latin|Persian|Roman|Russian|Spanish|Turkish)\b"
)


def fit(draft: ItemDraft, language: str, *, notes: bool, short_stated: bool) -> None:
    """Change a draft to what the manual prints; a short title that its author has stated stays."""
    _periodical(draft)
    if not short_stated or draft.words("title-short") == draft.words("volume-title"):
        _short_title(draft)
    _unpublished(draft)
    if draft.type in LEGAL and (title := draft.texts.get("title")):
        draft.texts["title"] = (Styled("group", title),)  # `v.` in the name of a case is no end of a sentence
    _law(draft)
    _seen(draft)
    _spoken(draft, language)
    _numbered(draft)
    if draft.type == "thesis":
        draft.change("genre", lambda words: _THESES.get(words, words))
    if draft.type == "broadcast":
        _broadcast(draft)
    if draft.type == "post-weblog" and "blog" not in draft.words("container-title").lower():
        draft.texts["container-title"] = (
            *draft.texts.get("container-title", ()),
            Styled("upright", (Styled("group", (Chars(" (blog)"),)),)),
        )
    if draft.type == "personal_communication":
        draft.change("genre", _lowered)
    if draft.type == "webpage":
        _webpage(draft)
    if notes:
        for variable in ("genre", "medium"):
            draft.change(variable, _lowered)


def _spoken(draft: ItemDraft, language: str) -> None:
    """A paper is presented at a meeting; other talks are named before it."""
    if draft.type != "speech" or "event-title" not in draft.texts:
        return
    kind = _lowered(draft.words("genre"))
    draft.drop("genre")
    if (shown := _PRESENTED.fullmatch(kind)) and language.startswith("en"):
        kind = f"{shown[1].lower()} presented at "
    elif kind:
        kind = f"{kind}, "
    draft.texts["event-title"] = (Chars(kind), *draft.texts["event-title"])


def _webpage(draft: ItemDraft) -> None:
    """A post is told by its service; what is seen or heard is told after its day; a body's own site is not named."""
    if _POSTS.match(draft.words("genre")) or draft.words("container-title") in _SERVICES:
        draft.drop("genre")
    if _RECORDED.search(draft.words("genre")):
        draft.move("genre", "medium")
    if [person.literal for person in draft.names.get("author", ())] == [draft.words("container-title")]:
        draft.drop("container-title")


def _numbered(draft: ItemDraft) -> None:
    """A preprint's number stands in its address."""
    if draft.type == "article" and draft.texts.keys() & {"DOI", "URL"}:
        draft.drop("number")


def _broadcast(draft: ItemDraft) -> None:
    """The season stands in the number; a podcast is called one."""
    if draft.words("genre") == "season":
        draft.drop("volume")
    if "host" in draft.names and "URL" in draft.texts and "medium" not in draft.texts:
        draft.put("medium", "podcast")


def _seen(draft: ItemDraft) -> None:
    """What a work of art is made of stands after its year; where a performance was seen, after its company."""
    if draft.type in {"graphic", "map"} and "title" in draft.texts:
        draft.move("genre", "medium")
    if draft.type == "map" and "medium" not in draft.texts:
        draft.put("medium", "Map")
    if draft.type == "performance" and "event-place" in draft.texts:
        places = (draft.words("publisher"), draft.words("event-place"))
        draft.put("publisher", ", ".join(place for place in places if place))
        draft.drop("event-place")


def _periodical(draft: ItemDraft) -> None:
    """Newspapers and journals lose their initial `The`; pages of newspapers are not given."""
    if draft.type in PERIODICALS and draft.english:
        draft.change("container-title", lambda words: re.sub(r"^The (?=\S)", "", words))
    if draft.words("status") == AHEAD and draft.type == "article-journal":
        draft.drop("status")
    if draft.type == "article-newspaper":
        draft.drop("page")


def _short_title(draft: ItemDraft) -> None:
    """A short title begins without an article."""
    short = draft.texts.get("title-short") or draft.texts.get("title", ())
    if not draft.english or draft.type in LEGAL or not _ARTICLE.match(text(short)):
        return
    first, *rest = short
    draft.texts["title-short"] = (*changed((first,), lambda words: _ARTICLE.sub("", words)), *rest)


def _unpublished(draft: ItemDraft) -> None:
    """Letters and interviews have their day beside the one who wrote or asked."""
    if draft.type == "personal_communication" and "genre" not in draft.texts and "archive" in draft.texts:
        draft.move("issued", "event-date")
    if draft.type == "interview" and not draft.texts.keys() & {"container-title", "publisher"}:
        draft.move("issued", "event-date")


def _law(draft: ItemDraft) -> None:
    """The reporter of the Supreme Court tells the court; a patent has the days of filing and issue."""
    if draft.type == "patent":
        draft.change("number", _grouped)
        draft.move("original-date", "submitted")
        if draft.english and "title" in draft.texts:
            draft.texts["title"] = lowered(draft.texts["title"])
            draft.drop("title-short")
    if draft.type == "legal_case" and draft.words("container-title") in {"U.S.", "US", "S. Ct."}:
        draft.drop("authority")


def _grouped(number: str) -> str:
    """4,586,960."""
    return f"{int(number):,}" if number.isdigit() else number


def _lowered(words: str) -> str:
    """A description inside a note begins with a small letter, unless with a name."""
    if _PROPER.match(words) or words[1:2].isupper() or re.match(r"\S+ [A-Z]", words):
        return words
    return words[:1].lower() + words[1:]
