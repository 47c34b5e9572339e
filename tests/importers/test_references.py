"""Typed references taken apart, style by style, and names and dates as people write them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pypandoc
import pytest
import yaml

from fascicle.core.pandoc_ast import strings
from fascicle.importers.metadata.dates import read_date
from fascicle.importers.metadata.people import split_name
from fascicle.importers.references.leftover import unplaced
from fascicle.importers.references.names import read_names
from fascicle.importers.references.reference_reader import complete, read_reference
from fascicle.importers.references.typed_list import _joined
from fascicle.importers.tree.walk import plain
from tests.support.importing import bring_in

BOOK = {
    "family": "Moreau",
    "year": 1998,
    "title": "The Weight of Rivers",
    "type": "book",
    "publisher": "Tern Press",
}
ARTICLE = {
    "family": "Moreau",
    "year": 1998,
    "title": "On Slow Water",
    "type": "article-journal",
    "container-title": "River Studies",
    "volume": "12",
    "issue": "3",
}


@pytest.mark.parametrize(
    ("text", "italics", "expected"),
    [
        (
            "Moreau, Anne, and B. C. Okafor. 1998. The Weight of Rivers. Leeds: Tern Press.",
            ["The Weight of Rivers"],
            BOOK,
        ),
        ("Moreau, A. and Okafor, B. (1998) The Weight of Rivers. Leeds: Tern Press.", [], BOOK),
        ("Moreau, Anne, and B. C. Okafor. The Weight of Rivers. Tern Press, 1998.", [], BOOK),
        (
            "1. Moreau A, Okafor BC. The Weight of Rivers. Leeds: Tern Press; 1998.",
            [],
            BOOK,
        ),
        (
            "Moreau, Anne. 1998. “On Slow Water.” River Studies 12 (3): 4–19.",
            ["River Studies"],
            ARTICLE | {"page": "4–19"},
        ),
        (
            "Moreau, A., & Okafor, B. (1998). On Slow Water. River Studies, 12(3), 4–19.",
            [],
            ARTICLE | {"page": "4–19"},
        ),
        (
            "Moreau, Anne. “On Slow Water.” River Studies, vol. 12, no. 3, 1998, pp. 4-19.",
            [],
            ARTICLE | {"page": "4-19"},
        ),
        (
            "Moreau, Anne. “On Slow Water.” River Studies 12, no. 3 (1998): 4–19.",
            [],
            ARTICLE | {"page": "4–19"},
        ),
        (
            "Moreau A, Okafor BC. On Slow Water. River Studies. 1998;12(3):4–19.",
            [],
            ARTICLE | {"page": "4–19"},
        ),
    ],
)
def test_styles(text: str, italics: list[str], expected: dict[str, Any]) -> None:
    """The same work in the order of each style."""
    item = read_reference(text, italics)
    assert complete(item)
    found = {**item, "family": item["author"][0]["family"], "year": item["issued"]["date-parts"][0][0]}
    assert {key: found.get(key) for key in expected} == expected


def test_a_chapter_and_an_address() -> None:
    """A chapter with its editor and pages; DOI and address go to their fields."""
    text = "Sato, Kei. 2004. “Ferries.” In Harbours, edited by Lea Brandt, 31–58. Oslo: Fjord. https://doi.org/10.1000/xyz."
    item = read_reference(text)
    assert (item["type"], item["container-title"], item["page"], item["DOI"]) == (
        "chapter",
        "Harbours",
        "31–58",
        "10.1000/xyz",
    )
    assert item["title"] == "Ferries"


def shown(item: dict[str, Any]) -> dict[str, Any]:
    """A record as one looks at it: families for people, a year for a date."""
    people = {
        role: [name.get("family") or name["literal"] for name in item[role]] for role in ROLES & item.keys()
    }
    date = item.get("issued", {})
    year = date.get("date-parts", [[None]])[0][0] or date.get("literal")
    return {**item, **people, "year": year}


ROLES = {"author", "editor", "translator", "director"}


@pytest.mark.parametrize(
    ("text", "italics", "expected"),
    [
        pytest.param(
            "Moreau, Anne. “A ‘Slow’ Water.” River Studies, 25.5 (2012): 21-46, 98. Web. 9 Feb. 2015.",
            ["River Studies,"],
            {"title": "A ‘Slow’ Water", "volume": "25", "issue": "5", "page": "21-46, 98", "year": 2012},
            id="quotation in a title, MLA 7, the day of looking at it",
        ),
        pytest.param(
            "Moreau, Anne. “Ferries.” The Harbour Companion. Ed. Lea M. Brandt and Kei Sato. Oslo: Fjord UP, 2004. 31-58. Print.",
            ["The Harbour Companion."],
            {
                "type": "chapter",
                "container-title": "The Harbour Companion",
                "editor": ["Brandt", "Sato"],
                "publisher": "Fjord UP",
                "publisher-place": "Oslo",
                "page": "31-58",
            },
            id="a chapter without In",
        ),
        pytest.param(
            "Moreau, Anne. “Ferries.” Ferries: Ships, Ports, Tides, edited by Lea Brandt, Fjord UP, 2004, pp. 31–58.",
            ["Ferries: Ships, Ports, Tides,"],
            {
                "type": "chapter",
                "container-title": "Ferries: Ships, Ports, Tides",
                "editor": ["Brandt"],
                "publisher": "Fjord UP",
            },
            id="a chapter in MLA 9",
        ),
        pytest.param(
            "Port Register. Harbour Board, 2011.",
            ["Port Register."],
            {"title": "Port Register", "author": None, "publisher": "Harbour Board", "year": 2011},
            id="no name",
        ),
        pytest.param(
            "“Tides.” 2016. The Harbour Blog. June 4.",
            ["The Harbour Blog"],
            {"title": "Tides", "author": None, "container-title": "The Harbour Blog", "year": 2016},
            id="no name, Chicago",
        ),
        pytest.param(
            "Okafor, Ben. Tides. 2000. Leeds: Tern Press, 2001.",
            ["Tides."],
            {"author": ["Okafor"], "title": "Tides", "publisher": "Tern Press", "year": 2001},
            id="the year of another edition",
        ),
        pytest.param(
            "Okafor, Ben C. The Tide. Polity, 2012.",
            [],
            {"author": ["Okafor"], "title": "The Tide", "publisher": "Polity"},
            id="an initial before a short title",
        ),
        pytest.param(
            "Moreau, Anne. 2008. The Weight of Rivers. Translated by Kim Roe. 3rd ed. Studies in Water. Leeds: Tern Press.",
            ["The Weight of Rivers"],
            {
                "translator": ["Roe"],
                "edition": "3",
                "collection-title": "Studies in Water",
                "publisher": "Tern Press",
                "publisher-place": "Leeds",
            },
            id="translator, edition, series",
        ),
        pytest.param(
            "Moreau, Anne. “Slow Water.” River Studies 3 (2011): 21–48.",
            ["River Studies"],
            {"volume": "3", "issue": None, "page": "21–48"},
            id="a year in brackets is no issue",
        ),
        pytest.param(
            "Moreau, Anne. “Slow Water.” River Review, no. 25 (Summer 2005): 86–95.",
            [],
            {"container-title": "River Review", "issue": "25", "volume": None},
            id="an issue alone",
        ),
        pytest.param(
            "Moreau, Anne. “Slow Water.” River Review 53, no. 2 (December 1, 2013): 104–7. doi:10.5555/rr.53.",
            [],
            {"container-title": "River Review", "volume": "53", "issue": "2", "DOI": "10.5555/rr.53"},
            id="a day",
        ),
        pytest.param(
            "Moreau, A. and Roe, K. (2019) How slow is water? A study of nine rivers in the north. River Studies, 80, pp.47-58.",
            [],
            {
                "title": "How slow is water? A study of nine rivers in the north",
                "container-title": "River Studies",
            },
            id="a question in a title",
        ),
        pytest.param(
            "Moreau, Anne, and Kim Roe. n.d. “Tides.” In Water, 2nd ed., 139–61. Leeds: Tern.",
            ["Water"],
            {"year": "n.d.", "type": "chapter", "edition": "2", "page": "139–61", "container-title": "Water"},
            id="no date",
        ),
        pytest.param(
            "Koster, Rein: Vom Wasser. Bern: Aare Verlag, 1979.",
            ["Vom Wasser."],
            {"author": ["Koster"], "title": "Vom Wasser", "publisher": "Aare Verlag", "year": 1979},
            id="German",
        ),
        pytest.param(
            "Moreau, Anne, *Les Eaux lentes*, Paris, Éditions du Quai, 1998.".replace("*", ""),
            ["Les Eaux lentes"],
            {"title": "Les Eaux lentes", "publisher": "Éditions du Quai", "publisher-place": "Paris"},
            id="French",
        ),
        pytest.param(
            "McKay, Ada. The Order in Castile, c. 1440 – c. 1560. 1987. University of Leeds, PhD Dissertation.",
            ["The Order in Castile, c. 1440 – c. 1560."],
            {"type": "thesis", "year": 1987},
            id="years in a title",
        ),
        pytest.param(
            "Moreau, Anne. “Slow Water.” The Harbour Times. 26 March 2015. Web. 8 Oct. 2016. <http://example.org/a/ b>.",
            ["The Harbour Times"],
            {"year": 2015, "container-title": "The Harbour Times", "URL": "http://example.org/a/b"},
            id="MLA 7, an address with a space",
        ),
    ],
)
def test_lists_of_the_humanities(text: str, italics: list[str], expected: dict[str, Any]) -> None:
    """What real lists hold, in words of our own."""
    found = shown(read_reference(text, italics))
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("text", "italics", "expected"),
    [
        pytest.param(
            "Moreau, A., & Roe, K. (2001). A model of tides in Fucus vesiculosus. River Studies, 63(1), 95–116.",
            ["Fucus vesiculosus", "River Studies", "63"],
            {"title": "A model of tides in Fucus vesiculosus", "container-title": "River Studies"},
            id="a species in a title",
        ),
        pytest.param(
            "Moreau, A. et al. (2012) “Slow Water,” River Studies, 9(1), pp. 3–9.",
            ["et al.", "River Studies"],
            {"title": "Slow Water", "container-title": "River Studies"},
            id="et al. in italics",
        ),
        pytest.param(
            "Moreau, A., 2002. Slow water, in: Roe, K. (Ed.), Harbours. Tern Press, Leeds, pp. 9–16.",
            [],
            {
                "title": "Slow water",
                "type": "chapter",
                "container-title": "Harbours",
                "editor": ["Roe"],
                "page": "9–16",
            },
            id="Elsevier's in:",
        ),
        pytest.param(
            "Moreau, A. (2020). “Slow Water”: Rivers from practice into theory. River Studies, 8(1), 13–29.",
            ["River Studies", "8"],
            {"title": "“Slow Water”: Rivers from practice into theory", "container-title": "River Studies"},
            id="a title that begins with a quotation",
        ),
        pytest.param(
            "Moreau, A. and Roe, K. (2017) Slow water. In Tides and Tables (pp. 32-44). Available at http://example.org",
            [],
            {"title": "Slow water", "container-title": "Tides and Tables", "page": "32-44", "note": None},
            id="pages in brackets",
        ),
        pytest.param(
            "Moreau, A., & Roe, K. (2021). Tides and tables (3rd ed.). Tern Press.",
            ["Tides and tables"],
            {"title": "Tides and tables", "edition": "3", "publisher": "Tern Press"},
            id="APA's edition in italics",
        ),
        pytest.param(
            "Moreau, A., Roe, K., 2021. Tides and tables, 3rd ed. Tern Press, Leeds.",
            [],
            {"title": "Tides and tables", "edition": "3"},
            id="Elsevier's edition",
        ),
        pytest.param(
            "Moreau, A. and Roe, K. (eds.) (2006) Tides and tables. Leeds: Tern Press.",
            [],
            {"editor": ["Moreau", "Roe"], "title": "Tides and tables", "publisher": "Tern Press"},
            id="Harvard's editors",
        ),
    ],
)
def test_lists_set_by_styles(text: str, italics: list[str], expected: dict[str, Any]) -> None:
    """What APA, Harvard and Elsevier print."""
    found = shown(read_reference(text, italics))
    assert {key: found.get(key) for key in expected} == expected


def test_what_cannot_be_read_is_kept_whole() -> None:
    """A line without names, year and title keeps all its words, marked."""
    item = read_reference("Minutes of the harbour board, box 4, folder 12.")
    assert item["title"] == "To verify: Minutes of the harbour board, box 4, folder 12."
    assert not complete(item)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Doe, J. K., Roe, A., & van der Berg, C.", ["Doe", "Roe", "van der Berg"]),
        ("Doe, Jane, Kim Roe, and Ann de Vries", ["Doe", "Roe", "de Vries"]),
        ("Doe JK, Roe A", ["Doe", "Roe"]),
        ("Doe, J.; Roe, A.", ["Doe", "Roe"]),
        ("Doe, J., Berg, A. B. van den, Roe, C., et al.", ["Doe", "Berg", "Roe", "others"]),
        ("Doe, J., Roe, C., others", ["Doe", "Roe", "others"]),
        ("Doe, Jane, Ed Roe, and Kim Noe, eds.", ["Doe", "Roe", "Noe"]),
    ],
)
def test_names_of_lists(text: str, families: list[str]) -> None:
    """Names in each style's order."""
    assert [name.get("family", name.get("literal")) for name in read_names(text) or []] == families


@pytest.mark.parametrize(
    "text", ["A title: with a colon", "On the slow water of rivers, and others that", "“Quoted”"]
)
def test_what_is_no_list_of_names(text: str) -> None:
    """Titles are not taken for names."""
    assert read_names(text) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jane van der Berg", {"family": "van der Berg", "given": "Jane"}),
        ("Doe, Jane", {"family": "Doe", "given": "Jane"}),
        ("John Doe Jr.", {"family": "Doe Jr.", "given": "John"}),
        ("The Harbour Project", {"literal": "The Harbour Project"}),
        ("Plato", {"literal": "Plato"}),
        ("贾樟柯", {"literal": "贾樟柯"}),
        ("Dr. Ann Roe^1,2^", {"family": "Roe", "given": "Ann"}),
    ],
)
def test_names(name: str, expected: dict[str, str]) -> None:
    """Names in the order of speech, bodies, single names."""
    assert split_name(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 March 2024", ("2024-03-12", True)),
        ("March 12, 2024", ("2024-03-12", True)),
        ("2024-3-2", ("2024-03-02", True)),
        ("2 févr. 2021", ("2021-02-02", True)),
        ("March 2024", ("2024-03-01", False)),
        ("today", None),
        ("31 February 2024", None),
    ],
)
def test_dates(text: str, expected: tuple[str, bool] | None) -> None:
    """Dates as people write them."""
    assert read_date(text) == expected


TEXT = """\
As Moreau (1998, p. 3) says (see Okafor et al. 2001 for more; Roe 1999, 2004a), rivers are slow (Moreau 1998, Roe 1999).
Others disagree (Roe 2004b: 12–14), and (Noe 1950) is nowhere.

# References

Moreau, Anne. 1998. *The Weight of Rivers*. Leeds: Tern Press.

Okafor, Ben, Kim Roe, and Ann Noe. 2001. “Tides.” *River Studies* 3 (2): 9–16.

Roe, Kim. 1999. *Harbours*. Leeds: Tern Press.

———. 2004a. *Ferries*. Leeds: Tern Press.

———. 2004b. *Bridges*. Leeds: Tern Press.

Zander, Eva. 2010. *Nobody Cites This*. Leeds: Tern Press.
"""


def test_a_text_with_a_typed_list(tmp_path: Path) -> None:
    """Mentions become citations, each of the one work that fits; what nothing cites is printed, too."""
    source = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "html"],
        input=TEXT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    done = bring_in(tmp_path, {"t.html": f"<html><body>{source}</body></html>"})
    keys = {each["title"]: each["id"] for each in json.loads(done.text("bib/imported.json"))}
    weight, tides, harbours = keys["The Weight of Rivers"], keys["Tides"], keys["Harbours"]
    ferries, bridges, never = keys["Ferries"], keys["Bridges"], keys["Nobody Cites This"]
    assert f"Moreau [-@{weight}, p. 3] says [see @{tides}" in done.body
    assert f"for more; @{harbours}; @{ferries}]" in done.body
    assert f"[@{weight}; @{harbours}]" in done.body
    assert f"[@{bridges}, pp. 12–14]" in done.body
    assert "(Noe 1950)" in done.body
    assert "a mention that fits no record stands as it was typed:\n    - (Noe 1950)" in done.report
    assert yaml.safe_load(done.facts)["nocite"] == [never]
    assert done.errors == []


def test_lines_of_a_list_typed_as_paragraphs() -> None:
    """Each line of a hanging paragraph typed as a paragraph: a line that goes on belongs to the one before."""
    lines = [
        "Moreau, Anne. “The Weight of",
        "Rivers.” River Studies 3.2 (1998): 4–9.",
        "Okafor, Ben. Tides. Leeds:",
        "Tern Press, 2001.",
        "Roe, Kim. Harbours. Tern Press, 1999.",
    ]
    joined = _joined([strings(line) for line in lines])
    assert [plain(entry) for entry in joined] == [
        "Moreau, Anne. “The Weight of Rivers.” River Studies 3.2 (1998): 4–9.",
        "Okafor, Ben. Tides. Leeds: Tern Press, 2001.",
        "Roe, Kim. Harbours. Tern Press, 1999.",
    ]


def test_author_and_page(tmp_path: Path) -> None:
    """MLA's mentions have no year; the style follows."""
    text = "<p>Rivers are slow (Moreau 12), or not (Okafor 3-4).</p><h2>Works Cited</h2><p>Moreau, Anne. <i>Rivers</i>. Tern Press, 1998.</p><p>Okafor, Ben. <i>Tides</i>. Tern Press, 2001.</p>"
    done = bring_in(tmp_path, {"t.html": f"<html><body>{text}</body></html>"})
    assert re.search(r"slow \[@moreau\w*, p. 12\], or not \[@okafor\w*, pp. 3-4\]", done.body)
    assert "citation-style: mla" in done.facts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Moreau, Anne. 1998. Rivers. 2nd ed. Leeds: Tern Press. Accessed May 3, 2014. https://example.org/a.",
            [],
        ),
        ("Okafor, Ben. Tides. 2000. Leeds: Tern Press, 2001.", ["2000"]),
    ],
)
def test_words_without_a_place(text: str, words: list[str]) -> None:
    """Nothing of a typed work is dropped in silence."""
    assert unplaced(read_reference(text, ["Rivers", "Tides"])) == words
