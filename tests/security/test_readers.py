"""Publications made to stop the readers: nested without end, doubled, huge, with names that are no text."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.pipeline.build import check_edition
from fascicle.pipeline.run import Request
from tests.support.publications import SMALL, write

DEEP = 400


def checked(folder: Path, text: str = "Text.", **files: str) -> Collector:
    """What is found in the least publication with this text and these files."""
    own = {name.replace("__", "/").replace("_", "."): content for name, content in files.items()}
    root = write(folder, {**SMALL, "content/01-one.md": f"---\ntitle: One\n---\n\n{text}\n", **own})
    return check_edition(Request(root, no_trust=True), "screen")


def codes(found: Collector) -> set[Code]:
    return {one.code for one in found}


@pytest.mark.parametrize(
    "formula",
    [
        r"\hat" * DEEP + " x",
        r"\hat{" * DEEP + "x" + "}" * DEEP,
        r"\sqrt[" * DEEP + "x" + "]" * DEEP + "{y}",
        r"\frac" * DEEP + " x",
        r"\frac{" * DEEP + "x" + "}{2}" * DEEP,
        r"\\[" * DEEP,
        r"\text{" * DEEP + "}" * DEEP,
        r"\left(" * DEEP + "x" + r"\right)" * DEEP,
        "x^" * DEEP + "2",
        r"\begin{matrix}" * DEEP + r"\end{matrix}" * DEEP,
    ],
)
def test_a_formula_nested_without_end_is_told(tmp_path: Path, formula: str) -> None:
    assert codes(checked(tmp_path, f"$${formula}$$")) <= {Code.MATH_SYNTAX, Code.MATH_COMMAND}


RECORD = "@book{{a, title = {{{}}}, author = {{A, B}}, date = {{2001}}}}\n"


@pytest.mark.parametrize(
    "bibliography",
    [
        RECORD.format("{" * 50_000 + "x" + "}" * 50_000),
        RECORD.format(r"\emph{" * 50_000 + "x" + "}" * 50_000),
        RECORD.format("\\'" * 50_000),
        RECORD.format(r"\( " * 20_000),
        "%x " * 20_000,
        "".join(f"@xdata{{x{n}, xdata = {{x{n + 1}}}, note = {{n}}}}\n" for n in range(5000))
        + "@book{a, title = {Q}, xdata = {x0}, author = {A}, date = {2001}}\n",
        "".join(f"@xdata{{x{n}, xdata = {{x{n + 1},x{n + 1}}}}}\n" for n in range(40))
        + "@book{a, title = {Q}, xdata = {x0}, author = {A}, date = {2001}}\n",
        '@string{s0 = "abcdefgh"}\n'
        + "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(30))
        + "@book{a, title = s30, author = {A}, date = {2001}}\n",
    ],
    ids=["braces", "commands", "accents", "formulas", "comments", "chain", "doubling", "strings"],
)
def test_a_bibliography_without_end_stops_nobody(tmp_path: Path, bibliography: str) -> None:
    assert Code.PROGRAM_FAULT not in codes(checked(tmp_path, "See [@a].", bib__works_bib=bibliography))


@pytest.mark.parametrize("name", ["content/02-huge.md", "bib/huge.bib", "content/publication.yaml"])
def test_a_file_of_twenty_gigabytes_is_not_read(tmp_path: Path, name: str) -> None:
    root = write(tmp_path, SMALL)
    (root / name).parent.mkdir(exist_ok=True)
    with (root / name).open("ab") as stream:
        stream.truncate(20 << 30)
    found = codes(check_edition(Request(root, no_trust=True), "screen"))
    assert found & {Code.TOO_LARGE_FILE, Code.BIB_TOO_LARGE}


def test_a_picture_of_twenty_gigabytes_is_not_read(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            **SMALL,
            "content/01-one.md": "---\ntitle: One\n---\n\n![A plate.](figures/a.png)\n",
            "figures/figures.yaml": "a.png: {permission: own, alt: A grey plate without marks, credit: Ann}\n",
            "figures/a.png": b"\x89PNG",
        },
    )
    with (root / "figures/a.png").open("ab") as stream:
        stream.truncate(20 << 30)
    found = check_edition(Request(root, no_trust=True), "screen")
    assert codes(found) == {Code.TOO_LARGE_FILE}


@pytest.mark.parametrize("name", [b"content/02-\xff.md", b"bib/w\xfe.bib", b"content/02-\n::warning::.md"])
def test_a_file_whose_name_is_no_text_is_told(tmp_path: Path, name: bytes) -> None:
    root = write(tmp_path, SMALL)
    path = root / os.fsdecode(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("---\ntitle: Two\n---\n\nText.\n")
    found = check_edition(Request(root, no_trust=True), "screen")
    assert codes(found) == {Code.ODD_FILE_NAME}
    assert all(one.message.isprintable() for one in found)


GROWING: dict[str, Callable[[int], str]] = {
    "spaces": lambda n: "a" + " " * n + "b",
    "many spaces": lambda n: ("a" + " " * (n // 20)) * 20 + "b",
    "a locator": lambda n: "[@a, §" + " " * n + "]",
    "quotations": lambda n: "> " * n + "x",
    "brackets": lambda n: "[" * n + "]" * n,
    "emphasis": lambda n: "*a " * n,
    "notes": lambda n: "^[" * n + "]" * n,
    "backticks": lambda n: " ".join("`" * (1 + k % 300) for k in range(n // 100)),
}


@pytest.mark.parametrize("kind", GROWING)
def test_a_long_text_is_read_to_its_end(tmp_path: Path, kind: str) -> None:
    assert Code.PROGRAM_FAULT not in codes(checked(tmp_path, GROWING[kind](20_000)))
