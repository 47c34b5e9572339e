"""How to cite the publication itself, in each style, for every kind of author."""

from __future__ import annotations

import pytest

from fascicle.core.model import Author, CitationStyle, Journal, PublicationData
from fascicle.latex.biblatex.suggested_citation import how_to_cite

BODY = Author(literal="The Fascicle contributors")
JIA = Author(family="Jia", given="Zhangke", family_first=True)
WANG = Author(family="Wang", given="Qi")
DONALD = Author(family="Donald", given="Stephanie Hemelryk")
FEI = Author(family="费", given="穆青")
MANY = (JIA, WANG, DONALD, *(Author(family=f"Name{n}", given="Ann-Marie") for n in range(8)))
SCREEN = Journal(title="Screen", volume="55", issue="2", first_page=1, last_page=20)
S = CitationStyle


def line(style: CitationStyle, *authors: Author, journal: Journal | None = None, **more: object) -> str:
    facts = {"date": "2026-11-23", "doi": "10.1234/abc", "publisher": "Leaf Press", "place": "Leeds", **more}
    data = PublicationData.model_validate(
        {"title": "x", "authors": authors, "citation_style": style, "journal": journal, **facts}
    )
    return how_to_cite(data, "On Film: A Study").plain


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (line(S.CHICAGO_AUTHOR_DATE, BODY, version="1.0"), "The Fascicle contributors. 2026. On Film: A Study. Version 1.0. Leeds: Leaf Press."),
        (line(S.CHICAGO_AUTHOR_DATE, JIA, journal=SCREEN), "Jia Zhangke. 2026. ‘On Film: A Study’. Screen 55 (2): 1–20."),
        (line(S.CHICAGO_AUTHOR_DATE, WANG, JIA), "Wang, Qi and Jia Zhangke. 2026. On Film: A Study. Leeds: Leaf Press."),
        (line(S.CHICAGO_AUTHOR_DATE, WANG, JIA, DONALD, language="en-US", journal=SCREEN), "Wang, Qi, Jia Zhangke, and Stephanie Hemelryk Donald. 2026. “On Film: A Study.” Screen 55 (2): 1–20."),
        (line(S.CHICAGO_NOTES, WANG), "Wang, Qi. On Film: A Study. Leeds: Leaf Press, 2026."),
        (line(S.CHICAGO_NOTES, WANG, journal=SCREEN), "Wang, Qi. ‘On Film: A Study’. Screen 55, no. 2 (2026): 1–20."),
        (line(S.APA, BODY), "The Fascicle contributors. (2026). On Film: A Study. Leaf Press."),
        (line(S.CHICAGO_AUTHOR_DATE, FEI, WANG), "费穆青 and Qi Wang. 2026. On Film: A Study. Leeds: Leaf Press."),
        (line(S.APA, WANG, FEI), "Wang, Q., & 费穆青. (2026). On Film: A Study. Leaf Press."),
        (line(S.APA, JIA, DONALD, journal=SCREEN), "Jia, Z., & Donald, S. H. (2026). On Film: A Study. Screen, 55(2), 1–20."),
        (line(S.MLA, WANG, JIA, DONALD), "Wang, Qi, et al. On Film: A Study. Leaf Press, 2026."),
        (line(S.MLA, WANG, journal=SCREEN), "Wang, Qi. ‘On Film: A Study’. Screen, vol. 55, no. 2, 2026, pp. 1–20."),
        (line(S.AUTHORYEAR, WANG, journal=SCREEN), "Wang, Qi (2026). ‘On Film: A Study’. Screen 55.2, pp. 1–20."),
        (line(S.AUTHORYEAR, WANG, language="de", journal=SCREEN), "Wang, Qi (2026). „On Film: A Study“. Screen 55.2, S. 1–20."),
        (line(S.NUMERIC, WANG, JIA), "Qi Wang and Jia Zhangke. On Film: A Study. Leeds: Leaf Press, 2026."),
        (line(S.NUMERIC, WANG, journal=Journal(title="Screen")), "Qi Wang. ‘On Film: A Study’. Screen (2026)."),
    ],
)  # fmt: skip
def test_line(found: str, expected: str) -> None:
    assert found == f"{expected} https://doi.org/10.1234/abc"


def test_ten_authors_and_more() -> None:
    assert line(S.CHICAGO_NOTES, *MANY).startswith(
        "Jia Zhangke, Qi Wang, Stephanie Hemelryk Donald, Ann-Marie Name0,"
    )
    assert ", et al. On Film" in line(S.CHICAGO_NOTES, *MANY)
    assert "Name7, A.-M. (2026)" in line(S.APA, *MANY)


@pytest.mark.parametrize(
    ("number", "names"),
    [(20, "Name18, A.-M., & Name19, A.-M. (2026)"), (21, "Name18, A.-M., … Name20, A.-M. (2026)")],
)
def test_apa_names_twenty_authors_or_nineteen_and_the_last(number: int, names: str) -> None:
    authors = [Author(family=f"Name{n}", given="Ann-Marie") for n in range(number)]
    assert names in line(S.APA, *authors)


def test_ten_names_are_all_told() -> None:
    assert line(S.CHICAGO_NOTES, *MANY[:10]).startswith(
        "Jia Zhangke, Qi Wang, Stephanie Hemelryk Donald, Ann-Marie Name0,"
    )
    assert "et al." not in line(S.CHICAGO_NOTES, *MANY[:10])


def test_one_page_is_told_once() -> None:
    page = Journal(title="Screen", volume="55", first_page=7, last_page=7)
    assert "vol. 55, 2026, p. 7. " in line(S.MLA, WANG, journal=page)


def test_no_date_no_address() -> None:
    bare = PublicationData.model_validate({"title": "x", "authors": [WANG]})
    assert how_to_cite(bare, "What Now?").plain == "Wang, Qi. n.d. What Now?"


def test_latex() -> None:
    data = PublicationData.model_validate(
        {"title": "x", "authors": [WANG], "url": "https://x.org/a_b%20", "date": "2026-01-01"}
    )
    assert how_to_cite(data, "A & B").latex == r"Wang, Qi. 2026. \emph{A \& B}. \url{https://x.org/a_b%20}"
