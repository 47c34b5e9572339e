"""A publication whose every corner names its three authors, as far as its text itself does not."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import PIL.ExifTags
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

STRINGS = (
    "Li", "Na Li", "Li Na", "李娜", "na.li@uni-example.org", "0000-0002-1825-0097", "Jörg Müller", "Müller", "Mueller",
    "Олег Иванов", "Иванов", "Ivanov", "oleg@example.org", "Institut für Filmforschung", "Stiftung Beispielfonds",
    "BF-2024-17", "Ann Beispielkollegin", "mueller2013", "li2014", "Steppenwölfe", "10.5555/reviewtest",
)  # fmt: skip
"""What must not be found. `Li` is looked for as a word that is not Li Na-Young's, who is cited."""

PUBLICATION = """\
title: Moving Houses
slug: li-moving-houses
authors:
  - family: Li
    given: Na
    native: 李娜
    email: na.li@uni-example.org
    orcid: 0000-0002-1825-0097
    affiliations: [film]
    corresponding: true
    note: Na Li teaches film.
  - {family: Müller, given: Jörg, affiliations: [film]}
  - {family: Ivanov, given: Oleg, native: Олег Иванов, email: oleg@example.org}
affiliations:
  film: {name: Institut für Filmforschung}
abstract: A short abstract.
keywords: [film, houses]
language: en-GB
date: 2026-03-01
doi: 10.5555/reviewtest
url: https://example.org/mueller
publisher: Mueller & Li
rights: © 2026 Li, Müller and Ivanov
acknowledgements: We thank Ann Beispielkollegin.
funding: [{funder: Stiftung Beispielfonds, award: BF-2024-17}]
declarations: [{title: Competing interests, text: Jörg Müller owns a cinema.}]
citation-style: STYLE
"""

SECTION = """\
---
title: Houses
authors: [{family: Müller, given: Jörg}]
---

Houses move [@li2014, p. 4; see also @third, p. 5], and @mueller2013 [p. 9] counted them. Others disagree
[@edited; @fourth].[^1] The authors say more of it elsewhere [@li2014b].

![A house](figures/mueller-house.jpg){#fig:house width=30%}

![A plan](figures/plan.png){#fig:plan width=30%}

![A drawing](figures/drawing.pdf){#fig:drawing width=30%}

See @fig:house, @fig:plan and @fig:drawing. A list:

1. one
2. two

> A quotation that is long enough to be set off from the text, so that its lines are numbered too.

$$ a + b = c $$

| one | two |
|-----|-----|
| 1   | 2   |

: A table {#tbl:t}

[^1]: A note with a work [@russian] in it.
"""

BIB = """\
@book{li2014, author = {Li, Na}, title = {Steppenwölfe}, publisher = {Press}, date = {2014}, doi = {10.5555/selfli}}
@article{li2014b, author = {N. Li and Smith, Zadie}, title = {Steppenwölfe Revisited}, journaltitle = {Journal}, date = {2014}}
@book{mueller2013, author = {Mueller, J{\\"o}rg}, title = {Steppenwölfe Counted}, publisher = {Press}, date = {2013}}
@collection{edited, editor = {Иванов, Олег}, title = {Steppenwölfe Collected}, publisher = {Press}, date = {2011}}
@article{russian, author = {李娜}, title = {Steppenwölfe Again}, journaltitle = {Journal}, date = {2010}}
@article{third, author = {Li, Na-Young and Wang, Qi}, title = {Houses of Li Bai}, journaltitle = {Screen}, date = {2012}}
@incollection{fourth, author = {Smith, Zadie}, title = {Homes}, booktitle = {Collected Homes}, editor = {Müller, Jörg and Hall, Stuart}, publisher = {Press}, date = {2009}}
"""

LEDGER = """\
mueller-house.jpg: {alt: A house seen from the street, credit: "Photograph: Jörg Müller", holder: Jörg Müller, permission: own}
plan.png: {alt: A plan of two rooms, credit: "Plan: City archive", holder: Na Li, permission: own}
drawing.pdf: {alt: A drawing of a door, credit: "Drawing: City archive", permission: own}
"""


def jpeg() -> bytes:
    """A photograph with a camera's and a program's data about its maker, and a colour profile."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.new("RGB", (300, 200), (120, 60, 30))
    image.paste((10, 200, 90), (20, 20, 90, 120))
    exif = Image.Exif()
    exif[PIL.ExifTags.Base.Artist] = "Jörg Müller"
    exif[PIL.ExifTags.Base.Copyright] = "Na Li"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Oleg Ivanov</x:xmpmeta>'
    out = BytesIO()
    image.save(
        out,
        "JPEG",
        exif=exif,
        xmp=xmp,
        comment="by Mueller",
        icc_profile=profile,
        dpi=(300, 300),
        progressive=True,
    )
    data = out.getvalue()
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0eby Na Li, 2014"
    return (
        data[:2]
        + b"\xff\xed"
        + (len(iptc) + 2).to_bytes(2, "big")
        + iptc
        + data[2:]
        + b"after the end: Mueller"
    )


def png() -> bytes:
    """A plan with texts of its maker."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Jörg Mueller")
    info.add_itxt("XML:com.adobe.xmp", "<x>Олег Иванов</x>", zip=True)
    info.add(b"prIv", b"Na Li")
    out = BytesIO()
    Image.new("RGB", (300, 150), (200, 180, 160)).save(out, "PNG", pnginfo=info, dpi=(300, 300))
    return out.getvalue()


def drawing() -> bytes:
    """A drawing with Info, XMP, private data and a photograph inside it."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 100)
    writer.add_metadata({"/Author": "Jörg Müller", "/Title": "Institut für Filmforschung"})
    packet = DecodedStreamObject()
    packet.set_data("<x>Na Li, Олег Иванов</x>".encode())
    packet[NameObject("/Type")] = NameObject("/Metadata")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
    private = DictionaryObject({NameObject("/Private"): TextStringObject("Mueller")})
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Illustrator"): private})
    photograph = DecodedStreamObject()
    photograph.set_data(jpeg())
    photograph.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Filter"): NameObject("/DCTDecode"),
            NameObject("/ColorSpace"): NameObject("/DeviceRGB"),
            **{NameObject(f"/{key}"): _number(value) for key, value in
               {"Width": 300, "Height": 200, "BitsPerComponent": 8}.items()},
        }
    )  # fmt: skip
    held = DictionaryObject({NameObject("/Im0"): writer._add_object(photograph)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): held})
    contents = DecodedStreamObject()
    contents.set_data(b"q 60 0 0 40 20 20 cm /Im0 Do Q 0 0 1 rg 100 20 60 40 re f")
    page[NameObject("/Contents")] = writer._add_object(contents)
    writer.add_attachment("mueller.txt", b"Na Li")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _number(value: int) -> NumberObject:
    return NumberObject(value)


def files(style: str = "chicago-author-date", **changes: str | bytes) -> Mapping[str, str | bytes]:
    """All files by path."""
    return {
        "content/publication.yaml": PUBLICATION.replace("STYLE", style),
        "content/01-houses.md": SECTION,
        "bib/works.bib": BIB,
        "figures/figures.yaml": LEDGER,
        "figures/mueller-house.jpg": jpeg(),
        "figures/plan.png": png(),
        "figures/drawing.pdf": drawing(),
        **changes,
    }
