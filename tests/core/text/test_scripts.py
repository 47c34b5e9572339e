"""Characters told apart by script, and what hangs on it wherever a text is read."""

from __future__ import annotations

import unicodedata

import pytest

from fascicle.core.text.scripts import is_east_asian, is_hangul, is_kana, is_letter, is_unspaced
from fascicle.document.inline_spacing import is_wide
from fascicle.document.markdown.inlines.smart_quotes import quote_sides
from fascicle.document.word_count import words_in

KINDS = (is_kana, is_hangul, is_unspaced, is_letter, is_east_asian)


@pytest.mark.parametrize(
    ("characters", "kinds"),
    [
        ("aéж—“→①", ()),
        ("あん", (is_kana, is_unspaced, is_letter, is_east_asian)),
        ("字𠀀豈", (is_unspaced, is_letter, is_east_asian)),
        ("글\u1100\u1161", (is_hangul, is_letter, is_east_asian)),
        ("、「！Ａ⺀ㄅ", (is_east_asian,)),
    ],
)
def test_each_character_is_of_its_kinds(characters: str, kinds: tuple[object, ...]) -> None:
    assert [tuple(kind for kind in KINDS if kind(char)) for char in characters] == [kinds] * len(characters)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_hangul_is_the_same_in_syllables_and_in_parts(form: str) -> None:
    word = unicodedata.normalize(form, "글")
    assert quote_sides(f'{word}"{word}', len(word)) == (True, True)
    assert not any(map(is_wide, word))


def test_rare_characters_are_counted_one_by_one() -> None:
    assert words_in("字𠀀𠀁") == words_in("a𠀀b") == words_in("a字b") == 3
