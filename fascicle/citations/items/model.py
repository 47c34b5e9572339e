"""Works as CSL has them: an item, its names, and CSL's words for kinds of works and fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from fascicle.core.diagnostics import Span
from fascicle.project.bibliography.fields.markup import Piece

TYPES: Mapping[str, str] = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "book": "book", "bookinbook": "chapter",
    "booklet": "pamphlet", "collection": "book", "dataset": "dataset", "image": "graphic", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case", "legislation": "legislation", "letter": "personal_communication", "manual": "book",
    "misc": "document", "movie": "motion_picture", "music": "song", "mvbook": "book", "mvcollection": "book",
    "mvproceedings": "book", "mvreference": "book", "online": "webpage", "patent": "patent",
    "performance": "performance", "periodical": "periodical", "proceedings": "book", "reference": "book",
    "report": "report", "review": "review", "set": "document", "software": "software", "standard": "standard",
    "suppbook": "chapter", "suppcollection": "chapter", "suppperiodical": "article-journal", "thesis": "thesis",
    "unpublished": "manuscript", "video": "motion_picture",
}  # fmt: skip
"""CSL's types (CSL 1.0.2, appendix III) by biblatex's."""
SUBTYPES: Mapping[str, str] = {
    "newspaper": "article-newspaper", "magazine": "article-magazine", "map": "map", "interview": "interview",
    "speech": "speech", "episode": "broadcast", "broadcast": "broadcast", "podcast": "broadcast",
    "post": "post", "weblog": "post-weblog", "blog": "post-weblog", "dictionary": "entry-dictionary",
    "encyclopedia": "entry-encyclopedia", "classic": "classic", "hearing": "hearing", "bill": "bill",
    "regulation": "regulation", "treaty": "treaty", "figure": "figure", "event": "event", "preprint": "article",
    "review": "review", "bookreview": "review-book", "talk": "speech", "lecture": "speech", "poster": "speech",
}  # fmt: skip
"""CSL's types by the field `entrysubtype`, which says more than an entry's type."""
ROLES: Mapping[str, str] = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "director": "director", "narrator": "narrator", "producer": "producer", "execproducer": "executive-producer",
    "writer": "script-writer", "foreword": "contributor", "introduction": "contributor", "afterword": "contributor",
    "host": "host", "guest": "guest", "performer": "performer", "composer": "composer", "illustrator": "illustrator",
    "curator": "curator", "interviewer": "interviewer", "recipient": "recipient", "reviewedauthor": "reviewed-author",
}  # fmt: skip
"""CSL's name variables by field."""
EDITOR_ROLES: Mapping[str, str] = {
    "director": "director", "compiler": "compiler", "organizer": "organizer", "producer": "producer",
}  # fmt: skip
"""CSL's name variables by the field `editortype`."""
TEXTS: Mapping[str, str] = {
    "series": "collection-title", "eventtitle": "event-title", "venue": "event-place", "volume": "volume",
    "volumes": "number-of-volumes", "chapter": "chapter-number", "version": "version",
    "shorttitle": "title-short", "shortjournal": "container-title-short", "part": "part-number",
    "origpublisher": "original-publisher", "origlocation": "original-publisher-place",
    "pagetotal": "number-of-pages", "isbn": "ISBN", "issn": "ISSN",
    "archive": "archive", "archivelocation": "archive_location", "archivecollection": "archive_collection",
    "archiveplace": "archive-place", "authority": "authority", "jurisdiction": "jurisdiction", "scale": "scale",
    "dimensions": "dimensions", "references": "references", "section": "section", "reviewedtitle": "reviewed-title",
    "status": "status",
}  # fmt: skip
"""CSL's text variables by field, where nothing else decides."""
GENRES: Mapping[str, str] = {
    "phdthesis": "PhD dissertation", "mathesis": "MA thesis", "bathesis": "BA thesis", "candthesis": "candidate thesis",
    "techreport": "technical report", "resreport": "research report", "patentus": "US Patent",
    "patenteu": "European Patent", "patentde": "German Patent", "patentuk": "British Patent", "patentfr": "French Patent",
}  # fmt: skip
"""BibTeX's words for kinds of theses and reports, as they are printed."""
DATES: Mapping[str, str] = {
    "date": "issued", "eventdate": "event-date", "origdate": "original-date", "urldate": "accessed",
}  # fmt: skip
"""CSL's date variables by field."""
STATES: Mapping[str, str] = {
    "forthcoming": "forthcoming", "inpress": "in press", "submitted": "submitted",
    "inpreparation": "in preparation", "prepublished": "prepublished",
}  # fmt: skip
"""States of publication as they are printed."""
LANGUAGES: Mapping[str, str] = {
    "english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "german": "de", "ngerman": "de", "austrian": "de-AT", "naustrian": "de-AT", "nswissgerman": "de-CH",
    "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt", "brazilian": "pt-BR", "dutch": "nl",
    "russian": "ru", "ukrainian": "uk", "chinese": "zh", "japanese": "ja", "korean": "ko", "polish": "pl",
    "swedish": "sv", "danish": "da", "norsk": "nb", "norwegian": "nb", "nynorsk": "nn", "czech": "cs",
    "hungarian": "hu", "turkish": "tr", "greek": "el", "latin": "la", "arabic": "ar", "hebrew": "he",
    "finnish": "fi", "romanian": "ro", "slovak": "sk", "slovene": "sl", "croatian": "hr", "serbian": "sr",
    "catalan": "ca", "basque": "eu", "bulgarian": "bg", "persian": "fa", "australian": "en-AU", "newzealand": "en-NZ",
    "canadian": "en-CA", "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "ita": "it", "por": "pt",
    "dut": "nl", "nld": "nl", "rus": "ru", "ukr": "uk", "chi": "zh", "zho": "zh", "jpn": "ja", "kor": "ko", "pol": "pl",
    "swe": "sv", "dan": "da", "nor": "nb", "cze": "cs", "ces": "cs", "hun": "hu", "tur": "tr", "gre": "el", "ell": "el",
    "lat": "la", "ara": "ar", "heb": "he", "fin": "fi", "rum": "ro", "ron": "ro", "slo": "sk", "slk": "sk", "slv": "sl",
    "hrv": "hr", "srp": "sr", "cat": "ca", "baq": "eu", "eus": "eu", "bul": "bg", "per": "fa", "fas": "fa",
    "anglais": "en", "englisch": "en", "inglés": "en", "inglese": "en", "français": "fr", "deutsch": "de", "español": "es",
    "italiano": "it", "português": "pt", "nederlands": "nl", "polski": "pl", "русский": "ru", "中文": "zh", "日本語": "ja",
}  # fmt: skip
"""BCP 47 tags by babel's names of languages, by the codes of three letters that library catalogues write, and by names."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name as CSL has it."""

    family: str = ""
    """Family name."""
    given: str = ""
    """Given names."""
    particle: str = ""
    """Particle before the family name, such as `van der`."""
    keeps_particle: bool = True
    """True when the particle counts as part of the family name in citations."""
    suffix: str = ""
    """Jr, III."""
    literal: str = ""
    """The whole name of a body, or a name in East Asian script; then all else is empty."""
    eastern: bool = False
    """True when the family name is printed first everywhere, without a comma."""
    native: str = ""
    """The name in its own script, printed after it in lists."""


_INVOLVED = frozenset({"container-author", "interviewer", "recipient", "reviewed-author"})
"""Roles of people by whom no work is cited."""
OTHERS = Person(literal="others")
"""What ends a list of names that names not all."""


@dataclass(frozen=True, slots=True)
class Item:
    """One work."""

    key: str
    """Its key, which citations name."""
    type: str
    """Its CSL type."""
    texts: Mapping[str, tuple[Piece, ...]]
    """CSL's text variables, with their markup."""
    names: Mapping[str, tuple[Person, ...]]
    """CSL's name variables."""
    dates: Mapping[str, str]
    """CSL's date variables in EDTF, as biblatex writes them."""
    language: str = ""
    """The work's language as a BCP 47 tag, where the entry says it."""
    listed: bool = True
    """False for works that citations name and the list leaves out."""
    label: str = ""
    """What stands for the work in the text where it has no number, such as `Author 2014` in an anonymous copy."""
    span: Span | None = None
    """Where its entry stands."""


FIRST_ROLES = ("author", "director", "editor", "translator")
"""Roles of those by whom a work is cited, the first that is there."""


def short_name(item: Item) -> str:
    """First author and year in natbib's form: `Smith(2016)`, `Smith et al.(2016)`; with neither name nor year empty."""
    people = next((item.names[role] for role in FIRST_ROLES if item.names.get(role)), ())
    name = people[0].literal or people[0].family if people else ""
    if len(people) > 2:
        name += " et al."
    elif len(people) == 2:
        name += " and " + (people[1].literal or people[1].family)
    year = item.dates.get("issued", "")[:4]
    return f"{name}({year})" if name or year else ""


def with_initials(item: Item) -> Item:
    """A work with initials in place of the given names of those by whom it is cited."""
    names = {
        role: people if role in _INVOLVED else tuple(with_initials_of(person) for person in people)
        for role, people in item.names.items()
    }
    return replace(item, names=names)


def with_initials_of(person: Person) -> Person:
    """A person with initials in place of given names."""
    given = re.sub(r"[^\W\d_][\w’']*\.?", lambda match: _initial(match[0]), person.given)
    return replace(person, given=given)


def _initial(name: str) -> str:
    """`A.` for `Ann`; small words and initials written together stay."""
    return f"{name[0]}." if name[0].isupper() and not name.isupper() else name
