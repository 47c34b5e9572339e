"""Sources written into a folder and brought in, for tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from fascicle import DEFAULT_EDITIONS
from fascicle.core.diagnostics import Collector
from fascicle.importers.convert import import_text
from fascicle.pipeline.build import check_edition
from fascicle.pipeline.run import Request

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Imported:
    """What an import made."""

    folder: Path
    """The project."""
    errors: list[str]
    """Errors of the program's own check."""

    def text(self, name: str) -> str:
        """One of its files."""
        return (self.folder / name).read_text(encoding="utf-8")

    @property
    def body(self) -> str:
        """All sections without front matter, joined."""
        paths = sorted((self.folder / "content").glob("*.md"))
        parts = [path.read_text(encoding="utf-8").split("---\n", 2)[2].strip() for path in paths]
        return "\n\n".join(part for part in parts if part)

    @property
    def facts(self) -> str:
        """publication.yaml."""
        return self.text("content/publication.yaml")

    @property
    def report(self) -> str:
        """The report."""
        return self.text("import-report.md")


def checked(root: Path) -> Collector:
    """The program's own check."""
    return check_edition(Request(root), DEFAULT_EDITIONS[0], lambda _manuscript, _problems: None)


def bring_in(
    folder: Path, files: Mapping[str, str | bytes], main: str | None = None, changes: str = "accept"
) -> Imported:
    """Write `files` below `folder` and import the first of them, or `main`."""
    for name, content in files.items():
        path = folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    done = import_text(
        folder / "source" / (next(iter(files)) if main is None else main),
        folder / "project",
        changes,
        checked,
    )
    return Imported(done.folder, [found.message for found in done.found if found.severity == "error"])


def picture(width: int = 40, height: int = 30, form: str = "PNG") -> bytes:
    """A small picture."""
    made = BytesIO()
    Image.new("RGB", (width, height), "navy").save(made, form)
    return made.getvalue()


def word(body: str, parts: Mapping[str, str | bytes] | None = None, relations: str = "") -> bytes:
    """A Word document with this body (`w:` elements) and these other parts."""
    spaces = (
        f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        main = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_RELATION}">{main}</Relationships>')
        archive.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        inner = f'<Relationships xmlns="{_RELATION}">{relations}</Relationships>'
        archive.writestr("word/_rels/document.xml.rels", inner)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of a Word document."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{styled}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def field(code: str, shown: str) -> str:
    """Runs of a complex field."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    escaped = code.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'{mark.format("begin")}<w:r><w:instrText xml:space="preserve">{escaped}</w:instrText></w:r>{mark.format("separate")}'
        f"<w:r><w:t>{shown}</w:t></w:r>{mark.format('end')}"
    )
