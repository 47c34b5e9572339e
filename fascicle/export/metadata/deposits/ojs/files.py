"""Files in OJS's native XML: galleys of articles and issues, the cover, each inside the file or named by it."""

from __future__ import annotations

import base64
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path

from fascicle.export.metadata.deposits.xml import Element, xml
from fascicle.export.metadata.issue import Galley, IssueRecord

_PUBLIC = "1"
"""OJS's kind of an issue's public file."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A galley with the numbers by which its parts name each other."""

    number: int
    """Its number among all files of the import."""
    source: Galley
    """The galley."""
    linked: bool
    """Whether the file is named instead of held."""

    def file(self, tongue: str) -> Element:
        """The file itself, as an upload of the production stage."""
        path = self.source.path
        held = (
            xml("href", src=path.name, mime_type=self.source.media_type)
            if self.linked
            else _embedded(path, self.source.media_type)
        )
        number = str(self.number)
        revision = xml(
            "file",
            held,
            id=number,
            filesize=str(path.stat().st_size),
            extension=path.suffix.lstrip(".").lower(),
        )
        return xml(
            "submission_file",
            xml("name", path.name, locale=tongue),
            revision,
            id=number,
            file_id=number,
            stage="proof",
            viewable="true",
            genre="Article Text",
        )

    def galley(self, tongue: str) -> Element:
        """What readers are offered."""
        return xml(
            "article_galley",
            xml("name", self.source.label, locale=tongue),
            xml("seq", str(self.number - 1)),
            xml("submission_file_ref", id=str(self.number)),
            locale=tongue,
            approved="true",
        )


@dataclass(slots=True)
class Files:
    """Counts the files of an import."""

    linked: bool
    """Whether files are named instead of held."""
    taken: list[Galley] = field(default_factory=list)
    """Those that have a number."""

    def take(self, galley: Galley) -> Filed:
        """A galley with the next number."""
        self.taken.append(galley)
        return Filed(len(self.taken), galley, self.linked)


def _embedded(path: Path, media_type: str) -> Element:
    return xml("embed", _base64(path), encoding="base64", mime_type=media_type)


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode("ascii")


def issue_galleys(issue: IssueRecord, tongue: str) -> Element | None:
    """Files in which the whole issue is read; OJS takes these inside the file alone."""
    found = [galley for galley in issue.galleys if galley.path.is_file()]
    if not found:
        return None
    return xml("issue_galleys", *(_issue_galley(issue, galley, tongue) for galley in found))


def _issue_galley(issue: IssueRecord, galley: Galley, tongue: str) -> Element:
    day = issue.published.isoformat()
    file = xml(
        "issue_file",
        xml("file_name", galley.path.name),
        xml("file_type", galley.media_type),
        xml("file_size", str(galley.path.stat().st_size)),
        xml("content_type", _PUBLIC),
        xml("original_file_name", galley.path.name),
        xml("date_uploaded", day),
        xml("date_modified", day),
        xml("embed", _base64(galley.path), encoding="base64"),
    )
    return xml("issue_galley", xml("label", galley.label), file, locale=tongue)


def cover(picture: Path | None, tongue: str) -> Element | None:
    """The picture of the cover."""
    if picture is None or not picture.is_file():
        return None
    kind = mimetypes.guess_type(picture.name)[0]
    held = xml("embed", _base64(picture), encoding="base64", mime_type=kind)
    alternative = xml("cover_image_alt_text", "")
    return xml("covers", xml("cover", xml("cover_image", picture.name), alternative, held, locale=tongue))
