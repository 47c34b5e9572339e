"""Records as the Publication Manual of the American Psychological Association, 7th edition, wants them."""

from __future__ import annotations

import re

from fascicle.citations.items.draft import AHEAD, LEGAL, PERIODICALS, ItemDraft, Pieces
from fascicle.citations.items.marks import FIRM_COMMA
from fascicle.citations.items.model import Person
from fascicle.citations.items.titles import ADDITION
from fascicle.citations.style_adjustments.sentence_case import lowered
from fascicle.document.locale.words import words
from fascicle.project.bibliography.fields.markup import Chars, Styled

_TITLES = ("title", "container-title", "volume-title", "reviewed-title")
_THESES = {
    "PhD dissertation": "doctoral dissertation", "PhD diss.": "doctoral dissertation", "PhD thesis": "doctoral dissertation",
    "MA thesis": "master’s thesis", "BA thesis": "bachelor’s thesis",
}  # fmt: skip
_MAKERS = frozenset({"script-writer", "director"})
_VIDEOS = frozenset({"YouTube", "Vimeo", "Dailymotion", "Bilibili", "TED"})
"""Where what is seen is a video, though a record does not say so."""
_KINDS = {"song": "Album", "dataset": "Data set", "software": "Computer software"}


def fit(draft: ItemDraft, language: str) -> None:
    """Change a draft to what the manual prints."""
    if draft.english and draft.type not in LEGAL:
        for variable in _TITLES:
            if variable in draft.texts and not (variable == "container-title" and _named(draft)):
                draft.texts[variable] = lowered(draft.texts[variable])
    if "title" in draft.texts:
        draft.texts["title"] = _translation(draft.texts["title"])
    if draft.words("status") == "forthcoming":
        draft.put("status", "in press")
    elif draft.words("status") == AHEAD:
        draft.put("status", "advance online publication")
    if draft.type in PERIODICALS:
        draft.drop("collection-title")
    draft.change("edition", lambda words: re.sub(r"^rev\.", "Rev.", words))
    if draft.words("medium") in {"Kindle", "e-book", "E-book", "ebook"}:
        draft.drop("medium")
    _part(draft)
    _kind(draft, language)
    _law(draft)
    _report(draft)
    _publisher(draft)


def _named(draft: ItemDraft) -> bool:
    """Whether what a work stands in has a name that keeps its capitals."""
    return draft.type in PERIODICALS or draft.type in {"webpage", "post"}


def _translation(title: Pieces) -> Pieces:
    """A title whose translation in brackets is in small letters, as English titles are."""
    return tuple(
        Styled(ADDITION, _bracketed(piece.content))
        if isinstance(piece, Styled) and piece.style == ADDITION
        else piece
        for piece in title
    )


def _bracketed(content: Pieces) -> Pieces:
    """What stands between `[` and `]` lowered; the original script as it is."""
    ends = [at for at, piece in enumerate(content) if isinstance(piece, Chars) and piece.text.endswith("[")]
    if not ends or content[-1] != Chars("]"):
        return content
    return (*content[: ends[0] + 1], *lowered(content[ends[0] + 1 : -1]), content[-1])


def _part(draft: ItemDraft) -> None:
    """A foreword is its own title."""
    if draft.type == "chapter" and "title" not in draft.texts and "genre" in draft.texts:
        draft.change("genre", lambda words: words[:1].upper() + words[1:])
        draft.move("genre", "title")


def _report(draft: ItemDraft) -> None:
    """A report's number such as 08-01 is one, too."""
    if draft.type == "report" and re.match(r"\d.*\D", draft.words("number")):
        draft.change("number", lambda number: f"No. {number}")


def _kind(draft: ItemDraft, language: str) -> None:
    """What is printed in brackets after the title."""
    stated = bool(draft.texts.keys() & {"genre", "medium"})
    if draft.type == "thesis":
        genre = _THESES.get(draft.words("genre"), draft.words("genre"))
        published = draft.texts.keys() & {"archive", "DOI", "URL"}
        draft.put("genre", genre if published or not genre else f"unpublished {genre}")
    elif draft.type == "motion_picture" and "genre" not in draft.texts:
        film = words(language).films.film
        draft.put("genre", "; ".join(filter(None, (film, draft.words("medium")))))
        draft.drop("medium")
    elif draft.type == "broadcast":
        _broadcast(draft)
    elif draft.type == "performance":
        _performance(draft)
    elif draft.type == "song" and not stated:
        draft.put("genre", "Song" if "container-title" in draft.texts else "Album")
    elif draft.type == "webpage" and draft.words("container-title") in _VIDEOS and not stated:
        draft.put("medium", "Video")
    elif draft.type in _KINDS and not stated:
        draft.put("medium", _KINDS[draft.type])


def _broadcast(draft: ItemDraft) -> None:
    """Who wrote and directed it as authors, season and episode in parentheses, in brackets what it is."""
    made = (*draft.names.get("script-writer", ()), *draft.names.get("director", ()))
    if made and "author" not in draft.names and "host" not in draft.names:
        draft.names = {role: people for role, people in draft.names.items() if role not in _MAKERS}
        draft.names["author"] = tuple(dict.fromkeys(made))
    if draft.words("genre") == "season":
        draft.drop("volume")
        draft.put("genre", "Season")
        draft.change("number", lambda words: words.replace("episode", "Episode"))
    medium = draft.words("medium")
    if medium.endswith("podcast"):
        episode = " episode" if "container-title" in draft.texts else ""
        draft.put("medium", f"{'Video' if 'video' in medium else 'Audio'} podcast{episode}")
    elif not medium:
        draft.put("medium", "Audio podcast episode" if "host" in draft.names else "TV series episode")


def _performance(draft: ItemDraft) -> None:
    """What it was, and who gave it where."""
    if "genre" not in draft.texts:
        draft.put("genre", "Performance")
    places = (draft.words("publisher"), draft.words("event-place"))
    draft.put("publisher", ", ".join(place for place in places if place))
    draft.drop("event-place")


def _law(draft: ItemDraft) -> None:
    """The reporter of the Supreme Court tells the court; a case's name is whole in the text."""
    if draft.type == "legal_case":
        draft.drop("title-short")
        if draft.words("container-title") in {"U.S.", "US", "S. Ct."}:
            draft.drop("authority")
    if draft.type == "patent":
        draft.dates.pop("original-date", None)
        draft.change("genre", lambda words: words.replace("US Patent", "U.S. Patent"))
        if "publisher" not in draft.texts and draft.words("genre") == "U.S. Patent":
            draft.put("publisher", "U.S. Patent and Trademark Office")
        if (number := draft.words("number")).isdigit():
            draft.put("number", f"{int(number):,}".replace(",", FIRM_COMMA))


def _publisher(draft: ItemDraft) -> None:
    """An organisation that is author and publisher, or has the site, is named once."""
    authors = draft.names.get("author", ())
    if draft.type == "webpage" and [one.literal for one in authors] == [draft.words("container-title")]:
        draft.drop("container-title")
    if len(authors) == 1 and authors[0] == Person(literal=draft.words("publisher"), native=authors[0].native):
        draft.drop("publisher")
