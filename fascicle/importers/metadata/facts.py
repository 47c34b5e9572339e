"""Front matter of others mapped to the keys of publication.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from fascicle.citations.styles.collection import NAMES, style_file
from fascicle.core import identifiers
from fascicle.importers.metadata.dates import read_date
from fascicle.importers.metadata.people import People
from fascicle.importers.report import Report
from fascicle.importers.word_list import words

Line = Callable[[str], str]
"""Makes Markdown of ours of one of the source's one-line texts, or of its paragraphs."""
_LICENCES = (
    (r"cc[ -]?by[ -]?nc[ -]?nd", "CC-BY-NC-ND"), (r"cc[ -]?by[ -]?nc[ -]?sa", "CC-BY-NC-SA"), (r"cc[ -]?by[ -]?nc", "CC-BY-NC"),
    (r"cc[ -]?by[ -]?nd", "CC-BY-ND"), (r"cc[ -]?by[ -]?sa", "CC-BY-SA"), (r"cc[ -]?by|creative commons attribution\b", "CC-BY"),
)  # fmt: skip
_DONE = words(
    "title subtitle author authors affiliation affiliations institute institution date abstract summary keywords tags keyword "
    "lang language bibliography csl doi license licence copyright short-title running-title shorttitle running running-head "
    "acknowledgements acknowledgments thanks number-sections version citation-style categories"
)
_SETTINGS = words(
    "output format execute editor engine jupyter knitr params link-citations link-bibliography documentclass classoption "
    "geometry fontsize mainfont sansfont monofont linestretch header-includes include-before include-after toc toc-depth "
    "numbersections project website book archive_doi aas-doi aas-journal filters crossref reference-section-title editor_options "
    "biblio-style biblio-title colorlinks linkcolor urlcolor citecolor papersize indent margin-left kernelspec jupytext "
    "always_allow_html site github-repo url cover-image description layout permalink published comments image draft from to "
    "pdf-engine template nocite suppress-bibliography notes-after-punctuation highlight-style css theme html pandoc manubot"
)


def known_style(name: str) -> str | None:
    """The name of a citation style of the collection that a source names by a file, an address or a name."""
    stem = PurePosixPath(name.strip().rstrip("/")).name.removesuffix(".csl").lower()
    if stem in NAMES:
        return stem
    return stem if style_file(stem) else None


class FrontMatterMapper:
    """Maps one front matter."""

    def __init__(self, report: Report, line: Line, paragraphs: Line) -> None:
        self.report = report
        self.line = line
        self.paragraphs = paragraphs

    def map(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Keys of publication.yaml, in the order in which they are written."""
        given = {str(key): value for key, value in given.items()}
        made: dict[str, Any] = {}
        self._titles(given, made)
        people = People(self.report)
        people.institutions(given.get("affiliations") or given.get("affiliation") or given.get("institute"))
        made["authors"] = people.authors(given.get("authors") or given.get("author"))
        if people.affiliations:
            made["affiliations"] = people.affiliations
        self._texts(given, made)
        self._identifiers(given, made)
        self._date(given.get("date"), made)
        self._rest(given)
        return {key: value for key, value in made.items() if value}

    def _titles(self, given: Mapping[str, Any], made: dict[str, Any]) -> None:
        for ours, names in (
            ("title", ("title",)),
            ("subtitle", ("subtitle",)),
            ("short-title", ("short-title", "shorttitle", "running-title", "running-head", "running")),
        ):
            text = next(
                (given[name] for name in names if isinstance(given.get(name), str) and given[name].strip()),
                "",
            )
            if text:
                made[ours] = self.line(text)
        title = given.get("title")
        if isinstance(title, Mapping) and title.get("title"):
            made["title"] = self.line(str(title["title"]))

    def _texts(self, given: Mapping[str, Any], made: dict[str, Any]) -> None:
        abstract = given.get("abstract") or given.get("summary")
        if isinstance(abstract, Mapping):
            abstract = "\n\n".join(f"**{key.capitalize()}.** {value}" for key, value in abstract.items())
        if isinstance(abstract, list):
            abstract = "\n\n".join(str(each) for each in abstract)
        if isinstance(abstract, str) and abstract.strip():
            made["abstract"] = self.paragraphs(abstract)
        words = given.get("keywords") or given.get("tags") or given.get("keyword") or given.get("categories")
        if isinstance(words, str):
            words = re.split(r"\s*[,;]\s*", words)
        made["keywords"] = [
            str(word).strip() for word in words or () if isinstance(word, str) and word.strip()
        ]
        thanks = given.get("acknowledgements") or given.get("acknowledgments") or given.get("thanks")
        if isinstance(thanks, str) and thanks.strip():
            made["acknowledgements"] = self.paragraphs(thanks)

    def _identifiers(self, given: Mapping[str, Any], made: dict[str, Any]) -> None:
        language = str(given.get("lang") or given.get("language") or "").replace("_", "-").split(".")[0]
        if language:
            try:
                made["language"] = identifiers.language(language)
            except ValueError:
                self.report.left_out(f"the language {language}, which is no tag such as en-GB")
        if isinstance(given.get("doi"), str):
            try:
                made["doi"] = identifiers.doi(given["doi"].strip())
            except ValueError:
                self.report.left_out(f"the DOI {given['doi']}, which cannot be one")
        licence = given.get("license") or given.get("licence") or given.get("copyright")
        if isinstance(licence, Mapping):
            licence = (
                licence.get("name") or licence.get("text") or licence.get("type") or licence.get("content")
            )
        if isinstance(licence, str) and licence.strip():
            self._licence(licence, made)
        if str(given.get("number-sections", given.get("numbersections", ""))).lower() in ("false", "no"):
            made["number-sections"] = False
        if isinstance(given.get("version"), str):
            made["version"] = given["version"]

    def _licence(self, text: str, made: dict[str, Any]) -> None:
        for pattern, name in _LICENCES:
            if re.search(pattern, text, re.IGNORECASE):
                number = re.search(r"\d\.\d", text)
                made["license"] = f"{name}-{number[0] if number else '4.0'}"
                return
        try:
            made["license"] = identifiers.license_expression(text.strip())
        except ValueError:
            self.report.left_out(f"the licence “{text[:60]}”, which is not in SPDX's list of licences")

    def _date(self, given: Any, made: dict[str, Any]) -> None:
        if not isinstance(given, str) or not given.strip():
            return
        found = read_date(given)
        if found is None:
            self.report.left_out(f"the date “{given[:40]}”, which is no day")
            return
        made["date"] = found[0]
        if not found[1]:
            self.report.verify(f"the date “{given}” names no day; the first of the month is taken")

    def _rest(self, given: Mapping[str, Any]) -> None:
        for key in given:
            if key in _SETTINGS:
                self.report.left_out("settings of other programs in the front matter", key)
            elif key not in _DONE:
                words = f"{key}: {' '.join(given[key].split())[:100]}" if isinstance(given[key], str) else key
                self.report.left_out("keys of the front matter that have no place here", words)
