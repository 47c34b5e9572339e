"""What styles leave to their records: titles, letters, reports, broadcasts, and stops inside quotation marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.citations.engine.serialise import json_reference, plain_in_document
from fascicle.citations.items.draft import ItemDraft
from fascicle.citations.items.items import items_of
from fascicle.citations.items.marks import ADDED, CLOSING, FIRM_COMMA, OPENING, outside_quotes, unmarked
from fascicle.citations.items.model import Item
from fascicle.citations.postprocessing.closing_quotes import bare_addresses, closed, comma_after_question
from fascicle.citations.style_adjustments.adjust import FIRM_HYPHEN, fitted
from fascicle.citations.style_adjustments.headline import capitalised
from fascicle.citations.style_adjustments.mla import shortened
from fascicle.citations.styles.styles import named_style
from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.tree import Emph, Link, Text, plain
from fascicle.project.bibliography.fields.markup import text
from fascicle.project.bibliography.library import read_bibliography
from fascicle.project.sources import Sources

AT = Span("")


def item(folder: Path, record: str) -> Item:
    (folder / "works.bib").write_text(record, encoding="utf-8")
    problems = Collector()
    library = read_bibliography(Sources(folder), [("works.bib", None)], problems)
    assert not list(problems)
    return items_of(library, ["a"], "en-US")[0]


def fitting(folder: Path, style: str, record: str) -> dict[str, str]:
    found = named_style(style, Collector())
    assert found is not None
    made = fitted(item(folder, record), "en-US", found)
    return {"type": made.type, **{name: text(pieces) for name, pieces in made.texts.items()}, **made.dates}


FITTED = [
    ("apa", "@online{a, title = {T}, eprint = {1706.1}, eprinttype = {arxiv}}", {"publisher": "arXiv"}),
    ("apa", "@report{a, title = {T}, type = {Working Paper}, number = {08-01}}", {"number": f"No. 08{FIRM_HYPHEN}01"}),
    ("apa", "@report{a, title = {T}, number = {12}}", {"number": "12"}),
    ("apa", "@patent{a, title = {T}, type = {patentus}, number = {4586960}}", {"number": f"4{FIRM_COMMA}586{FIRM_COMMA}960"}),
    ("apa", "@suppbook{a, type = {foreword}, booktitle = {B}}", {"title": "Foreword"}),
    ("apa", "@video{a, title = {T}, organization = {YouTube}}", {"medium": "Video"}),
    ("apa", "@book{a, title = {The Life of {Chicago}}}", {"title": "The life of Chicago"}),
    ("apa", "@book{a, title = {Go}, langid = {japanese}, translation = {On {Japanese} Words}}", {"title": "Go [On Japanese words]"}),
    ("chicago-notes", "@book{a, title = {The Passage of Power}}", {"title-short": "Passage of Power"}),
    ("chicago-notes", "@book{a, title = {T}, shorttitle = {The Lot}}", {"title-short": "The Lot"}),
    ("chicago-notes", "@unpublished{a, title = {T}, type = {Paper presentation}, eventtitle = {M}}", {"type": "speech", "event-title": "paper presented at M", "genre": ""}),
    ("chicago-author-date", "@book{a, title = {Studies after Eisenstein}}", {"title": "Studies After Eisenstein"}),
    ("mla", "@book{a, title = {Studies after Eisenstein}}", {"title": "Studies after Eisenstein"}),
    ("chicago-author-date", "@article{a, title = {T}, journaltitle = {The Dial}}", {"container-title": "Dial"}),
    ("chicago-notes", "@review{a, booktitle = {B}, journaltitle = {J}}", {"reviewed-title": "B", "reviewed-genre": ""}),
    ("apa", "@review{a, booktitle = {B}, journaltitle = {J}}", {"reviewed-title": "B", "reviewed-genre": "book"}),
]  # fmt: skip


@pytest.mark.parametrize(("style", "record", "wanted"), FITTED)
def test_records_are_made_what_their_style_wants(
    tmp_path: Path, style: str, record: str, wanted: dict[str, str]
) -> None:
    found = fitting(tmp_path, style, record)
    assert {name: found.get(name, "") for name in wanted} == wanted


PUBLISHERS = [
    ("University of Chicago Press", "U of Chicago P"), ("Oxford University Press", "Oxford UP"),
    ("Northwestern University", "Northwestern U"), ("The Dial", "Dial"), ("Faber & Faber", "Faber and Faber"),
]  # fmt: skip


@pytest.mark.parametrize(("whole", "short"), PUBLISHERS)
def test_mla_shortens_publishers(whole: str, short: str) -> None:
    assert shortened(whole) == short


@pytest.mark.parametrize("title", ["The Art of War", "Print Culture Studies after Eisenstein"])
def test_titles_with_capitals_are_known(title: str) -> None:
    assert capitalised(title)


@pytest.mark.parametrize("title", ["The art of war", "Reise", "Zur Geschichte des deutschen Films"])
def test_other_titles_are_not(title: str) -> None:
    assert not capitalised(title)


CLOSED = [
    (["said “so”", "."], "said “so.”"), (["“a”, b"], "“a,” b"), (["“a ‘b’”, c"], "“a ‘b,’” c"),
    (["“Why?”. Then"], "“Why?” Then"), (["“a”... b"], "“a”... b"), (["“a.”."], "“a.”"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "wanted"), CLOSED)
def test_stops_stand_inside_quotation_marks(texts: list[str], wanted: str) -> None:
    assert plain(closed(tuple(Text(AT, text) for text in texts), "en-US")) == wanted


def test_stops_stay_outside_in_other_languages() -> None:
    content = (Text(AT, "„so“, „a”, “b”."),)
    assert closed(content, "de") == content


def test_a_stop_is_found_inside_other_nodes() -> None:
    content = (Emph(AT, (Text(AT, "“a”"),)), Text(AT, ", b"))
    assert plain(closed(content, "en-US")) == "“a,” b"


def test_a_comma_follows_a_question_in_notes() -> None:
    assert plain(comma_after_question((Text(AT, "A, “Why?” *J* 1"),))) == "A, “Why?,” *J* 1"


def test_addresses_are_bare_and_lead_where_they_led() -> None:
    links = tuple(
        Link(AT, (Text(AT, address),), address) for address in ("https://a.org/b", "https://doi.org/10.1/c")
    )
    made = bare_addresses(links)
    assert [plain((link,)) for link in made] == ["a.org/b", "https://doi.org/10.1/c"]
    assert made[0] == Link(AT, (Text(AT, "a.org/b"),), "https://a.org/b")


def test_marks_become_a_span() -> None:
    made = unmarked([p.string(f"Qing{OPENING}[1"), p.string(f"a]{CLOSING}."), p.string(f"1{FIRM_COMMA}2")])
    assert made == [
        p.string("Qing"),
        p.span([p.string("[1"), p.string("a]")], p.attr("", ["nocase", ADDED])),
        p.string("."),
        p.string("1,2"),
    ]


def test_what_follows_a_title_stands_after_its_quotation_mark() -> None:
    added = p.span([p.string("[a]")], p.attr("", [ADDED]))
    inner = p.span([p.string("Qing"), p.SPACE, added], p.attr("", [], [("lang", "zh")]))
    quoted = p.span([p.string("“"), inner, p.string("."), p.string("”")], p.attr())
    kept = p.span([p.string("Qing")], p.attr("", [], [("lang", "zh")]))
    assert outside_quotes([quoted]) == [
        p.span([p.string("“"), kept, p.string("”")], p.attr()),
        p.SPACE,
        added,
        p.string("."),
    ]


def test_a_title_without_such_stays() -> None:
    quoted = p.span([p.string("“"), p.string("Qing"), p.string(".”")], p.attr())
    assert outside_quotes([quoted]) == [quoted]


def test_records_with_newer_roles_are_read_from_a_file(tmp_path: Path) -> None:
    style = named_style("mla", Collector())
    assert style is not None
    book = item(tmp_path, "@book{a, author = {B, C}, title = {T}}")
    episode = item(tmp_path, "@audio{a, host = {Glass, Ira}, title = {T}, maintitle = {M}}")
    assert plain_in_document(book)
    assert not plain_in_document(episode)
    assert json_reference(episode, "en-US", style, "w1")["host"] == [{"family": "Glass", "given": "Ira"}]


def test_a_draft_changes_and_moves_its_words() -> None:
    draft = ItemDraft("book", {}, {}, {"issued": "2019"}, english=True)
    draft.put("title", "Brown")
    draft.put("medium", "Map")
    draft.change("title", str.upper)
    draft.move("title", "genre")
    draft.move("genre", "medium")
    draft.move("issued", "event-date")
    assert (draft.words("genre"), draft.words("medium"), draft.words("title")) == ("BROWN", "Map", "")
    assert draft.dates == {"event-date": "2019"}
