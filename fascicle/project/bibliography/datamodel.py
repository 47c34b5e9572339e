"""The data model of bibliographies.

Entry types, their required fields, and what kind of value each field holds.

Types, fields, aliases and required fields follow the biblatex manual, sections 2.1 and 2.2 and appendices A and B.
A film has one record of our own, described in `docs/bibliography.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fascicle.core.suggestions import get_close_matches

REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author",), ("title",), ("journaltitle",), ("date",)),
    "artwork": (("title",), ("date",)),
    "audio": (("title",), ("date",)),
    "book": (("author", "editor"), ("title",), ("date",)),
    "bookinbook": (("author",), ("title",), ("booktitle",), ("date",)),
    "booklet": (("author", "editor"), ("title",), ("date",)),
    "collection": (("editor",), ("title",), ("date",)),
    "dataset": (("author", "editor"), ("title",), ("date",)),
    "image": (("title",), ("date",)),
    "inbook": (("author",), ("title",), ("booktitle",), ("date",)),
    "incollection": (("author",), ("title",), ("booktitle",), ("date",)),
    "inproceedings": (("author",), ("title",), ("booktitle",), ("date",)),
    "inreference": (("title",), ("booktitle",), ("date",)),
    "jurisdiction": (("title",), ("date",)),
    "legislation": (("title",), ("date",)),
    "letter": (("author",), ("date",)),
    "manual": (("author", "editor", "organization"), ("title",), ("date",)),
    "misc": (("author", "editor", "title"), ("date",)),
    "movie": (("title",), ("date",)),
    "music": (("author", "title"), ("date",)),
    "mvbook": (("author", "editor"), ("title",), ("date",)),
    "mvcollection": (("editor",), ("title",), ("date",)),
    "mvproceedings": (("title",), ("date",)),
    "mvreference": (("editor", "title"), ("date",)),
    "online": (("author", "editor", "title"), ("date", "urldate"), ("doi", "eprint", "url")),
    "patent": (("author",), ("title",), ("number",), ("date",)),
    "performance": (("title",), ("date", "eventdate")),
    "periodical": (("title",), ("date",)),
    "proceedings": (("title",), ("date",)),
    "reference": (("title",), ("date",)),
    "report": (("author", "editor", "institution"), ("title",), ("date",)),
    "review": (("author",), ("journaltitle",), ("date",)),
    "software": (("author", "editor", "title"), ("date",)),
    "standard": (("title",), ("date",)),
    "suppbook": (("author",), ("title", "type"), ("booktitle",), ("date",)),
    "suppcollection": (("author",), ("title", "type"), ("booktitle",), ("date",)),
    "suppperiodical": (("author",), ("journaltitle",), ("date",)),
    "thesis": (("author",), ("title",), ("type",), ("institution",), ("date",)),
    "unpublished": (("author", "title"), ("date",)),
    "video": (("title",), ("date",)),
    "set": (("entryset",),),
    "xdata": (),
}
"""Required fields by entry type: of each group one must be there. Groups of several are ours where every style
prints a good entry with either, such as an edited book without an author."""

ALIASES: Mapping[str, tuple[str, str]] = {
    "conference": ("inproceedings", ""),
    "electronic": ("online", ""),
    "www": ("online", ""),
    "webpage": ("online", ""),
    "mastersthesis": ("thesis", "mathesis"),
    "phdthesis": ("thesis", "phdthesis"),
    "techreport": ("report", "techreport"),
    "film": ("movie", ""),
    "motionpicture": ("movie", ""),
    "legal": ("legislation", ""),
    "commentary": ("misc", ""),
    "bibnote": ("misc", ""),
    "conference-paper": ("inproceedings", ""),
    "journalarticle": ("article", ""),
    "inencyclopedia": ("inreference", ""),
    "encyclopedia": ("reference", ""),
    "lexicon": ("reference", ""),
    "mvlexicon": ("mvreference", ""),
    "inlexicon": ("inreference", ""),
    "periodicalissue": ("periodical", ""),
    "newspaper": ("article", ""),
    "bachelorsthesis": ("thesis", "bathesis"),
    "masterthesis": ("thesis", "mathesis"),
    "dissertation": ("thesis", "phdthesis"),
    "doctoralthesis": ("thesis", "phdthesis"),
    "preprint": ("online", ""),
    "data": ("dataset", ""),
    "softwareversion": ("software", ""),
    "softwaremodule": ("software", ""),
    "codefragment": ("software", ""),
    "constitution": ("legislation", ""),
    "legmaterial": ("legislation", ""),
    "legadminmaterial": ("legislation", ""),
    "judicial": ("jurisdiction", ""),
    "case": ("jurisdiction", ""),
    "presentation": ("unpublished", ""),
}
"""Other names of entry types, each with the `type` that it stands for (biblatex manual, 2.1.2)."""

FIELD_ALIASES: Mapping[str, str] = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "journal": "journaltitle",
    "key": "sortkey",
    "pdf": "file",
    "primaryclass": "eprintclass",
    "school": "institution",
    "accessed": "urldate",
    "articleno": "eid",
    "article-number": "eid",
    "lastaccessed": "urldate",
    "lastchecked": "urldate",
    "numpages": "pagetotal",
    "origyear": "origdate",
    "urlaccessdate": "urldate",
}
"""BibTeX's names of fields (biblatex manual, 2.2.5)."""

FILM_ALIASES: Mapping[str, str] = {
    "director": "author",
    "titleoriginal": "origtitle",
    "originaltitle": "origtitle",
    "production": "company",
    "productioncompany": "company",
    "publisher": "company",
    "organization": "company",
    "institution": "company",
    "studio": "company",
    "medium": "format",
    "type": "format",
    "howpublished": "format",
    "duration": "runtime",
    "runningtime": "runtime",
    "length": "runtime",
}
"""Other names of the fields of a film record."""

NAME_FIELDS = frozenset({
    "author", "editor", "editora", "editorb", "editorc", "translator", "annotator", "commentator", "introduction",
    "foreword", "afterword", "bookauthor", "holder", "shortauthor", "shorteditor", "namea", "nameb", "namec",
    "director", "narrator", "execproducer", "producer", "writer", "recipient", "interviewer", "host",
})  # fmt: skip
"""Fields that hold names of people or bodies, joined by `and`."""

LIST_FIELDS = frozenset({
    "publisher", "location", "institution", "organization", "origlocation", "origpublisher", "venue", "company",
    "distributor", "country",
})  # fmt: skip
"""Fields that hold several literal values joined by `and`."""

VERBATIM_FIELDS = frozenset({"url", "doi", "eprint", "file", "pdf", "verba", "verbb", "verbc"})
"""Fields whose value is printed character by character."""

DATE_FIELDS = frozenset({"date", "eventdate", "origdate", "urldate"})
"""Fields that hold a date or a span of dates."""

UNPRINTED_FIELDS = frozenset({
    "abstract", "annotation", "keywords", "file", "groups", "timestamp", "owner", "comment", "priority", "ranking",
    "readstatus", "printed", "qualityassured", "relevance", "crossref", "xref", "xdata", "ids", "entryset",
    "options", "related", "relatedtype", "presort", "execute", "gender", "hyphenation", "langid", "langidopts",
    "language", "origlanguage", "label", "indextitle", "indexsorttitle", "sortkey", "copyright", "shorttitle-alt",
    "urldate-verbatim", "lccn", "pmid", "pmcid", "bibsource", "biburl", "mrnumber", "mrreviewer", "zblnumber",
    "creationdate", "modificationdate", "date-added", "date-modified", "bdsk-url-1", "bdsk-file-1", "citationkey",
    "webpdf", "isbn", "issn", "isan", "ismn", "isrn", "iswc", "rating", "review", "keyword", "mendeley-tags",
})  # fmt: skip
"""Fields that no style of ours prints: never written out, so nothing in them can do harm. Fields that begin with
`x-` are the author's own notes and belong here too."""

PRINTED_FIELDS = frozenset({
    "addendum", "collection", "shelfmark", "library", "booksubtitle", "booktitle", "booktitleaddon", "chapter", "day", "edition", "eid", "entrysubtype",
    "eprintclass", "eprinttype", "eventtitle", "eventtitleaddon", "format", "howpublished", "issue", "issuesubtitle",
    "issuetitle", "issuetitleaddon", "journalsubtitle", "journaltitle", "journaltitleaddon", "mainsubtitle",
    "maintitle", "maintitleaddon", "month", "nameaddon", "note", "number", "origtitle", "pages", "pagetotal",
    "bookpagination", "pagination", "part", "pubstate", "reprinttitle", "runtime", "series", "shorthand",
    "shorthandintro", "shortjournal", "shortseries", "shorttitle", "sorttitle", "sortname", "sortyear", "subtitle",
    "title", "titleaddon", "translation", "transliteration", "type", "version", "volume", "volumes", "year",
    "authortype", "editortype", "editoratype", "editorbtype", "editorctype", "translatortype",
}) | NAME_FIELDS | LIST_FIELDS | DATE_FIELDS | frozenset({"url", "doi", "eprint"})  # fmt: skip
"""Fields that are read for printing."""

_CONTAINERS = ("mvbook", "book", "bookinbook", "mvcollection", "collection", "mvproceedings", "proceedings",
               "mvreference", "reference")  # fmt: skip
_TO_MAIN = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
_TO_BOOK = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_TO_ISSUE = {"title": "journaltitle", "subtitle": "journalsubtitle", "titleaddon": "journaltitleaddon"}
_NEVER = frozenset({
    "ids", "crossref", "xref", "xdata", "entryset", "entrysubtype", "execute", "label", "options", "presort",
    "related", "relatedtype", "shorthand", "shorthandintro", "sortkey", "introduction", "sorttitle", "shorttitle",
    "indextitle", "indexsorttitle", "keywords",
})  # fmt: skip

MEANT: Mapping[str, str] = {
    **dict.fromkeys(
        ("interview", "archive", "archival", "manuscript", "document", "talk", "speech", "lecture"),
        "unpublished",
    ),
    **dict.fromkeys(("newspaperarticle", "magazine", "magazinearticle", "paper"), "article"),
    **dict.fromkeys(("chapter", "booksection", "bookchapter"), "incollection"),
    **dict.fromkeys(
        ("website", "blog", "blogpost", "post", "url", "web", "webarticle", "forum", "tweet"), "online"
    ),
    **dict.fromkeys(("tvshow", "series", "episode", "clip", "broadcast"), "video"),
    **dict.fromkeys(
        ("conversation", "chat", "email", "personal", "hardware", "other", "customa", "customb"), "misc"
    ),
    **dict.fromkeys(("map", "figure", "photograph", "painting"), "image"),
    **dict.fromkeys(("song", "podcast", "recording"), "audio"),
}
"""Types that people try, and those that biblatex has for such works."""
_TELLING = (("journaltitle", "article"), ("booktitle", "incollection"), ("publisher", "book"), ("isbn", "book"),
            ("institution", "report"), ("url", "online"))  # fmt: skip


def nearest_type(kind: str, fields: Collection[str]) -> str:
    """The type that is printed for one that there is not, by its name or else by what its entry holds."""
    if kind in MEANT:
        return MEANT[kind]
    near = get_close_matches(kind, [*REQUIRED, *ALIASES], n=1, cutoff=0.75)
    if near:
        return ALIASES.get(near[0], (near[0], ""))[0]
    return next((found for name, found in _TELLING if name in fields), "misc")


def inherited_name(child: str, parent: str, field: str) -> str | None:
    """What a field of a `crossref` parent is called in its child; None when it is not inherited (manual, app. B)."""
    if field in _NEVER:
        return None
    if parent in _CONTAINERS:
        renamed = _TO_MAIN if parent.startswith("mv") and child in _CONTAINERS else _TO_BOOK
        if (
            field == "author"
            and child in {"inbook", "bookinbook", "suppbook"}
            and parent in {"book", "mvbook"}
        ):
            return "author"
        return renamed.get(field, field)
    if parent == "periodical":
        return _TO_ISSUE.get(field, field)
    return field
