"""The text as readers get it, held against the sources: laid-out pages with heads, notes and breaks in any place."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fascicle.core.diagnostics import Span
from fascicle.document.expected_text import BlockText, Flow, Gap
from fascicle.pdf.reading.text import Reading, around, key
from fascicle.pdf.text_comparison import differences as comparison
from fascicle.pdf.text_comparison.alignment import MatchedStretch
from fascicle.pdf.text_comparison.block_places import BlockPlace, BlockPlaces
from fascicle.pdf.text_comparison.differences import differences
from fascicle.pdf.text_comparison.expected_blocks import ExpectedBlock

WORDS = [
    "the",
    "a",
    "of",
    "archive",
    "camera",
    "station",
    "ticket",
    "low-paid",
    "Zhang",
    "crowd",
    "record",
    "流动人口",
    "户口",
    "naïve",
    "“quoted”",
    "year,",
    "people.",
    "and",
]


def block(
    text: str | tuple[str | Gap, ...], flow: Flow = Flow.BODY, line: int = 1, name: str = "paragraph"
) -> BlockText:
    return BlockText(name, flow, Span("a.md", line), (text,) if isinstance(text, str) else text)


def found(pages: list[str], *blocks: BlockText) -> list[tuple[str, int]]:
    return [(one.kind, one.page) for one in differences(Reading(pages), blocks)]


# -- Keys --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("office ﬁle", "officefile"),
        ("a\u00a0b\u2009c\u200bd", "abcd"),
        ("low-\r\npaid", "lowpaid"),
        ("low\ufffepaid", "lowpaid"),
        ("cafe\u0301", "café"),
        ("x²", "x2"),
        ("lines\r\n´a word", "linesaword"),
    ],
)
def test_form_and_white_space_are_no_difference(text: str, same: str) -> None:
    assert key(text).text == same


def test_hyphens_keep_their_places_and_tell_a_lines_end() -> None:
    assert key("low-paid and wel-\r\nl").hyphens == {3: False, 13: True}


@given(st.text(max_size=60))
def test_a_key_is_made_of_any_text(text: str) -> None:
    made = key(text)
    assert not any(letter.isspace() for letter in made.text)
    assert all(0 <= place <= len(made.text) for place in made.hyphens)


@given(st.text(alphabet="ab -\n", max_size=40), st.integers(0, 40))
def test_the_text_around_a_place_is_part_of_it(text: str, place: int) -> None:
    shown = around(text, place, 5, 5).strip("…")
    assert shown in " ".join(text.split())


# -- Blocks ------------------------------------------------------------------------------------------------


def test_a_paragraph_goes_on_behind_notes_and_a_running_head() -> None:
    pages = [
        "Head\r\nIt begins on this page and\r\n1 A note at its foot.\r\n1",
        "Head\r\nFigure 1 A caption above.\r\ngoes on upon the next one.\r\n2",
    ]
    blocks = [
        block("It begins on this page and goes on upon the next one."),
        block("A note at its foot.", Flow.NOTE),
        block("A caption above.", Flow.FLOAT),
    ]
    assert found(pages, *blocks) == []


def test_what_a_citation_prints_is_not_compared_but_what_is_around_it_is() -> None:
    text = ("As was said ", Gap(40), ", the train is late.")
    assert found(["As was said (Li 2012, 174), the train is late."], block(text)) == []
    assert found(["As was said (Li 2012, 174), the train is early."], block(text)) == [("different", 1)]


def test_lines_of_writing_from_right_to_left_may_be_turned_round_but_no_word_of_them_may_be_lost() -> None:
    text = block("He wrote צוֹפֶן הקול, (בית) 1948 נהר and went on.")
    after = block("Another one.")
    assert found(["He wrote לוקהןפוצ\r\nand . רהנ1948)תיב( went on.\r\nAnother one."], text, after) == []
    assert found(["He wrote לוקהןפוצ\r\nand . רהנ1948 went on.\r\nAnother one."], text, after) == [
        ("unread", 0)
    ]


def test_letters_with_points_and_letters_above_one_another_may_be_read_apart() -> None:
    text = block("נאמר בְּרֵאשִׁית בָּרָא אֱלֹהִים והארץ הייתה")
    read = "התייה ץראהו .םיִהא ֱ ֹל ָבתי ּ ָר ְּ ִשאֵר ׁא רמאנ"
    assert found([read], text) == []
    words = "لاہور کی گلیاں یادوں سے بھری ہیں اور لوگ اپنے بچپن کی بات کرتے ہیں جو اب نہیں رہے"
    read = words[::-1].replace("نپچب", "نپ ب") + " چ"
    assert found([read], block(words)) == []


def test_a_missing_paragraph_is_found_though_its_words_stand_elsewhere() -> None:
    words = [
        "شهر",
        "از",
        "یاد",
        "مردم",
        "و",
        "کوچه\u200cهای",
        "تهران",
        "پر",
        "است",
        "و",
        "مردم",
        "از",
        "خانه\u200cهای",
        "خود",
        "می\u200cگویند",
    ]
    here, gone = " ".join(words), " ".join(sorted(words))
    assert found([here[::-1]], block(here)) == []
    assert found([here[::-1]], block(here), block(gone)) == [("unread", 0)]


def test_rows_of_a_long_table_that_are_much_alike_are_found_behind_one_another() -> None:
    rows = [f"row {number} some words here {number} {number}" for number in range(2000)]
    pages = ["\r\n".join(rows[first : first + 40]) for first in range(0, 2000, 40)]
    expected = [block(row, flow=Flow.FLOAT, name="row of a table") for row in rows]
    assert found(pages, block("Before the table, a paragraph."), *expected) == [("missing", 0)]


def test_a_paragraph_of_thousands_of_notes_is_found() -> None:
    parts: list[str | Gap] = []
    for number in range(3000):
        parts += [f"Word number {number} has a note.", Gap(4)]
    text = [f"Word number {number} has a note.{number + 1}" for number in range(3000)]
    pages = [
        "\r\n".join([*text[at : at + 30], *(f"The note {note} says." for note in range(at, at + 30))])
        for at in range(0, 3000, 30)
    ]
    assert found(pages, block(tuple(parts))) == []


def test_a_word_behind_a_notes_mark_may_be_the_last_of_its_page() -> None:
    text = ("The station was closed.", Gap(4), " Word by word the archive was moved to another town.")
    pages = [
        "The station was closed.12 Word\r\n12 The note.",
        "by word the archive was moved to another town.",
    ]
    assert found(pages, block(text)) == []


def test_a_soft_hyphen_is_printed_at_a_lines_end_or_not_at_all() -> None:
    text = "The floating pop\u00adu\u00adla\u00adtion of the low-paid."
    assert found(["The floating population of the low-paid."], block(text)) == []
    assert found(["The floating popu\ufffe\r\nlation of the low-paid."], block(text)) == []
    assert found(["The floating popu-lation of the low-paid."], block(text)) == [("hyphen", 1)]
    assert found(["The floating population of the lowpaid."], block(text)) == [("hyphen", 1)]


def test_a_gap_has_an_end() -> None:
    text = ("As was said ", Gap(4), ", the train is late.")
    assert found(["As was said " + "x" * 400 + ", the train is late."], block(text))


def test_short_blocks_stand_at_a_lines_begin() -> None:
    pages = ["The word One is inside this line.\r\nAnd this is more."]
    assert found(pages, block("The word One is inside this line."), block("One")) == [("missing", 0)]
    assert found(["One\r\nThe word."], block("One"), block("The word.")) == []


def test_the_place_of_a_difference_is_shown_from_both_sides() -> None:
    (one,) = differences(
        Reading(["The crowd waits before the ticket hal for days."]),
        [block("The crowd waits before the ticket hall for days.")],
    )
    assert one.page == 1
    assert "ticket hal for" in one.printed
    assert "ticket hall for" in one.written


def test_two_equal_paragraphs_may_stand_one_after_the_other() -> None:
    text = "The same words, long enough to be taken for a repetition of the whole."
    assert found([f"{text}\r\n{text}"], block(text), block(text, line=3)) == []
    assert found([f"{text}\r\n{text}"], block(text)) == [("twice", 1)]


def test_thousands_of_gaps_end_in_time() -> None:
    pieces = tuple(piece for _ in range(300) for piece in ("a", Gap(300)))
    assert found(["a" * 2000], block((*pieces, "b")))


# -- Whole pages -------------------------------------------------------------------------------------------


def lines_of(text: str, width: int, chance: random.Random) -> list[str]:
    """The text in lines, some words broken at the end."""
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) > width and line:
            if len(word) > 5 and word.isalpha() and chance.random() < 0.4:
                lines.append(f"{line} {word[:3]}-")
                line = word[3:]
                continue
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def laid_out(paragraphs: list[str], notes: list[str], seed: int) -> list[str]:
    """Pages of a few lines with a head, a number, and a note each while there are notes."""
    chance = random.Random(seed)
    lines = [line for text in paragraphs for line in lines_of(text, 44, chance)]
    pages, waiting = [], list(notes)
    while lines:
        body, lines = lines[:9], lines[9:]
        foot = [f"{len(pages) + 1} {waiting.pop(0)}"] if waiting else []
        pages.append("\r\n".join(["A Running Head", *body, *foot, str(len(pages) + 1)]))
    return [*pages, *(f"9 {note}" for note in waiting)]


def some_text(number: int, length: int, seed: int) -> str:
    """Words, every fourth of them found nowhere else, as texts have them."""
    chance = random.Random(seed)
    return " ".join(
        f"w{number}x{place}" if place % 4 == 3 else chance.choice(WORDS) for place in range(length)
    )


lengths = st.lists(st.tuples(st.integers(25, 90), st.integers(0, 999)), min_size=1, max_size=5)
documents = st.tuples(lengths, st.integers(0, 3), st.integers(0, 99)).map(
    lambda made: (
        [some_text(number, *one) for number, one in enumerate(made[0])],
        [some_text(100 + number, 20, number) for number in range(made[1])],
        made[2],
    )
)


def blocks_of(paragraphs: list[str], notes: list[str]) -> list[BlockText]:
    body = [block(text, line=number) for number, text in enumerate(paragraphs, start=1)]
    return [*body, *(block(text, Flow.NOTE, 100 + number, "note") for number, text in enumerate(notes))]


@settings(max_examples=60, deadline=None)
@given(documents)
def test_what_was_laid_out_is_found(document: tuple[list[str], list[str], int]) -> None:
    paragraphs, notes, seed = document
    kinds = found(laid_out(paragraphs, notes, seed), *blocks_of(paragraphs, notes))
    assert kinds == []


@settings(max_examples=60, deadline=None)
@given(documents, st.randoms(use_true_random=False), st.sampled_from(["drop", "change", "swap"]))
def test_what_was_changed_is_told(document, chance: random.Random, kind: str) -> None:
    paragraphs, notes, seed = document
    number = chance.randrange(len(paragraphs))
    words = paragraphs[number].split(" ")
    at = chance.randrange(1, len(words) - 1)
    if kind == "drop":
        changed = [*words[:at], *words[at + 1 :]]
    elif kind == "change":
        changed = [*words[:at], "zzz", *words[at + 1 :]]
    else:
        changed = [*words[: at - 1], words[at], words[at - 1], *words[at + 1 :]]
    printed = [*paragraphs[:number], " ".join(changed), *paragraphs[number + 1 :]]
    if key(printed[number]).text == key(paragraphs[number]).text:
        return
    assert found(laid_out(printed, notes, seed), *blocks_of(paragraphs, notes))


# -- What is lost, and what only reads otherwise ---------------------------------------------------------

SENTENCES = [
    f"It is the sentence number {number}, and it says what all of them say, again and again."
    for number in range(60)
]


def certain(pages: list[str], *blocks: BlockText) -> list[tuple[str, int]]:
    return [(one.kind, one.block.span.line) for one in differences(Reading(pages), blocks) if one.certain]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The quick brown fox jumps over the lazy dog", "The qick brown fox jumps over the lazy dog"),
        ("The quick", "The qick"),
        ("queen", "qeen"),
        ("It is said [ai\u032f] with u\u032f by most of them", "It is said [ai] with u by most of them"),
        ("A word \U0001d494 in it, and more", "A word  in it, and more"),
        ("\\ begins with a stroke", "begins with a stroke"),
        ("u\u032f", "\u2013"),
        ("वह पुस्तक पढ़ता है", "वह प ु \u25ccस्तक"),
        ("Cut at B-spline, it goes on", "Cut at B spline, it goes on"),
    ],
)
def test_what_readers_give_back_otherwise_is_no_loss(text: str, printed: str) -> None:
    around_it = ("Before it stands a paragraph.", "Behind it stands another one.")
    pages = [f"{around_it[0]}\r\n{printed}\r\n{around_it[1]}"]
    blocks = [block(around_it[0]), block(text, line=2), block(around_it[1], line=3)]
    assert certain(pages, *blocks) == []
    assert key(text).text == key(printed).text or found(pages, *blocks)


@pytest.mark.parametrize("number", [0, 7, 59])
def test_a_paragraph_that_is_missing_is_told_among_many_alike(number: int) -> None:
    paragraphs = [f"{text} And {at} is its own." for at, text in enumerate(SENTENCES)]
    printed = [text for at, text in enumerate(paragraphs) if at != number]
    blocks = [block(text, line=at) for at, text in enumerate(paragraphs)]
    reported = found(["\r\n".join(printed[:30]), "\r\n".join(printed[30:])], *blocks)
    assert reported
    assert len(reported) == 1


def test_a_citation_that_is_missing_is_lost() -> None:
    text = "So it was said in the year of the flood (Okafor and Lindqvist 2019, 145), and never again."
    pages = ["So it was said in the year of the flood , and never again."]
    assert certain(pages, block(text)) == [("lost", 1)]


def test_a_note_that_is_missing_is_told_though_its_mark_is_there() -> None:
    blocks = [
        block(("A word", Gap(4), " and more.")),
        block("Okafor, The Work of Memory, 12.", Flow.NOTE, 2, "note"),
    ]
    assert certain(["A word1 and more."], *blocks) == [("missing", 2)]
    assert certain(["A word1 and more.\r\n1 Okafor, The Work of Memory, 12."], *blocks) == []


def test_paragraphs_that_stand_twice_are_no_repetition() -> None:
    text = SENTENCES[3]
    blocks = [block(text, line=1), block("Between them.", line=2), block(text, line=3)]
    assert found([f"{text}\r\nBetween", f"them.\r\n{text[:40]}\r\n1", f"{text[40:]}\r\n2"], *blocks) == []


def test_a_refrain_inside_other_sentences_is_no_repetition() -> None:
    refrain = "And so it goes, as it went, and as it will go for ever."
    texts = [refrain, *(f"{text} {refrain}" for text in SENTENCES[:9]), refrain]
    assert found(["\r\n".join(texts)], *(block(text, line=at) for at, text in enumerate(texts))) == []


def test_the_head_of_a_long_table_is_repeated() -> None:
    head = "Immunochemistry Percentile of all the samples that were taken"
    rows = [block(head, line=1, name="row of a table")]
    rows += [block(f"Sample {number} 12", line=number + 2, name="row of a table") for number in range(40)]
    printed = [f"Sample {number} 12" for number in range(40)]
    assert found(["\r\n".join([head, *printed[:20]]), "\r\n".join([head, *printed[20:]])], *rows) == []


def test_what_nobody_wrote_inside_a_paragraph_is_told() -> None:
    text = SENTENCES[0]
    pages = [f"{text[:40]} which the template added here by itself {text[40:]}"]
    assert found(pages, block(text)) == [("different", 1)]


def test_thousands_of_sentences_alike_are_found() -> None:
    texts = [SENTENCES[number % 7] for number in range(3000)]
    pages = ["\r\n".join(texts[at : at + 40]) for at in range(0, 3000, 40)]
    assert found(pages, *(block(text, line=at) for at, text in enumerate(texts))) == []


def prose(chance: random.Random, length: int) -> str:
    """Words of letters, most of them found nowhere else, with small words between."""
    return " ".join(
        chance.choice(WORDS)
        if chance.random() < 0.4
        else "".join(chance.choices("aeioulnrst", k=chance.randint(3, 11)))
        for _ in range(length)
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(0, 3))
def test_letters_that_are_misread_are_no_loss(dice: int, paragraphs: int, notes: int) -> None:
    """Every eighth word lacks a letter: fonts whose small capitals or ligatures read otherwise do so."""
    chance = random.Random(dice)
    body = [prose(chance, chance.randint(3, 90)) for _ in range(paragraphs)]
    foot = [prose(chance, 20) for _ in range(notes)]

    def misread(text: str) -> str:
        words = text.split(" ")
        return " ".join(word[1:] if len(word) > 3 and chance.random() < 0.12 else word for word in words)

    pages = laid_out([misread(text) for text in body], [misread(text) for text in foot], dice)
    assert certain(pages, *blocks_of(body, foot)) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(0, 3))
def test_a_whole_block_that_is_gone_is_lost(dice: int, paragraphs: int, notes: int) -> None:
    chance = random.Random(dice)
    body = [prose(chance, chance.randint(10, 90)) for _ in range(paragraphs)]
    foot = [prose(chance, 20) for _ in range(notes)]
    blocks = blocks_of(body, foot)
    gone = chance.randrange(len(blocks))
    printed = [text for at, text in enumerate(body) if at != gone]
    below = [text for at, text in enumerate(foot, len(body)) if at != gone]
    assert [line for _, line in certain(laid_out(printed, below, dice), *blocks)] == [blocks[gone].span.line]


def test_a_block_of_which_a_seed_alone_is_elsewhere_is_missing() -> None:
    pages = ["Something else stands on this page, and nothing more of it.", "Moskow, Rossia"]
    assert certain(pages, block("An affiliation that a class leaves out, of some length", Flow.MATTER)) == [
        ("missing", 1)
    ]


def test_a_work_far_behind_is_found_by_its_own_words() -> None:
    """A list of works longer than what is looked through first, whose works share most of their words."""
    place = "In Proceedings of the 9th Symposium on Harbours and Rivers. ACM, Leeds, Yorkshire"
    works = [f"[{number}] Author Number{number:04}. 2014. Tides. {place}, {number}." for number in range(400)]
    pages = ["\r\n".join(["A paragraph of its own.", *works[:200]]), "\r\n".join(works[200:])]
    kinds = {kind for kind, _ in found(pages, block("A paragraph of its own."), block(works[380]))}
    assert kinds <= {"twice"}


def test_a_paragraph_goes_on_behind_pages_of_figures() -> None:
    figures = [f"Figure {number} What it shows." for number in range(1, 4)]
    pages = [
        "It begins upon the first of these pages and",
        *figures,
        "goes on behind the pages of figures to its end.",
    ]
    whole = "It begins upon the first of these pages and goes on behind the pages of figures to its end."
    assert found(pages, block(whole)) == []


def test_a_heading_in_capitals_found_in_a_running_head_hides_no_short_paragraph() -> None:
    """The heading `One` is printed as ONE, and as One in the head of the third page."""
    long = "Words that fill pages until there are several of them. " * 8
    pages = [f"ONE\r\nSee Figure 1 [Author 2001].\r\n{long}", f"2  Jane Doe\r\n{long}", f"One  3\r\n{long}"]
    blocks = [block("One", line=1, name="heading"), block(("See ", Gap(60), " [Author 2001]."), line=3)]
    wanted = [*blocks, block(long + long + long, line=5)]
    assert [one for one in differences(Reading(pages), wanted) if one.certain] == []


def test_a_misread_heading_whose_words_another_block_was_given_is_no_loss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = len("Éditionetédition")
    blocks = [
        block("Édition et édition scientifique", line=1, name="heading"),
        block("The scholarly edition is defined here at some length.", line=3),
        block("What such an edition wants is told on the next page.", line=5),
        block("Édition et édition numérique", line=7, name="heading"),
        block("The digital edition has its own paragraph here.", line=9),
    ]

    class Mistaken(BlockPlaces):
        """Gives the words of the second heading to the first, as a long text may."""

        def __init__(self, reading: Reading, expected: Sequence[ExpectedBlock]) -> None:
            super().__init__(reading, expected)
            place = reading.text.find("5.2") + len("5.2")
            self.found[0] = BlockPlace(((MatchedStretch(place, 0, begun),),), moved=True)
            self.found[3] = None

    monkeypatch.setattr(comparison, "BlockPlaces", Mistaken)
    first, second = "5.1 Édition et édition scientifiqe", "5.2 Édition et édition numériqe"
    pages = [
        f"{first}\nThe scholarly edition is defined here at some length.\n17",
        f"What such an edition wants is told on the next page.\n{second}\n"
        "The digital edition has its own paragraph here.",
    ]
    assert "missing" not in dict(found(pages, *blocks))
