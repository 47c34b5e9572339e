"""Tables from CSV files: cells as they stand, places of what is wrong, and what a file may not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.document import parse_document
from fascicle.document.tables.csv_tables import with_csv_tables
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.publications import write
from tests.support.tree_dump import Dump

FILMS = 'Film,Remark,Year\n"Still Life","Golden *Lion*, $5",2006\n\n24 City,"two\nlines"\n'


def read(
    root: Path, text: str, csv: str | bytes = FILMS, name: str = "data/films.csv"
) -> tuple[str, list[str]]:
    """The section's tree and what is told."""
    files = {
        "content/publication.yaml": "title: T\nauthors: [{literal: A}]\n",
        "content/01-one.md": f"---\ntitle: One\n---\n\n{text}\n",
        name: csv,
    }
    problems, sources = Collector(), Sources(write(root, files))
    publication = read_publication(sources, problems)
    assert publication is not None
    document = with_csv_tables(
        parse_document(publication, TrustSettings(), problems), sources, TrustSettings(), problems
    )
    assert name in {entry.path for entry in sources.reads} or problems
    told = [
        f"{found.span} {found.severity}[{found.code.value}] {found.message}" for found in problems.sorted()
    ]
    return Dump().blocks(document.sections[0].blocks), told


def test_cells_stand_as_they_are_and_numbers_on_the_right(tmp_path: Path) -> None:
    tree, told = read(tmp_path, "::: {#tbl-films .csv-table file=data/films.csv}\nTwo *films*.\n:::")
    assert tree.splitlines() == [
        "Table default default right {#tbl:films}",
        '  caption: "Two " Emph("films") "."',
        '  head: "Film" | "Remark" | "Year"',
        '  row: "Still Life" | "Golden *Lion*, $5" | "2006"',
        '  row: "24 City" | "two" // "lines" |',
    ]
    assert told == []


def test_markdown_is_read_where_asked(tmp_path: Path) -> None:
    text = '::: {.csv-table .markdown file=data/films.csv aligns="lcr" header=no}\n:::'
    tree, told = read(tmp_path, text, "*a*,b\nc,d,\n")
    assert told == [
        "content/01-one.md:5:5 error[wrong-value] 'lcr' does not say how the 2 columns of this table stand"
    ]
    assert tree.splitlines() == ["Table default default", '  row: Emph("a") | "b"', '  row: "c" | "d"']


@pytest.mark.parametrize(
    ("name", "csv"),
    [("a.csv", "A;B\n1,5;2\n"), ("a.tsv", "A\tB\n1,5\t2\n"), ("a.csv", b"\xef\xbb\xbfA;B\r\n1,5;2\r\n")],
)
def test_what_parts_the_cells_is_seen(tmp_path: Path, name: str, csv: str | bytes) -> None:
    tree, told = read(tmp_path, f"::: {{.csv-table file={name}}}\n:::", csv, name)
    assert tree.splitlines() == ["Table right right", '  head: "A" | "B"', '  row: "1,5" | "2"']
    assert told == []


@pytest.mark.parametrize(
    ("braces", "csv", "told"),
    [
        (
            "file=data/flims.csv",
            "A",
            "content/01-one.md:5:5 error[missing-file] the file data/flims.csv is not there",
        ),
        (
            "file=../x.csv",
            "A",
            "content/01-one.md:5:5 error[path-outside] the path '../x.csv' leads out of the project folder",
        ),
        ("", "A", "content/01-one.md:5:5 error[missing-key] this table names no CSV file"),
        (
            "file=data/films.csv",
            "\n\n",
            "content/01-one.md:5:5 error[table-layout] the file data/films.csv holds no row",
        ),
        (
            "file=data/films.csv",
            "A,B\n\n1,2,3\n",
            "data/films.csv:3:1 error[extra-cells] this row has 3 cells, the table has 2 columns",
        ),
        (
            "file=data/films.csv",
            'A,B\n1,2\n"x"y,2\n',
            "data/films.csv:3:1 error[table-layout] this line is no CSV: ',' expected after '\"'",
        ),
        (
            "file=data/films.csv",
            b"A\n\xff\n",
            "data/films.csv:2:1 error[not-utf8] data/films.csv is not written in UTF-8: a letter (perhaps 'ÿ') cannot be read",
        ),
        (
            "file=data/films.csv colour=red",
            "A",
            "content/01-one.md:5:5 error[unknown-attribute] a table from a CSV file has no attribute 'colour'",
        ),
        (
            "file=data/films.csv delimiter=x",
            "A",
            "content/01-one.md:5:5 error[wrong-value] 'x' cannot part the cells of data/films.csv",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, braces: str, csv: str | bytes, told: str) -> None:
    assert read(tmp_path, f"::: {{.csv-table {braces}}}\n:::", csv)[1] == [told]


def test_more_than_a_caption_is_told(tmp_path: Path) -> None:
    _, told = read(tmp_path, "::: {.csv-table file=data/films.csv}\nOne.\n\nTwo.\n:::")
    assert told == [
        "content/01-one.md:8:1 error[table-layout] a table from a CSV file holds more than its caption"
    ]


def test_the_label_of_a_table_whose_file_is_missing_is_known(tmp_path: Path) -> None:
    tree, told = read(tmp_path, "::: {.csv-table #tbl:films file=data/flims.csv aligns=lr}\nFilms.\n:::")
    assert "{#tbl:films}" in tree.splitlines()[0]
    assert told == ["content/01-one.md:5:5 error[missing-file] the file data/flims.csv is not there"]
