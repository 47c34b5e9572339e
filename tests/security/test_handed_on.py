"""What leaves the program holds nothing that acts: links, drawings, records, the terminal, annotations."""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from fascicle.cli.choices import completer
from fascicle.cli.main import cli, run
from fascicle.core import diagnostic_formats
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Diagnostic, Span
from fascicle.core.link_targets import link_target
from fascicle.core.text.visible_text import visible
from fascicle.journals.cited_records import bib_records
from fascicle.pdf.reading.actions import acts
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pipeline.build import check_edition
from fascicle.pipeline.run import Request
from fascicle.project.bibliography.entry import BibEntry, Field
from fascicle.project.bibliography.library import Bibliography
from fascicle.project.figures.svg_references import outside_reference
from tests.support.publications import SMALL, write

# -- Links -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["https://a.org/x", "http://a.org", "mailto:a@b.org", "#sec:a"])
def test_usual_addresses_are_links(target: str) -> None:
    assert link_target(target) == target


@pytest.mark.parametrize(
    "target",
    [
        *("run:/bin/sh", "javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "file:///etc/passwd"),
        *("other.pdf", "../x", "//host/share", "\\\\host\\share", "ftp://a.org", "vbscript:x", "app://x"),
        *("java\nscript:x", "https://a\x00", " https://a.org", "https:", "tel:1", "http:run", "smb://x"),
    ],
)
def test_other_addresses_are_none(target: str) -> None:
    assert link_target(target) is None


YAML_LINES = (
    r'url: "https://a.org/\\x"',
    r'url: "javascript:alert(1)"',
    r'doi: "10.1000/x\\y"',
    r'authors: [{family: A, given: B, email: "a\\b@c.org"}]',
    'authors: [{family: A, given: B, email: "a{b}@c.org"}]',
)


@pytest.mark.parametrize("line", YAML_LINES)
def test_addresses_with_signs_of_tex_are_refused(tmp_path: Path, line: str) -> None:
    kept = [one for one in SMALL["content/publication.yaml"].splitlines() if not line.startswith(one[:7])]
    root = write(tmp_path, {**SMALL, "content/publication.yaml": "\n".join([*kept, line, ""])})
    found = check_edition(Request(root, no_trust=True), "screen")
    assert {one.code for one in found} == {Code.WRONG_VALUE}


# -- Drawings ----------------------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
OUTSIDE = {
    "include": '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="figures.yaml" parse="text"/>',
    "image": '<image xlink:href="secret.png" width="9" height="9"/>',
    "image of SVG 2": '<image href="../../secret.png"/>',
    "use": '<use xlink:href="other.svg#a"/>',
    "filter": '<filter id="f"><feImage href="/etc/passwd"/></filter>',
    "style": "<style>@import 'a.css';</style>",
    "font": "<style>@font-face { src: url(/etc/passwd) }</style>",
    "fill": '<rect fill="url(other.svg#a)" width="3" height="3"/>',
}


@pytest.mark.parametrize("kind", OUTSIDE)
def test_a_drawing_takes_nothing_from_outside(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.svg").write_text(SVG.format(OUTSIDE[kind]))
    assert outside_reference(tmp_path / "a.svg")


@pytest.mark.parametrize(
    "head", ['<?xml-stylesheet href="a.css"?>', '<!DOCTYPE s [<!ENTITY e SYSTEM "/etc/passwd">]>']
)
def test_nor_does_its_head(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.svg").write_text(head + SVG.format(""))
    assert outside_reference(tmp_path / "a.svg")


def test_a_sound_drawing_takes_nothing(tmp_path: Path) -> None:
    inside = (
        '<style>rect { fill: url(#g) }</style><linearGradient id="g"/><use href="#r"/><rect id="r" fill="url(#g)"/>'
        '<a href="https://example.org"><image xlink:href="data:image/png;base64,AAAA"/></a>'
    )
    (tmp_path / "a.svg").write_text(
        f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a.dtd">{SVG.format(inside)}'
    )
    assert not outside_reference(tmp_path / "a.svg")


# -- Finished files ----------------------------------------------------------------------------------------


def acting(action: DictionaryObject) -> bytes:
    """A page with a link on it."""
    writer = PdfWriter()
    page = writer.add_blank_page(72, 72)
    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/A"): action,
        }
    )
    page[NameObject("/Annots")] = ArrayObject([link])
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["Launch", "JavaScript", "GoToR", "GoToE", "SubmitForm", "ImportData"])
def test_a_link_that_acts_is_found(kind: str) -> None:
    made = acting(DictionaryObject({NameObject("/S"): NameObject(f"/{kind}")}))
    assert [page for page, _ in acts(Inspection(made))] == [1]


@pytest.mark.parametrize(
    ("address", "reported"), [("https://a.org", 0), ("file:///x", 1), ("javascript:x", 1)]
)
def test_a_link_to_the_web_is_none(address: str, reported: int) -> None:
    action = {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(address)}
    assert len(list(acts(Inspection(acting(DictionaryObject(action)))))) == reported


def test_an_embedded_file_is_found() -> None:
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.add_attachment("a.txt", b"x")
    stream = BytesIO()
    writer.write(stream)
    assert list(acts(Inspection(stream.getvalue())))


# -- Records -----------------------------------------------------------------------------------------------

LUA = r"\directlua{x}"
VALUES = [
    LUA, r"a\}, execute = {" + LUA, "x^^7by", r"\input{/etc/passwd}", "a % b", "a}b{c", r"\write18{x}",
    r"$\input{x}$", r"a\{", "\\", r"{\directlua^^7bx^^7d}",
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("field", ["title", "note", "url", "author", "x-y", "execute", "abstract", "a}b"])
def test_a_record_for_others_is_balanced_and_tame(value: str, field: str) -> None:
    made = records({"title": "T", field: value}, "key")
    for pattern in (r"{", r"\{"):
        assert made.count(pattern) == made.count(pattern.replace("{", "}"))
    assert "^^" not in made
    for command in ("directlua", "input", "write"):
        assert f"\\{command}" not in made.replace(r"\textbackslash{}", "")
    assert (
        "execute" not in made.replace(r"\textbraceright{}, execute", "").partition("\n}")[0]
        or "= {T}" in made
    )


@pytest.mark.parametrize("key", [r"{\directlua^^7bx^^7d}", "a,b", "a}b", "a b", r"\x", "é", "#1"])
def test_an_odd_key_becomes_one_of_our_own(key: str) -> None:
    assert records({"title": "T"}, key).startswith("@book{w1,\n")


@given(st.text(), st.text(min_size=1))
def test_whatever_a_record_holds_it_stays_one_record(value: str, key: str) -> None:
    made = records({"title": value}, key)
    assert "^^" not in made
    depth = 0
    for sign in made.rstrip():
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def records(fields: dict[str, str], key: str) -> str:
    span = Span("bib/a.bib")
    entry = BibEntry(key, "book", {name: Field(value, span) for name, value in fields.items()}, span)
    return bib_records(Bibliography({key: entry}), [key])


# -- The terminal ------------------------------------------------------------------------------------------

STEERING = "\x1b]0;x\x07\x1b[2J\r\b\x9b31m\u202egnp.\u2066\u2069\u200f\x7f\udcff\U000e0041"

NEVER = {sign for sign in STEERING if not sign.isprintable()}


@pytest.mark.parametrize("form", sorted(diagnostic_formats.ONE_BY_ONE))
def test_nothing_steers_the_terminal(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.md").write_text(f"a{STEERING[:-2]}b\n", encoding="utf-8", errors="replace")
    found = Diagnostic(
        Code.WRONG_VALUE,
        f"m{STEERING}\n::warning::x",
        Span("a.md", 1, 2),
        hints=(STEERING,),
        causes=(STEERING,),
    )
    reported = diagnostic_formats.ONE_BY_ONE[form](found, SourceView(tmp_path, tmp_path))
    assert not set(reported) & NEVER
    assert not any(line.startswith("::warning") for line in reported.split("\n"))


def test_sarif_and_json_say_the_same_with_escapes(tmp_path: Path) -> None:
    found = Diagnostic(Code.WRONG_VALUE, f"m{STEERING}é", Span("a.md"))
    desk = SourceView(tmp_path, tmp_path)
    for reported in (diagnostic_formats.sarif([(found, desk)]), diagnostic_formats.json_line(found, desk)):
        assert not set(reported) & NEVER
        assert "é" in reported
    assert json.loads(diagnostic_formats.json_line(found, desk))["message"] == f"m{STEERING}é"


def test_preflight_shows_what_a_file_holds(tmp_path: Path) -> None:
    action = {
        NameObject("/S"): NameObject("/URI"),
        NameObject("/URI"): TextStringObject(f"javascript:{STEERING[:-2]}\nx"),
    }
    (tmp_path / "a.pdf").write_bytes(acting(DictionaryObject(action)))
    for words in ([], ["--quiet"], ["--all"], ["--format", "json"]):
        told = CliRunner().invoke(cli, ["preflight", str(tmp_path / "a.pdf"), *words]).output
        assert "javascript" in told
        assert not set(told.replace("\n", "").replace("\r", "")) & NEVER


def odd(folder: Path) -> Path:
    """A publication whose own editions and journals have names that steer."""
    root = write(folder, SMALL)
    for kind in ("editions", "journals"):
        for name in (f"a{STEERING[:-2]}", "$(touch x)", "plain"):
            path = root / f"templates/{kind}/{name.replace('/', '')}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"description: d{STEERING[:-2]}\nname: d{STEERING[:-2]}\n")
    return root


def test_lists_and_usage_errors_show_odd_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = odd(tmp_path)
    told = CliRunner().invoke(cli, ["list", "journals", "--project", str(root)]).output
    assert "\\x1b" in told
    assert not set(told.replace("\n", "")) & NEVER
    for words in (["preflight", "nothing"], ["submit", "a\x1b]0;y", "--draft"]):
        monkeypatch.setattr(sys, "argv", ["fascicle", *words, "--project", str(root)])
        assert run() == 2
        told = "".join(capsys.readouterr())
        assert "there is no" in told
        assert not set(told.replace("\n", "")) & NEVER


def test_a_shell_is_offered_plain_names_alone(tmp_path: Path) -> None:
    context = click.Context(click.Command("build"))
    context.params["project"] = odd(tmp_path)
    offered = completer("journals")(context, click.Argument(["name"]), "")
    assert "plain" in {one.value for one in offered}
    assert all(re.fullmatch(r"[\w.+-]+", one.value) and not set(one.help or "") & NEVER for one in offered)


@given(st.text())
def test_visible_text_is_printable(text: str) -> None:
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in visible(text))
