"""Links to headings by their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.document import parse_document
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_inlines
from fascicle.document.resolve import resolve
from fascicle.document.sections.heading_identifiers import (
    hub_identifier_of,
    identifier_of,
    with_heading_identifiers,
)
from fascicle.document.tree import CrossRef, Heading, Link, walk
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.publications import write


@pytest.mark.parametrize(
    ("heading", "pandoc", "hub"),
    [
        ("Heading identifiers in HTML", "heading-identifiers-in-html", "heading-identifiers-in-html"),
        ("Maître d'hôtel", "maître-dhôtel", "maître-dhôtel"),
        ("*Dogs*?--in *my* house?", "dogsin-my-house", "dogsin-my-house"),
        ("[HTML](x), [S5](y), or [RTF](z)?", "html-s5-or-rtf", "html-s5-or-rtf"),
        ("3. Applications", "applications", "3-applications"),
        ("33", "section", "33"),
        ("Words^[A note.]", "words", "words"),
    ],
)
def test_a_heading_has_pandocs_identifier(heading: str, pandoc: str, hub: str) -> None:
    content = parse_inlines(heading, Origin("t.md"), ParseOptions(), Collector())
    assert identifier_of(content) == pandoc
    assert hub_identifier_of(content) == hub


TEXT = """---
title: The First One
id: first
---

## Methods {#how}

### Results

### Results

#### *Deep* down

See [a](#methods), [b](#results), [c](#results-1), [d](#deep-down), [e](#the-first-one), [f](#how),
@sec:methods, @sec-results and @sec:first. BROKEN
"""


def links(tmp_path: Path, text: str) -> tuple[list[str], list[str], list[str]]:
    """Where links and references lead, the headings' names, and what is told."""
    write(
        tmp_path, {"content/publication.yaml": "title: T\nauthors: [{literal: A}]\n", "content/01.md": text}
    )
    problems = Collector()
    publication = read_publication(Sources(tmp_path), problems)
    assert publication is not None
    document = with_heading_identifiers(parse_document(publication, TrustSettings(), problems))
    resolve(document, problems)
    nodes = list(walk(document.sections[0].blocks))
    targets = [
        node.target if isinstance(node, Link) else node.label
        for node in nodes
        if isinstance(node, Link | CrossRef)
    ]
    names = [node.attributes.id for node in nodes if isinstance(node, Heading)]
    return targets, names, [diagnostic.message for diagnostic in problems]


def test_links_lead_to_headings_by_their_words(tmp_path: Path) -> None:
    targets, names, reported = links(tmp_path, TEXT.replace("BROKEN", ""))
    assert targets == [
        "#sec:how", "#results", "#results-1", "#deep-down", "#sec:first", "#how", "sec:how", "sec:results", "sec:first",
    ]  # fmt: skip
    assert names == ["how", "results", "results-1", "deep-down"]
    assert reported == []


def test_a_link_to_no_heading_is_told(tmp_path: Path) -> None:
    reported = links(tmp_path, TEXT.replace("BROKEN", "[g](#nowhere)"))[2]
    assert reported == ["the link leads to '#nowhere', and nothing has that name"]


def test_a_work_may_have_a_key_that_looks_like_a_label(tmp_path: Path) -> None:
    entry = "@book{sec-filing2010, author = {Doe, Jane}, title = {A}, publisher = {P}, location = {L}, date = 2010}\n"
    write(tmp_path, {"bib/a.bib": entry})
    assert (
        links(tmp_path, "---\ntitle: A\n---\n\nSee @sec-filing2010 and [@sec-filing2010, p. 3].\n")[2] == []
    )
