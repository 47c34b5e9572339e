"""Info and XMP say, in any script, what the publication says; two readers other than ours agree."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import fields, replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from fascicle.core.diagnostics import Collector
from fascicle.core.model import Affiliation, Author, Journal, Places, Publication, PublicationData
from fascicle.pdf.finish import xmp
from fascicle.pdf.metadata import NOT_XML, Metadata, metadata_of
from fascicle.pdf.preflight.preflight import preflight
from fascicle.pdf.standards.pdfa import STANDARDS
from tests.support.pdf_samples import METADATA, PLAIN, finished, raw_pdf

RAW = raw_pdf(2)
IDENTITY = xmp.Identity("uuid:d", "uuid:i", "tool", "maker", METADATA.moment)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)
tricky = st.sampled_from(
    ["þÿ", "ÿþx", "ï»¿", "\ufeffx", "(", ")\\", "<a>&amp;", "]]>", "<!--", "𠮷", "أهلا", "é", "e\u0301"]
)
lines = st.one_of(texts, tricky).map(lambda text: " ".join(text.split()) or "x")


@st.composite
def described(draw: st.DrawFn) -> Metadata:
    return Metadata(
        title=draw(lines),
        language=draw(st.sampled_from(["en-GB", "zh-Hans", "fr", "ar"])),
        creators=tuple(draw(st.lists(lines, max_size=4))),
        description=draw(st.one_of(st.just(""), lines)),
        keywords=tuple(draw(st.lists(lines, max_size=4))),
        date=draw(st.one_of(st.none(), st.dates(min_value=date(1900, 1, 1)))),
        **{
            name: draw(st.one_of(st.just(""), lines))
            for name in ("publisher", "rights", "publication_name", "volume")
        },
    )


@settings(max_examples=150, deadline=None)
@given(described())
def test_any_text_comes_back_equal(metadata: Metadata) -> None:
    output_options = replace(PLAIN, metadata=metadata)
    data = finished(RAW, output_options)
    reader = PdfReader(BytesIO(data))
    assert reader.metadata.title == metadata.title
    assert (reader.metadata.author or "") == "; ".join(metadata.creators)
    assert (reader.metadata.subject or "") == metadata.description
    reported = reader.xmp_metadata
    assert reported.dc_title["x-default"] == reported.dc_title[metadata.language] == metadata.title
    assert tuple(reported.dc_creator or ()) == metadata.creators
    assert tuple(reported.dc_subject or ()) == metadata.keywords
    assert (reported.dc_description or {}).get("x-default", "") == metadata.description
    problems = Collector()
    preflight(data, output_options, problems)
    assert list(problems) == []


@settings(max_examples=150, deadline=None)
@given(described())
def test_the_packet_is_what_an_xml_parser_reads(metadata: Metadata) -> None:
    root = ET.fromstring(xmp.packet(metadata, IDENTITY, {}))
    names = {f"{{{xmp.NAMESPACES['dc']}}}{key}" for key in ("title", "creator", "language")}
    found = {
        element.tag: ["".join(li.itertext()) for li in element.iter(xmp.name("rdf:li"))]
        for element in root.iter()
        if element.tag in names
    }
    assert found[xmp.name("dc:title")] == [metadata.title] * 2
    assert found.get(xmp.name("dc:creator"), []) == list(metadata.creators)


def test_everything_that_is_known_is_written() -> None:
    found = xmp.read(xmp.packet(METADATA, IDENTITY, {}))
    both = {"x-default": METADATA.title, "en-GB": METADATA.title}
    assert found == {
        "dc:format": "application/pdf",
        "dc:identifier": "doi:10.1234/float.2024",
        "dc:title": both,
        "dc:description": dict.fromkeys(("x-default", "en-GB"), METADATA.description),
        "dc:rights": dict.fromkeys(("x-default", "en-GB"), "© 2024 Jia Zhangke"),
        "dc:creator": ["Jia Zhangke", "Österle, Ana", "贾樟柯"],
        "dc:subject": ["hukou", "cinema; film", "户口"],
        "dc:language": ["en-GB"],
        "dc:date": ["2024-02-29"],
        "dc:publisher": ["A Press"],
        "dc:type": ["Text"],
        "xmp:CreatorTool": "tool",
        "xmp:CreateDate": "2024-02-29T00:00:00Z",
        "xmp:ModifyDate": "2024-02-29T00:00:00Z",
        "xmp:MetadataDate": "2024-02-29T00:00:00Z",
        "pdf:Producer": "maker",
        "pdf:Keywords": "hukou; cinema; film; 户口",
        "xmpMM:DocumentID": "uuid:d",
        "xmpMM:InstanceID": "uuid:i",
        "xmpMM:RenditionClass": "default",
        "xmpMM:VersionID": "1.2",
        "xmpRights:Marked": "True",
        "xmpRights:WebStatement": "https://creativecommons.org/licenses/by/4.0/",
        "xmpRights:UsageTerms": {"x-default": "CC-BY-4.0"},
        "prism:doi": "10.1234/float.2024",
        "prism:publicationName": "Journal of Floating",
        "prism:issn": "0378-5955",
        "prism:volume": "12",
        "prism:number": "3–4",
        "prism:startingPage": "47",
        "prism:endingPage": "49",
        "prism:url": "https://doi.org/10.1234/float.2024",
    }


def test_nothing_is_written_of_what_is_not_known() -> None:
    bare = xmp.packet(Metadata(title="T", language="en"), xmp.Identity("d", "i", "t", "p", None), {})
    assert xmp.read(bare).keys() == {
        *("dc:format", "dc:title", "dc:language", "dc:type", "xmp:CreatorTool", "pdf:Producer"),
        *("xmpMM:DocumentID", "xmpMM:InstanceID", "xmpMM:RenditionClass"),
    }


def test_usual_prefixes_are_used() -> None:
    packet = xmp.packet(METADATA, IDENTITY, STANDARDS["a-2u"].claims, describe_prism=True).decode()
    assert "ns0:" not in packet
    for prefix in ("dc:title", "prism:doi", "pdfaid:part", "pdfaExtension:schemas", "xmpMM:InstanceID"):
        assert f"<{prefix}>" in packet


def test_archive_files_describe_just_the_prism_properties_they_use() -> None:
    few = replace(
        METADATA, issn="", volume="", number="", starting_page="", ending_page="", publication_name=""
    )
    root = ET.fromstring(xmp.packet(few, IDENTITY, {}, describe_prism=True))
    assert [item.text for item in root.iter(xmp.name("pdfaProperty:name"))] == ["doi", "url"]
    none = replace(few, doi="", url="")
    assert "pdfaExtension" not in xmp.packet(none, IDENTITY, {}, describe_prism=True).decode()


def publication(**changes: object) -> Publication:
    data = {"title": "A *title*", "authors": (Author(given="Ana", family="Li"),), "language": "fr", **changes}
    return Publication(
        data=PublicationData(**data),
        places=Places(file="p.yaml"),
        slug="s",
        sections=(),
        pictures={},
        bibliography=None,
    )


def plain(text: str) -> str:
    return text.replace("*", "")


def test_metadata_of_a_publication() -> None:
    made = publication(
        subtitle="and *more*",
        authors=(
            Author(given="Zhangke", family="Jia", family_first=True, native="贾樟柯", affiliations=("a",)),
            Author(literal="The Film Group"),
        ),
        affiliations={"a": Affiliation(name="University")},
        abstract="One\nline.\n\nAnother *paragraph*.\n",
        keywords=("a", "b"),
        date=date(2024, 2, 29),
        version="2",
        doi="https://doi.org/10.1234/x",
        publisher="Press",
        license="CC-BY-SA-4.0",
        journal=Journal(title="J", issn="0378-5955", volume="1", issue="2", first_page=3, last_page=4),
    )
    assert metadata_of(made, plain) == Metadata(
        title="A title: and more",
        language="fr",
        creators=("Jia Zhangke", "The Film Group"),
        description="One line.\n\nAnother paragraph.",
        keywords=("a", "b"),
        date=date(2024, 2, 29),
        version="2",
        publisher="Press",
        doi="10.1234/x",
        url="https://doi.org/10.1234/x",
        rights="© 2024 Jia Zhangke, The Film Group",
        license="CC-BY-SA-4.0",
        license_url="https://creativecommons.org/licenses/by-sa/4.0/",
        publication_name="J",
        issn="0378-5955",
        volume="1",
        number="2",
        starting_page="3",
        ending_page="4",
    )


def test_metadata_of_a_bare_publication() -> None:
    assert metadata_of(publication(), plain) == Metadata(title="A title", language="fr", creators=("Ana Li",))


@pytest.mark.parametrize("title", ["Who moves?", "Move!", "谁在流动？"])
def test_a_title_that_ends_its_sentence_gets_no_colon(title: str) -> None:
    assert metadata_of(publication(title=title, subtitle="More"), plain).title == f"{title} More"


@pytest.mark.parametrize(
    ("changes", "rights", "copyrighted", "address"),
    [
        ({"rights": "© *Ana*"}, "© Ana", True, ""),
        (
            {"license": "CC0-1.0", "date": date(2024, 1, 1)},
            "",
            False,
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
        ({"license": "MIT OR CC-BY-4.0", "date": date(2024, 1, 1)}, "© 2024 Ana Li", True, ""),
    ],
)
def test_rights(changes: dict, rights: str, copyrighted: bool, address: str) -> None:
    made = metadata_of(publication(**changes), plain)
    assert (made.rights, made.copyrighted, made.license_url) == (rights, copyrighted, address)


@given(st.text())
def test_no_text_of_a_publication_can_break_the_packet(text: str) -> None:
    made = metadata_of(publication(subtitle="x" + text + "x", abstract=text + "x"), lambda value: value)
    assert not any(NOT_XML.search(str(getattr(made, field.name))) for field in fields(made))
    assert xmp.read(xmp.packet(made, IDENTITY, {}))["dc:title"]["x-default"] == made.title
