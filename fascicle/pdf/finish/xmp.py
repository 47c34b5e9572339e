"""The XMP packet: the publication's metadata as RDF, for libraries, indexes and the PDF standards."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fascicle.pdf.metadata import Metadata

NAMESPACES: Mapping[str, str] = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
"""Every prefix that a packet may use (XMP specification parts 1 and 2, PRISM 2.0, ISO 19005-2, 14289, 15930)."""

PRISM = {
    "doi": "Digital Object Identifier of the article",
    "publicationName": "Title of the journal or series",
    "issn": "International Standard Serial Number of the journal",
    "volume": "Volume of the journal",
    "number": "Issue of the journal",
    "startingPage": "First page of the article",
    "endingPage": "Last page of the article",
    "url": "Address of the article",
}
"""PRISM properties that are written, with the descriptions that PDF/A wants of them; each is one text."""

_PACKET_ID = "W5M0MpCehiHzreSzNTczkc9d"  # fixed by the XMP specification, part 1, section 7.3.2
_END = '<?xpacket end="r"?>'

for _prefix, _address in NAMESPACES.items():
    if _prefix != "xml":
        ET.register_namespace(_prefix, _address)


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells this file from others."""

    document: str
    """URI that all versions of the document share."""
    instance: str
    """URI of exactly this content."""
    creator_tool: str
    """The program that the author worked with."""
    producer: str
    """The program that wrote the pages."""
    moment: datetime | None
    """When the document was made, as the sources say; None leaves all times out."""


def packet(
    metadata: Metadata, identity: Identity, claims: Mapping[str, str], describe_prism: bool = False
) -> bytes:
    """The XMP packet as UTF-8. `claims` are a standard's own properties, such as `pdfaid:part`;
    `describe_prism` adds the extension schema that PDF/A demands for PRISM.
    """
    meta = ET.Element(name("x:xmpmeta"))
    rdf = ET.SubElement(meta, name("rdf:RDF"))
    description = ET.SubElement(rdf, name("rdf:Description"), {name("rdf:about"): ""})
    _dublin_core(description, metadata)
    _tools(description, metadata, identity)
    _rights(description, metadata)
    written = _texts(description, {f"prism:{key}": value for key, value in _prism(metadata).items()})
    _texts(description, claims)
    if describe_prism and written:
        _extension_schema(description, written)
    ET.indent(meta, " ")
    body = ET.tostring(meta, encoding="unicode")
    begin = f'<?xpacket begin="\ufeff" id="{_PACKET_ID}"?>'
    return f"{begin}\n{body}\n{_END}\n".encode()


def name(prefixed: str) -> str:
    """`dc:title` as ElementTree names it: `{address}title`."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def stamp(moment: datetime | None) -> str:
    """A time as XMP writes it; nothing when there is none."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def _dublin_core(parent: ET.Element, data: Metadata) -> None:
    _texts(
        parent, {"dc:format": "application/pdf", "dc:identifier": f"doi:{data.doi}" if data.doi else data.url}
    )
    for key, text in (
        ("dc:title", data.title),
        ("dc:description", data.description),
        ("dc:rights", data.rights),
    ):
        _alternatives(parent, key, text, data.language)
    _array(parent, "dc:creator", "rdf:Seq", data.creators)
    _array(parent, "dc:subject", "rdf:Bag", data.keywords)
    _array(parent, "dc:language", "rdf:Bag", (data.language,))
    _array(parent, "dc:date", "rdf:Seq", (data.date.isoformat(),) if data.date else ())
    _array(parent, "dc:publisher", "rdf:Bag", (data.publisher,))
    _array(parent, "dc:type", "rdf:Bag", ("Text",))  # of the DCMI Type Vocabulary


def _tools(parent: ET.Element, data: Metadata, identity: Identity) -> None:
    made = stamp(identity.moment)
    _texts(
        parent,
        {
            "xmp:CreatorTool": identity.creator_tool,
            "xmp:CreateDate": made,
            "xmp:ModifyDate": made,
            "xmp:MetadataDate": made,
            "pdf:Producer": identity.producer,
            "pdf:Keywords": data.keyword_line,
            "xmpMM:DocumentID": identity.document,
            "xmpMM:InstanceID": identity.instance,
            "xmpMM:RenditionClass": "default",
            "xmpMM:VersionID": data.version,
        },
    )


def _rights(parent: ET.Element, data: Metadata) -> None:
    if not (data.rights or data.license):
        return
    _texts(parent, {"xmpRights:Marked": str(data.copyrighted), "xmpRights:WebStatement": data.license_url})
    _alternatives(parent, "xmpRights:UsageTerms", data.license, "")


def _prism(data: Metadata) -> dict[str, str]:
    return {
        "doi": data.doi,
        "publicationName": data.publication_name,
        "issn": data.issn,
        "volume": data.volume,
        "number": data.number,
        "startingPage": data.starting_page,
        "endingPage": data.ending_page,
        "url": data.url,
    }


def _texts(parent: ET.Element, values: Mapping[str, str]) -> list[str]:
    """Simple properties, empty ones left out; returns the keys that were written."""
    written = [key for key, value in values.items() if value]
    for key in written:
        ET.SubElement(parent, name(key)).text = values[key]
    return written


def _array(parent: ET.Element, key: str, kind: str, values: Iterable[str]) -> None:
    if not (kept := [value for value in values if value]):
        return
    array = ET.SubElement(ET.SubElement(parent, name(key)), name(kind))
    for value in kept:
        ET.SubElement(array, name("rdf:li")).text = value


def _alternatives(parent: ET.Element, key: str, text: str, language: str) -> None:
    """One text under `x-default`, which readers look for, and under its true language."""
    if not text:
        return
    array = ET.SubElement(ET.SubElement(parent, name(key)), name("rdf:Alt"))
    for tag in dict.fromkeys(("x-default", language)):
        if tag:
            ET.SubElement(array, name("rdf:li"), {name("xml:lang"): tag}).text = text


def _extension_schema(parent: ET.Element, keys: list[str]) -> None:
    """PDF/A's description of the PRISM properties in use (ISO 19005-2, 6.6.2.3.3)."""
    resource = {name("rdf:parseType"): "Resource"}
    bag = ET.SubElement(ET.SubElement(parent, name("pdfaExtension:schemas")), name("rdf:Bag"))
    schema = ET.SubElement(bag, name("rdf:li"), resource)
    _texts(
        schema,
        {
            "pdfaSchema:schema": "PRISM Basic Metadata",
            "pdfaSchema:namespaceURI": NAMESPACES["prism"],
            "pdfaSchema:prefix": "prism",
        },
    )
    properties = ET.SubElement(ET.SubElement(schema, name("pdfaSchema:property")), name("rdf:Seq"))
    for key in (key.removeprefix("prism:") for key in keys):
        entry = {"name": key, "valueType": "Text", "category": "external", "description": PRISM[key]}
        item = ET.SubElement(properties, name("rdf:li"), resource)
        _texts(item, {f"pdfaProperty:{part}": value for part, value in entry.items()})


def read(data: bytes) -> dict[str, str | list[str] | dict[str, str]]:
    """The simple properties, arrays and language alternatives of a packet, by their usual prefixes.

    Raises ET.ParseError when it is no XML.
    """
    prefixes = {address: prefix for prefix, address in NAMESPACES.items()}
    found: dict[str, str | list[str] | dict[str, str]] = {}
    for description in ET.fromstring(data).iter(name("rdf:Description")):  # noqa: S314 - our own packet
        for attribute, value in description.items():
            found[_prefixed(attribute, prefixes)] = value
        for element in description:
            found[_prefixed(element.tag, prefixes)] = _value(element)
    found.pop("rdf:about", None)
    return found


def _prefixed(tag: str, prefixes: Mapping[str, str]) -> str:
    match = re.fullmatch(r"\{(.*)\}(.*)", tag)
    return f"{prefixes.get(match[1], match[1])}:{match[2]}" if match else tag


def _value(element: ET.Element) -> str | list[str] | dict[str, str]:
    if (alternatives := element.find(name("rdf:Alt"))) is not None:
        return {item.get(name("xml:lang"), ""): item.text or "" for item in alternatives}
    for kind in ("rdf:Seq", "rdf:Bag"):
        if (array := element.find(name(kind))) is not None:
            return [item.text or "" for item in array]
    return element.text or ""
