"""Text and names as BibTeX reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.citations.items.model import OTHERS, Person
from fascicle.latex.bibtex.markup import markup, people, words
from fascicle.project.bibliography.fields.markup import parse


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (r"\emph{24 {City}} \& more", r"\emph{24 {City}} \& more"),
        ("CO<sub>2</sub> at 5 %", r"CO\textsubscript{2} at 5 \%"),
        ("``Dr. House''", "“Dr. House”"),
        ("贾樟柯 and Žižek", "贾樟柯 and Žižek"),
        ("$x^2$", "$x^2$"),
        (r"$\}, x = \{$", r"$\rbrace{}, x = \lbrace{}$"),
        (r"$\left\{ x \\{} \right.$", r"$\left\lbrace{} x \\{} \right.$"),
        (r"$\text{a \} b}$", r"$\text{a \textbraceright{} b}$"),
    ],
)
def test_a_field_keeps_its_markup(typed: str, written: str) -> None:
    assert markup(parse(typed)[0]).replace("``", "“").replace("''", "”") == written


@given(st.text())
def test_no_text_ends_its_field(text: str) -> None:
    written = words(text)
    depth = 0
    for sign in written:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("person", "written"),
    [
        (Person(family="Tröbst", given="Eva"), r"Tr{\"o}bst, Eva"),
        (Person(family="Gogh", given="Vincent", particle="van"), "van Gogh, Vincent"),
        (Person(family="Goethe", given="Johann", particle="von", keeps_particle=False), "Goethe, Johann von"),
        (Person(family="Ortega y Gasset", given="José"), r"{Ortega y Gasset}, Jos{\'e}"),
        (Person(family="King", given="Martin Luther", suffix="Jr."), "King, Jr., Martin Luther"),
        (Person(family="Jia", given="Zhangke", eastern=True, native="贾樟柯"), "{Jia Zhangke 贾樟柯}"),
        (Person(literal="World Bank and Partners"), "{World Bank and Partners}"),
        (Person(family="Łoś", given="Jiří"), r"{\L}o{\'s}, Ji{\v{r}}{\'\i}"),
    ],
)
def test_a_name_in_its_parts(person: Person, written: str) -> None:
    assert people([person]) == written


def test_others() -> None:
    assert people([Person(family="Doe", given="Jane"), OTHERS]) == "Doe, Jane and others"
