"""What an editor gets from the server: completion, hovers, names followed and changed, fixes, outlines, words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.support.editor import Editor, Session
from tests.support.publications import SOUND, write

FILES = {
    **SOUND,
    "content/02-two.md": (
        "---\ntitle: Two\nwords: {target: 50}\n---\n\nAgain @small2001 in 𝒜 and [@small2001, p. 3] and "
        "[see](#part); `@small2001` in code; @fig-plate.\n"
    ),
}
ONE = str(SOUND["content/01-one.md"])
TWO = str(FILES["content/02-two.md"])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


def _with(
    session: Session,
    root: Path,
    work: Callable[[Editor, str, str], Awaitable[Any]],
    name: str = "content/01-one.md",
    text: str = "",
) -> Any:
    """Do something with one file open, and with what the server has found so far."""

    async def look(editor: Editor) -> Any:
        uri = editor.open(root / name)
        await editor.times(uri, 2)
        typed = text or (root / name).read_text("utf-8")
        if text:
            editor.type(uri, text)
            await editor.times(uri, 3)
        return await work(editor, uri, typed)

    return session(look)


def _completed(session: Session, root: Path, name: str, text: str) -> dict[str, types.CompletionItem]:
    """What is offered at the mark | in a text that is typed and not saved."""

    async def look(editor: Editor, uri: str, typed: str) -> Any:
        place = editor.at(uri, text, "|")
        return await editor.client.text_document_completion_async(types.CompletionParams(**place))

    found = _with(session, root, look, name, text.replace("|", "", 1))
    return {item.label: item for item in found or ()}


def test_a_key_is_completed_and_found_by_author_year_and_title(session: Session, root: Path) -> None:
    found = _completed(session, root, "content/01-one.md", ONE + "\nAs @sm| says.\n")
    work = found["small2001"]
    assert work.detail == "Small 2001, A Small Book"
    assert work.filter_text == "small2001 Small 2001 A Small Book"
    assert isinstance(work.text_edit, types.TextEdit)
    assert work.text_edit.range.end.character - work.text_edit.range.start.character == len("sm")
    assert found["fig:plate"].detail == "A grey plate."
    assert found["sec:part"].detail == "A part"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("![A](figures/|", "figures/plate.png"),
        ("[see](#|", "sec:part"),
        ("::: {.call|", "callout-note"),
        ("::: lands|", "landscape"),
        ("[NATO]{.|", "smallcaps"),
        ("## Heading {.un|", "unnumbered"),
        ("![A](figures/plate.png){#fig:b .|", "here"),
    ],
)
def test_other_things_are_completed_in_the_text(
    session: Session, root: Path, typed: str, offered: str
) -> None:
    assert offered in _completed(session, root, "content/01-one.md", f"{ONE}\n{typed}\n")


@pytest.mark.parametrize(
    ("name", "text", "offered", "missing"),
    [
        ("content/publication.yaml", "title: A\nabs|\n", "abstract", "title"),
        ("content/publication.yaml", "title: A\nauthors:\n  - family: B\n    or|\n", "orcid", "family"),
        ("content/publication.yaml", "title: A\nauthors:\n  - |\n", "family", "title"),
        ("content/publication.yaml", "title: A\ncitation-style: |\n", "apa", "title"),
        ("content/publication.yaml", "title: A\neditions:\n  |\n", "screen", "title"),
        ("content/publication.yaml", "title: A\neditions:\n  screen:\n    li|\n", "links", "title"),
        ("content/publication.yaml", "title: A\nnumber-sections: |\n", "true", "title"),
        ("content/01-one.md", "---\ntitle: One\nst|\n---\n\nText.\n", "status", "title"),
        ("content/01-one.md", "---\ntitle: One\nstatus: |\n---\n\nText.\n", "draft", "title"),
        ("figures/figures.yaml", "plate.png:\n  permission: |\n", "own", "alt"),
        ("figures/figures.yaml", "plate.png:\n  permission: own\n  cr|\n", "credit", "permission"),
    ],
)
def test_keys_and_values_of_yaml_are_completed(
    session: Session, root: Path, name: str, text: str, offered: str, missing: str
) -> None:
    found = _completed(session, root, name, text)
    assert offered in found
    assert missing not in found


def test_a_key_of_yaml_brings_its_meaning(session: Session, root: Path) -> None:
    found = _completed(session, root, "content/publication.yaml", "title: A\nabs|\n")
    assert found["abstract"].documentation
    assert isinstance(found["abstract"].text_edit, types.TextEdit)
    assert found["abstract"].text_edit.new_text == "abstract: "


def _hovered(session: Session, root: Path, name: str, words: str) -> str:
    async def look(editor: Editor, uri: str, typed: str) -> Any:
        return await editor.client.text_document_hover_async(
            types.HoverParams(**editor.at(uri, typed, words, 1))
        )

    found = _with(session, root, look, name)
    return found.contents.value if found else ""


def test_a_citation_shows_its_reference(session: Session, root: Path) -> None:
    assert _hovered(session, root, "content/02-two.md", "@small2001 in 𝒜").startswith(
        "Small, Ann. 2001. *A Small Book*."
    )


def test_a_figure_shows_its_picture_caption_and_permission(session: Session, root: Path) -> None:
    said = _hovered(session, root, "content/01-one.md", "@fig:plate")
    assert said.startswith(
        f"![figures/plate.png]({(root / 'figures/plate.png').as_uri()})\n\nA grey plate.\n\n"
    )
    assert "own" in said


def test_a_heading_and_a_key_of_yaml_are_explained(session: Session, root: Path) -> None:
    assert _hovered(session, root, "content/01-one.md", "@sec:part") == "A part"
    assert "language" in _hovered(session, root, "content/publication.yaml", "language:").lower()
    assert _hovered(session, root, "content/01-one.md", "A paragraph") == ""


def _places(found: Any, root: Path) -> list[str]:
    below = root.as_uri() + "/"
    return sorted(
        f"{one.uri.removeprefix(below)}:{one.range.start.line + 1}:{one.range.start.character}"
        for one in found or ()
    )


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("@small2001 in 𝒜", "bib/works.bib:1:6"),
        ("#part", "content/01-one.md:9:12"),
        ("@fig-plate", "content/01-one.md:7:37"),
    ],
)
def test_a_name_leads_to_where_it_is_given(session: Session, root: Path, words: str, place: str) -> None:
    async def look(editor: Editor, uri: str, typed: str) -> Any:
        where = editor.at(uri, typed, words, 1)
        return await editor.client.text_document_definition_async(types.DefinitionParams(**where))

    assert _places(_with(session, root, look, "content/02-two.md"), root) == [place]


def test_all_uses_of_a_work_are_found_and_code_is_left_alone(session: Session, root: Path) -> None:
    async def look(editor: Editor, uri: str, typed: str) -> Any:
        where = editor.at(uri, typed, "small2001", 1)
        asked = types.ReferenceParams(context=types.ReferenceContext(include_declaration=True), **where)
        return await editor.client.text_document_references_async(asked)

    # Columns are counted in UTF-16, in which 𝒜 has two units.
    assert _places(_with(session, root, look, "bib/works.bib"), root) == [
        "bib/works.bib:1:6", "content/01-one.md:5:32", "content/02-two.md:6:29", "content/02-two.md:6:7",
    ]  # fmt: skip


def _renamed(session: Session, root: Path, name: str, words: str, new: str) -> dict[str, str]:
    """The files as they are after a renaming."""

    async def look(editor: Editor, uri: str, typed: str) -> Any:
        where = editor.at(uri, typed, words, 1)
        return await editor.client.text_document_rename_async(types.RenameParams(new_name=new, **where))

    made = {}
    for address, edits in _with(session, root, look, name).changes.items():
        path = address.removeprefix(root.as_uri() + "/")
        text = (root / path).read_text("utf-8")
        for one in sorted(
            edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True
        ):
            start, end = (_offset(text, place) for place in (one.range.start, one.range.end))
            text = text[:start] + one.new_text + text[end:]
        made[path] = text
    return made


def _offset(text: str, place: types.Position) -> int:
    lines = text.split("\n")
    line = lines[place.line].encode("utf-16-le")[: 2 * place.character].decode("utf-16-le")
    return sum(len(one) + 1 for one in lines[: place.line]) + len(line)


def test_a_key_is_renamed_in_all_files(session: Session, root: Path) -> None:
    made = _renamed(session, root, "content/02-two.md", "small2001", "small:2001a")
    assert made["bib/works.bib"] == str(SOUND["bib/works.bib"]).replace("small2001", "small:2001a")
    assert made["content/01-one.md"] == ONE.replace("small2001", "small:2001a")
    assert made["content/02-two.md"] == TWO.replace("@small2001", "@small:2001a").replace(
        "`@small:2001a`", "`@small2001`"
    )


def test_a_label_is_renamed_in_each_spelling(session: Session, root: Path) -> None:
    made = _renamed(session, root, "content/01-one.md", "@fig:plate", "fig:sheet")
    assert made["content/01-one.md"] == ONE.replace("fig:plate", "fig:sheet")
    assert made["content/02-two.md"] == TWO.replace("@fig-plate", "@fig-sheet")
    made = _renamed(session, root, "content/01-one.md", "#part", "whole")
    assert made["content/01-one.md"] == ONE.replace("{#part}", "{#whole}").replace("@sec:part", "@sec:whole")
    assert made["content/02-two.md"] == TWO.replace("(#part)", "(#whole)")


def test_a_section_called_by_its_file_gets_an_id(session: Session, root: Path) -> None:
    text = ONE + "\nSee @sec:two.\n"
    (root / "content/01-one.md").write_text(text, encoding="utf-8")
    made = _renamed(session, root, "content/01-one.md", "@sec:two", "second")
    assert made["content/01-one.md"] == text.replace("sec:two", "sec:second")
    assert made["content/02-two.md"] == TWO.replace("---\n", "---\nid: second\n", 1)


def test_an_editor_is_told_what_would_be_renamed(session: Session, root: Path) -> None:
    async def look(editor: Editor, uri: str, typed: str) -> Any:
        name = types.PrepareRenameParams(**editor.at(uri, typed, "@fig:plate", 3))
        words = types.PrepareRenameParams(**editor.at(uri, typed, "A paragraph", 3))
        client = editor.client
        return [await client.text_document_prepare_rename_async(one) for one in (name, words)]

    found, nothing = _with(session, root, look)
    assert (found.placeholder, nothing) == ("fig:plate", None)


@pytest.mark.parametrize(("new", "why"), [("a b", "is no name"), ("fig:plate", "something else")])
def test_a_name_that_cannot_be_is_refused(session: Session, root: Path, new: str, why: str) -> None:
    (root / "content/01-one.md").write_text(ONE + "\n![B](figures/plate.png){#fig:b}\n", encoding="utf-8")
    with pytest.raises(JsonRpcException, match=why):
        _renamed(session, root, "content/01-one.md", "#fig:b", new)


def _fixes(session: Session, root: Path, text: str) -> dict[str, list[str]]:
    """Titles of what can be mended, with what would be written."""

    async def look(editor: Editor, uri: str, typed: str) -> Any:
        told = await editor.until(uri, lambda found: bool(found))
        whole = types.Range(types.Position(0, 0), types.Position(100, 0))
        asked = types.CodeActionParams(
            types.TextDocumentIdentifier(uri), whole, types.CodeActionContext(told)
        )
        return await editor.client.text_document_code_action_async(asked)

    found = _with(session, root, look, "content/01-one.md", text)
    return {
        one.title: [edit.new_text for edits in one.edit.changes.values() for edit in edits] for one in found
    }


def test_what_was_meant_is_one_click_away(session: Session, root: Path) -> None:
    assert _fixes(session, root, ONE + "\nBy @smal2001 and @fig:plat.\n") == {
        "Write 'small2001'": ["@small2001"],
        "Write '@fig:plate'": ["@fig:plate"],
    }


def test_markup_of_other_programs_is_mended_as_check_does(session: Session, root: Path) -> None:
    found = _fixes(session, root, ONE + "\nAs \\autoref{fig:plate} and \\cref{fig:plate} show.\n")
    assert ["@fig:plate", "@fig:plate"] in found.values()
    (whole,) = (texts for title, texts in found.items() if title.startswith("Mend all"))
    assert whole[0].endswith("As @fig:plate and @fig:plate show.\n")


def test_outline_and_words(session: Session, root: Path) -> None:
    async def look(editor: Editor, uri: str, typed: str) -> Any:
        named = types.TextDocumentIdentifier(uri)
        client = editor.client
        symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(named))
        lenses = await client.text_document_code_lens_async(types.CodeLensParams(named))
        return symbols, lenses

    (one,), (count,) = _with(session, root, look)
    assert count.command.title == "26 words"
    assert one.name == "One"
    assert [(child.name, child.detail) for child in one.children] == [
        ("A grey plate.", "fig:plate"),
        ("A part", "part"),
    ]
    assert one.range.end.line == ONE.count("\n")
    _, (lens,) = _with(session, root, look, "content/02-two.md")
    assert lens.command.title.endswith("words of 50")


def test_unsaved_text_is_what_counts_and_other_files_are_told_too(session: Session, root: Path) -> None:
    async def look(editor: Editor) -> None:
        uri = editor.open(root / "bib/works.bib")
        other = (root / "content/01-one.md").as_uri()
        await editor.times(uri, 2)
        editor.type(uri, str(SOUND["bib/works.bib"]).replace("small2001", "large2001"))
        told = await editor.until(other, lambda found: bool(found))
        assert told[0].message.startswith("no entry 'small2001'")
        editor.type(uri, str(SOUND["bib/works.bib"]))
        await editor.until(other, lambda found: not found)

    session(look)


def test_a_file_of_no_publication_is_left_alone(session: Session, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Mine @nobody\n", encoding="utf-8")

    async def look(editor: Editor) -> Any:
        uri = editor.open(tmp_path / "notes.md")
        asked = types.HoverParams(**editor.at(uri, "# Mine @nobody\n", "@nobody", 1))
        return await editor.client.text_document_hover_async(asked), editor.told.get(uri)

    assert session(look) == (None, None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.md"]
