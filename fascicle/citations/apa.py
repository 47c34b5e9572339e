"""Records as the Publication Manual of the American Psychological Association, 7th edition, wants them."""

from __future__ import annotations

from fascicle.citations.draft import PERIODICALS, Draft, Pieces
from fascicle.citations.model import Person
from fascicle.citations.sentence_case import lowered
from fascicle.citations.titles import ADDITION
from fascicle.project.bibmarkup import Chars, Piece, Styled
from fascicle.text.styles.words import film_words

_TITLES = ("title", "container-title", "volume-title", "reviewed-title")
_THESES = {
    "PhD dissertation": "doctoral dissertation", "MA thesis": "master’s thesis", "BA thesis": "bachelor’s thesis",
}  # fmt: skip
_KINDS = {"song": "Album", "dataset": "Data set", "software": "Computer software"}


def fit(draft: Draft, language: str) -> None:
    """Change a draft to what the manual prints."""
    if draft.english:
        for variable in _TITLES:
            if variable in draft.texts and not (variable == "container-title" and _named(draft)):
                draft.texts[variable] = lowered(draft.texts[variable])
    if "title" in draft.texts:
        draft.texts["title"] = _translation(draft.texts["title"])
    if draft.words("status") == "forthcoming":
        draft.put("status", "in press")
    if draft.words("medium") in {"Kindle", "e-book", "E-book", "ebook"}:
        draft.drop("medium")
    _kind(draft, language)
    _law(draft)
    _publisher(draft)


def _named(draft: Draft) -> bool:
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
    made: list[Piece] = []
    opened = False
    for piece in content:
        if isinstance(piece, Chars) and piece.text.endswith("["):
            opened = True
        elif opened and isinstance(piece, Chars) and piece.text.startswith("]"):
            opened = False
        elif opened:
            piece = lowered((piece,))[0] if isinstance(piece, Chars) else piece
        made.append(piece)
    return tuple(made)


def _kind(draft: Draft, language: str) -> None:
    """What is printed in brackets after the title."""
    stated = bool(draft.texts.keys() & {"genre", "medium"})
    if draft.type == "thesis":
        genre = _THESES.get(draft.words("genre"), draft.words("genre"))
        published = draft.texts.keys() & {"archive", "DOI", "URL"}
        draft.put("genre", genre if published or not genre else f"unpublished {genre}")
    elif draft.type == "motion_picture" and not stated:
        draft.put("genre", film_words("apa", language).film)
    elif draft.type == "broadcast":
        _broadcast(draft)
    elif draft.type == "performance":
        _performance(draft)
    elif draft.type == "song" and not stated:
        draft.put("genre", "Song" if "container-title" in draft.texts else "Album")
    elif draft.type in _KINDS and not stated:
        draft.put("medium", _KINDS[draft.type])


def _broadcast(draft: Draft) -> None:
    """Season and episode in parentheses, in brackets what it is."""
    if draft.words("genre") == "season":
        draft.drop("volume")
        draft.put("genre", "Season")
        draft.change("number", lambda words: words.replace("episode", "Episode"))
    if "medium" not in draft.texts:
        draft.put("medium", "Audio podcast episode" if "host" in draft.names else "TV series episode")


def _performance(draft: Draft) -> None:
    """What it was, and who gave it where."""
    if "genre" not in draft.texts:
        draft.put("genre", "Performance")
    places = (draft.words("publisher"), draft.words("event-place"))
    draft.put("publisher", ", ".join(place for place in places if place))
    draft.drop("event-place")


def _law(draft: Draft) -> None:
    """The reporter of the Supreme Court tells the court; a case's name is whole in the text."""
    if draft.type == "legal_case":
        draft.drop("title-short")
        if draft.words("container-title") in {"U.S.", "US", "S. Ct."}:
            draft.drop("authority")
    if draft.type == "patent":
        draft.dates.pop("original-date", None)
        draft.change("number", lambda number: f"{int(number):,}" if number.isdigit() else number)
        draft.change("genre", lambda words: words.replace("US Patent", "U.S. Patent"))
        if "publisher" not in draft.texts and draft.words("genre") == "U.S. Patent":
            draft.put("publisher", "U.S. Patent and Trademark Office")


def _publisher(draft: Draft) -> None:
    """An organisation that is author and publisher is named once."""
    authors = draft.names.get("author", ())
    if len(authors) == 1 and authors[0] == Person(literal=draft.words("publisher"), native=authors[0].native):
        draft.drop("publisher")
