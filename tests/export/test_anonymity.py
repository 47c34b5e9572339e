"""An author's name planted in every kind of file that a package can hold, and in the files' names."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter

from fascicle.document.anonymity.identifying_terms import IdentifyingTerms, TermKind, Trace
from fascicle.export.anonymity import identity_leaks
from fascicle.export.zip_archive import zipped

SECRETS = IdentifyingTerms((
    Trace("Ada Lovelace", TermKind.NAME),
    Trace("Lovelace", TermKind.FAMILY),
    Trace("ada@example.org", TermKind.CONTACT),
    Trace("贾樟柯", TermKind.NAME),
))  # fmt: skip
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str = "<w:p><w:r><w:t>Text</w:t></w:r></w:p>", **parts: str) -> bytes:
    """A document for Word with a text and further parts."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    files = {"word/document.xml": document, **{name.replace("__", "/"): text for name, text in parts.items()}}
    return zipped({name: text.encode() for name, text in files.items()}, 0)


def picture(kind: str, **options: object) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (4, 4)).save(stream, kind, **options)
    return stream.getvalue()


def png(packed: bool) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Ada Lovelace", zip=packed)
    return picture("PNG", pnginfo=info)


def exif() -> Image.Exif:
    found = Image.Exif()
    found[0x013B] = "Ada Lovelace"
    return found


def pdf(**info: str) -> bytes:
    writer, stream = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({f"/{key}": value for key, value in info.items()})
    writer.write(stream)
    return stream.getvalue()


PLANTED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "LaTeX": ("main.tex", lambda: b"% by Ada Lovelace\n\\documentclass{article}"),
    "a list of works": ("main.bbl", lambda: "\\name{贾樟柯}".encode()),
    "JSON": ("00README.json", lambda: b'{"author": "ada@example.org"}'),
    "PostScript": ("Fig1.eps", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%For: (Ada Lovelace)\n"),
    "a checklist": ("CHECKLIST.md", lambda: b"- [ ] 'affiliations' of Ada Lovelace is missing"),
    "JATS, in two elements": (
        "w.xml",
        lambda: b"<article><name><surname>Lovelace</surname><given-names>Ada</given-names></name></article>",
    ),
    "JATS, in an attribute": ("w.xml", lambda: b'<article><contrib id="Lovelace"/></article>'),
    "JATS, in a comment": ("w.xml", lambda: b"<article><!-- ada@example.org --></article>"),
    "JATS, in an instruction": ("w.xml", lambda: b"<article><?owner Ada Lovelace?></article>"),
    "Word, in pieces": (
        "w.docx",
        lambda: word("<w:p><w:r><w:t>Love</w:t></w:r><w:r><w:t>lace</w:t></w:r></w:p>"),
    ),
    "Word, in a note": ("w.docx", lambda: word(word__footnotes_xml="<a>Thanks to ada@example.org</a>")),
    "Word, in its properties": ("w.docx", lambda: word(docProps__core_xml="<a><b>Ada Lovelace</b></a>")),
    "Word, in an alternative text": (
        "w.docx",
        lambda: word('<w:p><d descr="A portrait of Ada Lovelace"/></w:p>'),
    ),
    "Word, in a picture of it": (
        "w.docx",
        lambda: zipped({"word/document.xml": b"<a/>", "word/media/image1.png": png(packed=True)}, 0),
    ),
    "PNG": ("f.png", lambda: png(packed=False)),
    "PNG, packed": ("f.png", lambda: png(packed=True)),
    "JPEG": ("f.jpg", lambda: picture("JPEG", exif=exif())),
    "JPEG, a comment": ("f.jpg", lambda: picture("JPEG", comment=b"Ada Lovelace")),
    "TIFF": ("f.tif", lambda: picture("TIFF", tiffinfo={315: "Ada Lovelace"})),
    "PDF": ("f.pdf", lambda: pdf(Author="Ada Lovelace")),
    "an archive": ("w.zip", lambda: zipped({"main.tex": b"Ada Lovelace"}, 0)),
    "an archive in an archive": ("w.zip", lambda: zipped({"w.docx": word("<w:p>Lovelace</w:p>")}, 0)),
    "a name": ("lovelace-main.tex", lambda: b"text"),
    "a name in an archive": ("w.zip", lambda: zipped({"Fig_Lovelace_1.png": picture("PNG")}, 0)),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_name_in(planted: str) -> None:
    path, content = PLANTED[planted]
    reported = list(identity_leaks({path: content()}, SECRETS))
    assert reported
    assert all(line.startswith(path) for line in reported)
    assert any("Lovelace" in line or "ada@example.org" in line or "贾樟柯" in line for line in reported)


def test_files_that_tell_nothing() -> None:
    files = {
        "main.tex": b"\\documentclass{article}",
        "w.docx": word(),
        "w.xml": b"<article><name><surname>Babbage</surname></name></article>",
        "f.png": picture("PNG"),
        "f.jpg": picture("JPEG"),
        "f.tif": picture("TIFF"),
        "f.pdf": pdf(Title="A Text"),
        "w.zip": zipped({"main.tex": b"x", "f.png": picture("PNG")}, 0),
        "empty": b"",
    }
    assert list(identity_leaks(files, SECRETS)) == []


def test_the_place_inside_an_archive_is_told() -> None:
    inner = word(docProps__core_xml="<a><b>Ada Lovelace</b></a>")
    (reported,) = identity_leaks({"w.zip": zipped({"w.docx": inner}, 0)}, SECRETS)
    assert reported == "w.zip: w.docx: docProps/core_xml holds the whole name of an author: 'Ada Lovelace'"
