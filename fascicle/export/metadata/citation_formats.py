"""The work itself as a citation for reference managers.

BibTeX, RIS, CSL-JSON and CITATION.cff.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml

from fascicle.core.model import Author
from fascicle.core.ready_text import Bib
from fascicle.export.metadata.record import Markup, WorkRecord, affiliations, whole_title
from fascicle.latex.bibtex.escape import address, characters, key, name

_BIBTEX = Markup(characters, (r"\emph{", "}"), (r"\textsuperscript{", "}"), (r"\textsubscript{", "}"))
_CSL = Markup(str, ("<i>", "</i>"), ("<sup>", "</sup>"), ("<sub>", "</sub>"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MESSAGE = "If you use this work, please cite it as below."


def bibtex(work: WorkRecord) -> Bib:
    """An entry for BibTeX and biblatex: an article of its journal, or else `@misc`.

    Where the family name is printed first, and for names in another script, biblatex's data annotations say so.
    """
    data = work.data
    fields: list[tuple[str, Bib]] = [
        ("author", Bib(" and ".join(_bibtex_name(author) for author in data.authors)))
    ]
    fields += _annotations(data.authors)
    fields += [("title", Bib.proved(whole_title(work, _BIBTEX)))]
    if data.date:
        fields += [("year", Bib(f"{data.date.year}")), ("month", name(_MONTHS[data.date.month - 1]))]
    plain = {
        **_journal_fields(work),
        "publisher": data.publisher,
        "address": data.place,
        "version": data.version,
        "doi": data.doi,
        "url": data.url,
        "language": data.language,
        "keywords": ", ".join(data.keywords),
        "abstract": " ".join(work.abstract),
        "copyright": data.license,
    }
    exact = ("doi", "url", "pages")
    fields += [
        (field, address(value) if field in exact else characters(value))
        for field, value in plain.items()
        if value
    ]
    lines = [
        Bib(f"  {name(field)} = {value},") if field == "month" else Bib(f"  {name(field)} = {{{value}}},")
        for field, value in fields
    ]
    kind = "article" if data.journal else "misc"
    return Bib("\n".join([Bib(f"@{name(kind)}{{{key(citation_key(work))},"), *lines, Bib("}\n")]))


def citation_key(work: WorkRecord) -> str:
    """First author, year and first word of the title, in small Latin letters."""
    first = work.data.authors[0]
    name = first.family or (first.literal or "").split()[-1]
    stop = {"a", "an", "the", "der", "die", "das", "le", "la", "les", "el"}
    words = [word for word in map(_latin, work.plain.title.split()) if word and word not in stop]
    year = str(work.data.date.year) if work.data.date else ""
    return f"{_latin(name)}{year}{words[0] if words else ''}" or work.slug


def _latin(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", apart)


def _bibtex_name(author: Author) -> Bib:
    if author.literal:
        return Bib(f"{{{characters(author.literal)}}}")
    names = [_bibtex_part(author.family or "")]
    names += [_bibtex_part(author.given)] if author.given else []
    return Bib(", ".join(names)) if author.given else Bib(f"{{{names[0]}}}")


def _bibtex_part(part: str) -> Bib:
    """A part of a name, braced where BibTeX would take it apart."""
    text = characters(part)
    return Bib(f"{{{text}}}") if re.search(r",|\band\b", text) else text


def _annotations(authors: tuple[Author, ...]) -> Iterator[tuple[str, Bib]]:
    numbered = list(enumerate(authors, start=1))
    if order := [Bib(f"{n}=eastern") for n, author in numbered if author.family_first]:
        yield "author+an:order", Bib(";".join(order))
    if native := [Bib(f'{n}="{characters(author.native)}"') for n, author in numbered if author.native]:
        yield "author+an:native", Bib("; ".join(native))


def _journal_fields(work: WorkRecord) -> dict[str, str | None]:
    journal = work.data.journal
    if journal is None:
        return {}
    return {
        "journal": journal.title,
        "volume": journal.volume,
        "number": journal.issue,
        "pages": _pages(work, "--"),
        "issn": journal.issn,
    }


def _pages(work: WorkRecord, dash: str) -> str:
    first, last = work.plain.starting_page, work.plain.ending_page
    return f"{first}{dash}{last}" if last and last != first else first


def ris(work: WorkRecord) -> str:
    """A RIS record, its lines ended as its specification asks."""
    data, journal = work.data, work.data.journal
    tags = [("TY", "JOUR" if journal else "GEN"), ("TI", work.plain.title)]
    tags += [("AU", _ris_name(author)) for author in data.authors]
    if data.date:
        tags += [("PY", str(data.date.year)), ("DA", data.date.strftime("%Y/%m/%d"))]
    if journal:
        tags += [("JO", journal.title), ("VL", journal.volume or ""), ("IS", journal.issue or "")]
        tags += [("SP", work.plain.starting_page), ("EP", work.plain.ending_page), ("SN", journal.issn or "")]
    tags += [("PB", data.publisher or ""), ("CY", data.place or ""), ("ET", data.version or "")]
    tags += [("AB", " ".join(work.abstract)), *(("KW", keyword) for keyword in data.keywords)]
    tags += [("LA", data.language), ("DO", data.doi or ""), ("UR", work.address), ("C1", data.license or "")]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _ris_name(author: Author) -> str:
    """`Family, Given`: RIS takes a name with a comma apart, so a body's own comma is left out."""
    if author.literal:
        return author.literal.replace(",", "")
    return ", ".join(part for part in (author.family, author.given) if part)


def csl_json(work: WorkRecord) -> str:
    """CSL-JSON, as Zotero, pandoc and citeproc read it."""
    data, journal = work.data, work.data.journal
    item: dict[str, Any] = {
        "id": citation_key(work),
        "type": "article-journal" if journal else "article",
        "title": whole_title(work, _CSL),
        "author": [_csl_name(author) for author in data.authors],
        "issued": {"date-parts": [[data.date.year, data.date.month, data.date.day]]} if data.date else None,
        "container-title": journal.title if journal else None,
        "volume": journal.volume if journal else None,
        "issue": journal.issue if journal else None,
        "page": _pages(work, "–"),
        "ISSN": journal.issn if journal else None,
        "publisher": data.publisher,
        "publisher-place": data.place,
        "version": data.version,
        "DOI": data.doi,
        "URL": work.address,
        "language": data.language,
        "keyword": ", ".join(data.keywords),
        "abstract": "\n\n".join(work.abstract),
        "license": data.license,
    }
    return to_json([{key: value for key, value in item.items() if value}])


def _csl_name(author: Author) -> dict[str, str]:
    if author.literal:
        return {"literal": author.literal}
    return {"family": author.family or "", **({"given": author.given} if author.given else {})}


def to_json(value: object) -> str:
    """JSON as all our files have it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def cff(work: WorkRecord) -> str:
    """CITATION.cff 1.2.0 for the repository; the work as people are to cite it stands in `preferred-citation`."""
    data = work.data
    record = {
        "cff-version": "1.2.0",
        "message": _MESSAGE,
        "title": work.plain.title,
        "abstract": " ".join(work.abstract),
        "authors": [_cff_author(work, author) for author in data.authors],
        "version": data.version,
        "date-released": data.date.isoformat() if data.date else None,
        **_cff_address(work),
        "license": _cff_licence(data.license),
        "keywords": list(dict.fromkeys(data.keywords)),
        "preferred-citation": _stated(_cff_article(work)),
    }
    return yaml.safe_dump(_stated(record), allow_unicode=True, sort_keys=False, width=100)


def _cff_article(work: WorkRecord) -> dict[str, Any]:
    data, journal = work.data, work.data.journal
    return {
        "type": "article" if journal else "generic",
        "title": work.plain.title,
        "authors": [_cff_author(work, author) for author in data.authors],
        "journal": journal.title if journal else None,
        "volume": journal.volume if journal else None,
        "issue": journal.issue if journal else None,
        "start": journal.first_page if journal else None,
        "end": journal.last_page if journal else None,
        "issn": journal.issn if journal else None,
        "publisher": {"name": data.publisher} if data.publisher else None,
        "year": data.date.year if data.date else None,
        "month": data.date.month if data.date else None,
        "date-published": data.date.isoformat() if data.date else None,
        "version": data.version,
        **_cff_address(work),
        "license": _cff_licence(data.license),
        "languages": [data.language.split("-")[0]],
    }


def _cff_author(work: WorkRecord, author: Author) -> dict[str, Any]:
    orcid = f"https://orcid.org/{author.orcid}" if author.orcid else None
    if author.literal:
        return _stated({"name": author.literal, "orcid": orcid, "email": author.email})
    places = "; ".join(name for name, _ in affiliations(work, author))
    person = {
        "family-names": author.family,
        "given-names": author.given,
        "orcid": orcid,
        "email": author.email,
    }
    return _stated({**person, "affiliation": places})


def _cff_address(work: WorkRecord) -> dict[str, str | None]:
    """DOI and address; the schema knows no DOI with other characters than these."""
    doi = (
        work.data.doi
        if work.data.doi and re.fullmatch(r"10\.\d{4,9}(\.\d+)?/[\w:/;\-.()\[\]\\]+", work.data.doi, re.ASCII)
        else None
    )
    return {"doi": doi, "url": work.data.url or (None if doi else work.address)}


def _cff_licence(expression: str | None) -> str | list[str] | None:
    """One licence, or several of which readers choose; what else SPDX can say has no form in the file."""
    if not expression or re.search(r"[()]| AND | WITH ", expression):
        return None
    either = expression.split(" OR ")
    return either if len(either) > 1 else expression


def _stated(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (None, "", [], {})}
