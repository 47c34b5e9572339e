"""Reading and checking bibliographies: every fault at its line and column, everything usual understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.core.diagnostics import Collector, Severity
from fascicle.project.bibliography import edtf
from fascicle.project.bibliography.date_forms import from_year, read_date
from fascicle.project.bibliography.fields import markup
from fascicle.project.bibliography.library import (
    Bibliography,
    check,
    closest,
    note_unused,
    read_bibliography,
    resolved,
    unused,
)
from fascicle.project.bibliography.names import Name, item_annotations, read_names
from fascicle.project.sources import Sources
from tests.support import cases

FIXTURES = Path(__file__).parent / "fixtures"


def read(tmp_path: Path, **files: str) -> tuple[Bibliography, Collector]:
    """Read files given as name and text."""
    problems = Collector()
    for name, text in files.items():
        (tmp_path / f"{name}.bib").write_text(text, encoding="utf-8")
    listed = [(f"{name}.bib", None) for name in files]
    return read_bibliography(Sources(tmp_path), listed, problems), problems


@cases.parametrize(FIXTURES / "bibliography.yaml")
def test_faults_at_their_places(case: cases.Case, tmp_path: Path) -> None:
    bibliography, problems = read(tmp_path, t=case.input)
    check(bibliography, bibliography.entries, problems)
    cases.assert_told(list(problems), case)


def test_both_places_of_a_key_given_in_two_files(tmp_path: Path) -> None:
    entry = "\n@book{a, author = {A}, title = {B}, date = {2001}}"
    _, problems = read(tmp_path, one=entry, two="\n" + entry)
    (found,) = problems
    assert str(found.span) == "two.bib:3:1"
    assert "one.bib:2" in found.message


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "t.bib").write_bytes(b"\xef\xbb\xbf@book{a,\r\n  title = {B},\r\n  date = {x},\r\n}\r\n")
    problems = Collector()
    bibliography = read_bibliography(Sources(tmp_path), [("t.bib", None)], problems)
    check(bibliography, ["a"], problems)
    assert [str(found.span) for found in problems.sorted()] == ["t.bib:1:1", "t.bib:3:11"]


@pytest.mark.parametrize(
    ("head", "encoding", "shown"),
    [
        ("", "latin-1", "Windows-1252"),
        ("", "cp1252", "Windows-1252"),
        ("% Encoding: ISO8859_2\n", "iso8859_2", "ISO8859_2"),
        ("", "utf-16", ""),
    ],
)
def test_other_encodings_are_read_and_told(head: str, encoding: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "t.bib").write_bytes(f"{head}@book{{a, title = {{Jérôme}}}}".encode(encoding))
    problems = Collector()
    found = read_bibliography(Sources(tmp_path), [("t.bib", None)], problems)
    assert found.entries["a"].text("title") == "Jérôme"
    assert [(reported.code.value, shown in reported.message) for reported in problems] == [
        ("bib-encoding", True)
    ] * bool(shown)


def test_strings_months_and_joined_values(tmp_path: Path) -> None:
    text = '@string{a = "Ab"}\n@book{k, month = mar, publisher = a # " and " # {Co}, year = 2001, title = "x {"} y"}'
    bibliography, problems = read(tmp_path, t=text)
    assert not list(problems)
    entry = bibliography.entries["k"]
    assert {name: field.value for name, field in entry.fields.items()} == {
        "month": "3", "publisher": "Ab and Co", "year": "2001", "title": 'x {"} y',
    }  # fmt: skip


def test_a_place_inside_a_value(tmp_path: Path) -> None:
    bibliography, _ = read(tmp_path, t="@book{a,\n  title = {one\n    two},\n}")
    field = bibliography.entries["a"].fields["title"]
    assert str(field.span) == "t.bib:2:12"
    assert str(field.at(field.value.index("two"))) == "t.bib:3:5"


def test_broken_entries_are_remembered(tmp_path: Path) -> None:
    bibliography, _ = read(tmp_path, t="@book{a, title = {B\n\n@book{b, title = {C}}")
    assert list(bibliography.broken) == ["a"]
    assert list(bibliography.entries) == ["b"]


def test_fields_are_inherited_as_biblatex_does(tmp_path: Path) -> None:
    text = """
      @xdata{press, publisher = {Duke University Press}, address = {Durham}}
      @collection{urban, editor = {Zhang, Zhen}, title = {The Urban Generation}, subtitle = {Cinema},
        date = {2007}, xdata = {press}, shorttitle = {Urban}}
      @incollection{mcgrath, author = {McGrath, Jason}, title = {Independent Cinema}, crossref = {urban}}"""
    bibliography, _ = read(tmp_path, t=text)
    entry = resolved(bibliography, "mcgrath")
    assert entry.text("booktitle") == "The Urban Generation"
    assert entry.text("booksubtitle") == "Cinema"
    assert (entry.text("publisher"), entry.text("location")) == ("Duke University Press", "Durham")
    assert entry.text("title") == "Independent Cinema"
    assert not entry.text("shorttitle")


def test_parents_in_a_circle_end(tmp_path: Path) -> None:
    bibliography, _ = read(
        tmp_path, t="@book{a, crossref = {b}, title = {A}}\n@book{b, crossref = {a}, date = {2001}}"
    )
    assert resolved(bibliography, "a").text("date") == "2001"


def test_old_names_of_types_and_fields(tmp_path: Path) -> None:
    bibliography, _ = read(
        tmp_path, t="@phdthesis{a, school = {Leeds}, annote = {x}}\n@film{b, director = {X}, duration = {3}}"
    )
    thesis, film = resolved(bibliography, "a"), resolved(bibliography, "b")
    assert (thesis.type, thesis.text("type"), thesis.text("institution")) == ("thesis", "phdthesis", "Leeds")
    assert (film.type, film.text("author"), film.text("runtime")) == ("movie", "X", "3")


def test_a_video_with_a_director_is_a_film(tmp_path: Path) -> None:
    text = "@video{a, editor = {Varda, Agnès}, editortype = {director}, title = {T}}\n@video{b, author = {X}, title = {T}}"
    bibliography, _ = read(tmp_path, t=text)
    assert resolved(bibliography, "a").type == "movie"
    assert resolved(bibliography, "a").text("author") == "Varda, Agnès"
    assert resolved(bibliography, "b").type == "video"


def test_unused_entries_and_their_note(tmp_path: Path) -> None:
    text = (
        "@xdata{x}\n@book{p}\n@book{a, crossref = {p}, xdata = {x}}\n@book{b}\n@book{c, ids = {old, older}}"
    )
    bibliography, problems = read(tmp_path, t=text)
    assert [entry.key for entry in unused(bibliography, ["a", "old"])] == ["b"]
    note_unused(bibliography, ["a"], problems)
    (found,) = problems
    assert (found.severity, str(found.span)) == (Severity.NOTE, "t.bib:4:1")
    assert found.message == "2 entries are not cited: 'b', 'c'"


def test_the_nearest_key(tmp_path: Path) -> None:
    bibliography, _ = read(tmp_path, t="@book{li2012}\n@book{Wang2014, ids = {memory}}")
    assert closest(bibliography, "li2021") == "li2012"
    assert closest(bibliography, "WANG2014") == "Wang2014"
    assert closest(bibliography, "memori") == "memory"
    assert closest(bibliography, "zzz") is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Wang, Qi", Name("Wang", "Qi")),
        ("Jason McGrath", Name("McGrath", "Jason")),
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van")),
        ("van Gogh, Vincent", Name("Gogh", "Vincent", "van")),
        ("Goethe, Johann Wolfgang von", Name("Goethe", "Johann Wolfgang", "von", use_prefix=False)),
        (r"de'\hspace{0pt} Medici, Lorenzo", Name("Medici", "Lorenzo", r"de'\hspace{0pt}")),
        ("Ortega y Gasset, José", Name("Ortega y Gasset", "José")),
        ("José Ortega y Gasset", Name("Ortega y Gasset", "José")),
        ("ʿAbd al-Raḥmān, Ṭāhā", Name("ʿAbd al-Raḥmān", "Ṭāhā")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("hooks, bell", Name("hooks", "bell")),
        ("{European Commission, Joint Research Centre}, ", Name("European Commission, Joint Research Centre", body=True)),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", suffix="Jr.")),
        ("{National Bureau of Statistics}", Name("National Bureau of Statistics", body=True)),
        ("贾樟柯", Name("贾樟柯", body=True)),
        ("贾, 樟柯", Name("贾樟柯", body=True)),
        ("봉, 준호", Name("봉준호", body=True)),
        ("宮崎 駿", Name("宮崎駿", body=True)),
        ("family=Jia, given=Zhangke", Name("Jia", "Zhangke")),
        ("given=J. P., prefix=van der, family=Berg, useprefix=true", Name("Berg", "J. P.", "van der", use_prefix=True)),
        ("family={Smith, Sons}, given=A", Name("{Smith, Sons}", "A")),
        ("Aristotle", Name("Aristotle")),
    ],
)  # fmt: skip
def test_names(written: str, expected: Name, tmp_path: Path) -> None:
    bibliography, _ = read(tmp_path, t=f"@book{{a, author = {{{written}}}}}")
    assert read_names(bibliography.entries["a"], "author").names == (expected,)


def test_order_and_script_of_names(tmp_path: Path) -> None:
    text = '@book{a, author = {Wang, Qi and Jia, Zhangke and others}, author+an:order = {2=eastern}, author+an:native = {2="贾樟柯"}}'
    bibliography, _ = read(tmp_path, t=text)
    found = read_names(bibliography.entries["a"], "author")
    assert [(name.family, name.eastern, name.native) for name in found.names] == [
        ("Wang", False, ""),
        ("Jia", True, "贾樟柯"),
    ]
    assert found.others


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (r"Caf\'e, caf\'{e}, caf{\'e}", "Café, café, café"),
        (r"\'\i, \v{c}, \c c, \H{o}, \k{a}, \r a, \'{\^e}", "í, č, ç, ő, ą, å, ế"),
        (r"\ss{} \AE\ \O slo \l\'od\'z", "ß Æ Øslo łódź"),
        (r"\& \% \$ \# \_ \{ \}", "& % $ # _ { }"),
        (r"5% & #1_2", "5% & #1_2"),
        ("a--b---c ``d'' `e'", "a–b—c “d” ‘e’"),
        (r"\textquotesingle{} \textendash\ \ldots", "' – …"),
        ("a~b", "a\u00a0b"),
        (r"{Title {Case} \emph{kept}}", "Title Case kept"),
        (r"{\em it} \enquote{q} \url{https://x.org}", "it “q” https://x.org"),
        (r"price $5", "price $5"),
        (r"$x^2$", "x^2"),
        ("two\n  lines", "two lines"),
        (r"\noopsort{b}Title", "Title"),
    ],
)
def test_markup_as_text(typed: str, printed: str) -> None:
    assert markup.parse(typed)[1] == ()
    assert markup.plain(typed) == printed


@pytest.mark.parametrize(
    "date",
    ["2014", "2014-03", "2014-03-21", "2008/2009", "2008/", "/2009", "1999~", "199X", "-0044", "2014-21"],
)
def test_dates_that_are_read(date: str) -> None:
    assert edtf.fault(date) is None


@pytest.mark.parametrize(
    "date", ["14", "2014-13", "2014-3", "2014-02-29", "March", "", "/", "2001/2002/2003"]
)
def test_dates_that_are_refused(date: str) -> None:
    assert edtf.fault(date)


@cases.tables(FIXTURES / "dates.yaml")
def test_dates_as_people_write_them(row: cases.Row) -> None:
    year, month, day = (*row.input, "", "")[:3]
    assert (from_year(year, month, day) if len(row.input) > 1 else read_date(year)) == row.expected


def test_an_annotation_of_a_place_that_no_list_has_is_passed_over(tmp_path: Path) -> None:
    order = f"{'1' * 5000}=eastern; 1=western"
    found, _ = read(tmp_path, a=f"@book{{a, author = {{A, B}}, author+an:order = {{{order}}}}}")
    entry = found.entries["a"]
    assert item_annotations(entry, "author", "order") == {1: "western"}


@given(st.text(alphabet="abc{}\\\"'`$%#&~^_= ,@\n-éı贾", max_size=80))
def test_any_field_is_read_without_raising(value: str) -> None:
    pieces, faults = markup.parse(value)
    markup.text(pieces)
    assert all(0 <= fault.offset <= len(value) for fault in faults)


@given(st.text(alphabet='@book{}(),="#a1\\\n% 贾', max_size=120))
def test_any_file_is_read_without_raising(text: str) -> None:
    from fascicle.project.bibliography.files.parser import BibFile

    problems = Collector()
    entries = list(BibFile(text, "t.bib", {}, problems).entries())
    lines = text.count("\n") + 1
    spans = [entry.span for entry in entries] + [found.span for found in problems if found.span]
    assert all(1 <= span.line <= lines and span.column >= 1 for span in spans)


def test_two_thousand_entries(tmp_path: Path) -> None:
    text = "\n".join(
        f"@book{{k{n}, author = {{A, B}}, title = {{T {n}}}, date = {{2001}}}}" for n in range(2000)
    )
    bibliography, problems = read(tmp_path, t=text)
    assert len(bibliography.entries) == 2000
    assert not list(problems)
    assert bibliography.entries["k1999"].span.line == 2000


def test_a_file_read_again_is_told_of_again(tmp_path: Path) -> None:
    """It is taken from the last time, and what is wrong with it counts as often as it is read."""
    (tmp_path / "a.bib").write_text(
        "@string{p = {Press}}\n@book{a, title = {T}, title = {U}, publisher = p}\n@book{, x = {y}}\n"
    )
    (tmp_path / "b.bib").write_text("@book{b, publisher = p}\n")
    reported = []
    for _ in range(2):
        problems = Collector()
        found = read_bibliography(Sources(tmp_path), [("a.bib", None), ("b.bib", None)], problems)
        reported.append([str(one) for one in problems.sorted()])
        assert found.entries["b"].fields["publisher"].value == "Press"
    assert reported[0] == reported[1] != []
    (tmp_path / "a.bib").write_text("@string{p = {Other}}\n")
    found = read_bibliography(Sources(tmp_path), [("a.bib", None), ("b.bib", None)], Collector())
    assert found.entries["b"].fields["publisher"].value == "Other"
