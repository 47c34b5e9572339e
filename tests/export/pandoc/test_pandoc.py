"""Trees as Pandoc's syntax tree: numbers, cross-references, captions, quotations, citations, emphasis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fascicle.citations.postprocessing.nested_emphasis import upright
from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.document import Document, parse_document
from fascicle.document.figures.placed_figures import PlacedPicture
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.document.resolve import resolve
from fascicle.document.sections.numbering import numbers_of
from fascicle.document.tree import Paragraph
from fascicle.export.pandoc.blocks import render_blocks, render_inlines
from fascicle.export.pandoc.context import PandocContext, Target
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.publications import write

TEXT = """---
title: First
---

# Part {{#a}}

## Section {{#b}}

### Below {{#c}}

#### Deep {{#d}}

## Plain {{#e .unnumbered}}

## Next {{#f}}

$$a$$ {{#eq:one}} and $$b$$ and $$\\begin{{align}}x\\\\ y\\notag\\\\ z\\end{{align}}$$ and $$c$$ {{#eq:four}}

![One](x.png){{#fig:one}}

![Two](y.png)

![](z.png)

![Three](w.png){{#fig:three width=50%}}

{more}
"""


def document(tmp_path: Path, more: str = "", head: str = "") -> Document:
    """A publication with headings, formulas and figures, and `more`."""
    write(
        tmp_path,
        {
            "content/publication.yaml": f"title: T\nauthors: [{{literal: A}}]\n{head}",
            "content/01-one.md": TEXT.format(more=more),
            "content/02-two.md": "---\ntitle: Second\nnumbered: false\n---\n\n## Inside\n",
            "content/03-three.md": "---\ntitle: Third\n---\n\nText.\n",
        },
    )
    problems = Collector()
    publication = read_publication(Sources(tmp_path), problems)
    assert publication
    return parse_document(publication, TrustSettings(), problems)


def shown(node: Any) -> str:
    """The characters of a piece of Pandoc's tree."""
    if isinstance(node, list):
        return "".join(shown(item) for item in node)
    if not isinstance(node, dict):
        return ""
    if node["t"] in ("Space", "SoftBreak"):
        return " "
    return str(node["c"]) if node["t"] == "Str" else shown(node.get("c", []))


def blocks(text: str, **context: Any) -> p.Blocks:
    problems = Collector()
    tree = parse_blocks(text, Origin("t.md"), ParseOptions(context.get("language", "en-GB")), problems)
    assert not list(problems)
    return render_blocks(tree, PandocContext(**{"target": Target.WORD, **context}))


def test_numbers_are_those_of_latex(tmp_path: Path) -> None:
    labels = numbers_of(document(tmp_path)).labels
    assert labels == {
        "sec:one": "1", "sec:a": "2", "sec:b": "2.1", "sec:c": "2.1.1", "sec:d": "", "sec:e": "",
        "sec:f": "2.2", "eq:one": "1", "eq:four": "4", "fig:one": "1", "fig:three": "3", "sec:two": "",
        "sec:three": "3",
    }  # fmt: skip


def test_no_numbers_where_none_are_wanted(tmp_path: Path) -> None:
    labels = numbers_of(document(tmp_path, head="number-sections: false\n")).labels
    assert labels["sec:b"] == ""
    assert labels["fig:three"] == "3"


def test_cross_references_are_words_that_lead_there(tmp_path: Path) -> None:
    text = document(tmp_path, "@fig:three and @sec:b, [-@eq:four], @eq:one, @sec:e. @sec:f.")
    resolved = resolve(text, Collector())
    context = PandocContext(Target.WORD, "fr", numbers_of(text), resolved.labels)
    last = text.sections[0].blocks[-1]
    assert isinstance(last, Paragraph)
    made = render_inlines(last.content, context)
    assert shown(made) == (
        "Figure\u00a03 and section\u00a02.1, 4, équation\u00a0(1), Plain. Section\u00a02.2."
    )
    links = [node["c"][2][0] for node in made if node["t"] == "Link"]
    assert links == ["#fig:three", "#sec:b", "#eq:four", "#eq:one", "#sec:e", "#sec:f"]


@pytest.mark.parametrize(
    ("language", "printed"),
    [("en-GB", "‘a “b” c’"), ("en-US", "“a ‘b’ c”"), ("de", "„a ‚b‘ c“"), ("fr", "«\u202fa “b” c\u202f»")],
)
def test_quotations_in_the_language(language: str, printed: str) -> None:
    assert shown(blocks("\"a 'b' c\"", language=language)) == printed


def test_a_span_of_another_language_has_its_marks() -> None:
    assert shown(blocks('"a" [«x» "b"]{lang=de}')) == "‘a’ «x» „b“"


def test_lines_join_between_han_characters() -> None:
    assert shown(blocks("电影\n史 and\nmore")) == "电影史 and more"


def test_pictures_keep_their_shape_and_stay_on_the_page() -> None:
    picture = PlacedPicture("x.png", "", 720, 360, "What it shows")
    pictures = {"x.png": picture}

    def size(attributes: str) -> list[str]:
        made = blocks(f"![c](x.png){attributes}", pictures=pictures, measure=6.0, height=9.0)
        image = made[0]["c"][1][0]["c"][0]
        assert image["t"] == "Image"
        assert shown(image["c"][1]) == "What it shows"
        return [value for _, value in image["c"][0][2]]

    assert size("") == ["6.000in", "3.000in"]
    assert size("{width=50%}") == ["3.000in", "1.500in"]
    assert size("{height=1in}") == ["2.000in", "1.000in"]
    assert size("{width=2.54cm}") == ["1.000in", "0.500in"]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("[@a, p. 3]", ", {locatorpage 3}"),
        ("[@a, chs. 4 and 5]", ", {locatorchapter 4 & 5}"),
        ("[@a, 00:12:30, my view]", ", {}, 00:12:30, my view"),
        ("[@a, emphasis added]", ", {}, emphasis added"),
        ("[@a, p. 3, my *view*]", ", {locatorpage 3}, my view"),
        ("[@a, p. 3 and passim]", ", {locatorpage 3} and passim"),
        ("[@a, {ch. the last}]", ", {}, chap. the last"),
        ("[@a's claim]", "’s claim"),
        ("[@a]", ""),
    ],
)
def test_suffixes_for_citeproc(text: str, suffix: str) -> None:
    cite = blocks(text, target=Target.PANDOC)[0]["c"][0]
    assert cite["t"] == "Cite"
    assert shown(cite["c"][0][0]["citationSuffix"]) == suffix


def test_keys_are_those_of_the_entries() -> None:
    cite = blocks("@other [p. 1; -@b]", keys={"other": "a"}, target=Target.PANDOC)[0]["c"][0]
    works = [(work["citationId"], work["citationMode"]["t"]) for work in cite["c"][0]]
    assert works == [("a", "AuthorInText"), ("b", "SuppressAuthor")]


def test_emphasis_inside_emphasis_is_upright() -> None:
    made = upright(blocks("*a [b *c*](#x) **d** ^[note *e*]* f"))
    kinds = [(node["t"], shown(node)) for node in made[0]["c"]]
    assert kinds[0] == ("Emph", "a ")
    link = made[0]["c"][1]["c"][1]
    assert [(node["t"], shown(node)) for node in link] == [("Emph", "b "), ("Str", "c")]
    note = next(node for node in made[0]["c"] if node["t"] == "Note")
    assert [(n["t"], shown(n)) for n in note["c"][0]["c"]][-1] == ("Emph", "e")


def test_what_follows_a_title_is_not_italic_as_a_whole() -> None:
    addition = p.span(
        [*p.strings("[x "), p.wrapped("Emph", p.strings("y")), *p.strings(" z]")],
        p.attr("", ["nocase", "title-addition"]),
    )
    made = upright([p.para([p.wrapped("Emph", [*p.strings("T "), addition])])])
    assert (made[0]["c"][0]["t"], shown(made[0]["c"][0])) == ("Emph", "T ")
    assert ("Emph", "y") in [(node["t"], shown(node)) for node in made[0]["c"]]
    assert ("Emph", "[x") not in [(node["t"], shown(node)) for node in made[0]["c"]]


def test_a_numbered_formula_stands_by_itself_in_word(tmp_path: Path) -> None:
    text = document(tmp_path)
    context = PandocContext(Target.WORD, "en-GB", numbers_of(text))
    paragraph = next(block for block in text.sections[0].blocks if isinstance(block, Paragraph))
    made = render_blocks((paragraph,), context)
    styles = [block["c"][0][2][0][1] if block["t"] == "Div" else block["t"] for block in made]
    assert styles == ["Equation", "Para", "Equation", "Para", "Equation"]
    assert shown(made[-1]) == "(4)"
