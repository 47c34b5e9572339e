"""Redlines of small publications: what is listed, what the pages show, what is told."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Severity
from fascicle.pipeline.run import Request
from fascicle.pipeline.submitted_text import keep_submitted
from fascicle.redline.history import FILE, version_history
from fascicle.redline.marking.overview import described
from fascicle.redline.proof.page import PageText
from fascicle.redline.redline import Redline, Wanted, make_redline
from tests.support.command_line import fascicle
from tests.support.everything import EVERYTHING
from tests.support.publications import SOUND, png, write
from tests.support.repositories import commit, git, repository

Files = Mapping[str, str | bytes]
ONE = "content/01-one.md"


def redline(tmp_path: Path, old: Files, new: Files, *forms: str) -> Redline:
    before, after = write(tmp_path / "old", old), write(tmp_path / "new", new)
    return make_redline(Request(after), Wanted(str(before), "", forms))


def with_text(files: Files, before: str, after: str) -> dict[str, str | bytes]:
    text = str(files[ONE])
    assert before in text
    return {**files, ONE: text.replace(before, after)}


CHANGES = [
    ("is little to", "is much to", ["replaced text in One: “little” → “much”"]),
    ("@small2001, p. 7", "@small2001, p. 8", ["replaced citation in One: “(Small 2001, 7)” → “(Small 2001, 8)”"]),
    ("A grey plate", "A dark plate", ["replaced text in One: “grey” → “dark”"]),
    ("cites a work", "*cites* a work", ["another form of text in One: “cites”"]),
    ("## A part {#part}", "### A part {#part}", ["another form of heading in One: “level 2 {#part}” → “level 3 {#part}”"]),
    ("there is little to say.", "there is little to say.^[Or less.]", ["inserted note in One: “[Or less. ]”"]),
    ("{#fig:plate width=50%}", "{#fig:plate width=60%}",
     ["another form of picture in One: “{#fig:plate width=50%}” → “{#fig:plate width=60%}”"]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), CHANGES)
def test_changes(tmp_path: Path, before: str, after: str, expected: list[str]) -> None:
    made = redline(tmp_path, SOUND, with_text(SOUND, before, after), "html")
    assert made.listing
    assert [described(entry) for entry in made.listing.entries] == expected
    assert made.files == ("build/redline/a-sound-thing.html",)
    assert made.problems.sorted() == []


def test_page(tmp_path: Path) -> None:
    made = redline(tmp_path, SOUND, with_text(SOUND, "is little to", "is much to"), "html")
    page = (tmp_path / "new" / made.files[0]).read_text()
    assert '<del id="change.1">little</del><ins>much</ins>' in page
    assert 'href="#change.1"' in page
    assert "From" in page
    assert "1 change: 1 replaced" in page
    both = PageText(page)
    assert "thereismuchtosay." in both.version(new=True)
    assert "thereislittletosay." in both.version(new=False)


def test_nothing_has_changed(tmp_path: Path) -> None:
    made = redline(tmp_path, EVERYTHING, EVERYTHING, "html", "markdown")
    assert made.listing
    assert made.listing.entries == []
    assert made.problems.sorted() == []


def test_a_moved_passage(tmp_path: Path) -> None:
    text = "A passage of some length that is to be moved.\n\n"
    old = with_text(SOUND, "## A part", f"{text}## A part")
    made = redline(tmp_path, old, {**SOUND, ONE: f"{SOUND[ONE]!s}\n{text}"}, "html")
    page = (tmp_path / "new" / made.files[0]).read_text()
    assert made.listing
    assert [entry.kind for entry in made.listing.entries] == ["moved"]
    assert '<a href="#move.1.to">[→ 1]</a>' in page
    assert '<a href="#move.1.from">[← 1]</a>' in page


def test_a_replaced_picture(tmp_path: Path) -> None:
    made = redline(tmp_path, SOUND, {**SOUND, "figures/plate.png": png(600, 600)}, "html")
    assert made.listing
    assert [(entry.kind, entry.what, entry.new) for entry in made.listing.entries] == [
        ("replaced", "picture", "figures/plate.png")
    ]
    page = (tmp_path / "new" / made.files[0]).read_text()
    assert page.count("<img ") == 2


def test_a_reference_s_number_that_follows(tmp_path: Path) -> None:
    more = "![More.](figures/plate.png){#fig:more}\n\n![A grey"
    made = redline(tmp_path, SOUND, with_text(SOUND, "![A grey", more), "html")
    page = (tmp_path / "new" / made.files[0]).read_text()
    assert made.listing
    assert [described(entry) for entry in made.listing.entries] == [
        "inserted picture in One: “More. (figures/plate.png)”"
    ]
    assert '<span class="renumbered" title="Figure\u00a01">' in page


def mutated(text: str, choice: random.Random) -> str:
    """A section's text with some paragraphs and words others."""
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    parts = body.split("\n\n")
    more = [
        "New words.",
        "> A quotation.",
        "- x\n- y",
        "$$a=b$$ {#eq:new}",
        "Text [@b] with ^[a note].",
        "## Another",
    ]
    for _ in range(choice.randint(1, 4)):
        at = choice.randrange(len(parts))
        part = parts.pop(at)
        words = part.split(" ")
        words[choice.randrange(len(words))] = choice.choice(["changed", "added words", "*other*"])
        instead = choice.choice([[" ".join(words)], [], [part, part], [part, choice.choice(more)]])
        parts[at:at] = instead
        parts = parts or ["All is gone."]
    return f"---\n{head}\n---\n" + "\n\n".join(parts)


@pytest.mark.parametrize("seed", range(6))
def test_random_edits_are_proved(tmp_path: Path, seed: int) -> None:
    """Of whatever is edited a page is made: it is delivered only when both versions are read from it."""
    choice = random.Random(seed)
    old, new = ({**EVERYTHING, ONE: mutated(str(EVERYTHING[ONE]), choice)} for _ in range(2))
    made = redline(tmp_path, old, new, "html")
    assert [one.message for one in made.problems.sorted() if one.severity is Severity.ERROR] == []
    assert made.files


def test_revisions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = repository(tmp_path / "text", SOUND)
    changed = with_text(SOUND, "is little to", "is much to")
    commit(root, changed)
    write(root, with_text(changed, "cites a work", "cites one work"))
    monkeypatch.chdir(root)
    assert fascicle(monkeypatch, "redline", "HEAD~1", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["kind"], one["old"], one["new"]) for one in told["changes"]] == [
        ("replaced", "a", "one"),
        ("replaced", "little", "much"),
    ]
    assert told["changes"][1]["new_place"].startswith("content/01-one.md:11:")
    assert fascicle(monkeypatch, "redline", "HEAD~1", "HEAD", "--summary") == 0
    assert capsys.readouterr().out == "One: 1 change: 1 replaced\n1 change: 1 replaced\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "there is no revision 'nowhere' in text"),
        ("sent.docx", "there is no file 'sent.docx'"),
        ("sent.odt", "'sent.odt' is an OpenDocument text: save it as .docx"),
        ("HEAD", "'HEAD' holds no content/publication.yaml: name a version since there is one"),
    ],
)
def test_no_such_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    root = repository(tmp_path / "text", {"other": "x"})
    write(root, SOUND)
    monkeypatch.chdir(root)
    assert fascicle(monkeypatch, "redline", name) == 1
    assert f"error[no-such-version]: {said}\n" in capsys.readouterr().err


def test_a_faulty_old_version(tmp_path: Path) -> None:
    """Its errors are told, and the comparison is made all the same."""
    old = with_text(SOUND, "@fig:plate", "@fig:none")
    made = redline(tmp_path, old, SOUND, "html")
    messages = [one.message for one in made.problems.sorted()]
    assert len(messages) == 1
    assert "has an error: " in messages[0]
    assert "(content/01-one.md:5:" in messages[0]
    assert made.files


ANONYMOUS = {
    **SOUND,
    "content/publication.yaml": str(SOUND["content/publication.yaml"])
    + "editions: {html: {anonymous: true}}\n",
}


@pytest.mark.parametrize(
    ("forms", "before", "kept"),
    [
        (("html",), "there was little to", True),
        (("html",), "Ann Whole has little to", False),
        (("html", "markdown"), "there was little to", False),
    ],
    ids=["nameless", "named in the old text", "sources"],
)
def test_an_anonymous_edition(tmp_path: Path, forms: tuple[str, ...], before: str, kept: bool) -> None:
    """No name of either version's authors, no revision and no commit; what would tell them is not delivered."""
    text = str(ANONYMOUS["content/publication.yaml"])
    old = with_text(ANONYMOUS, "there is little to", before)
    new = {**ANONYMOUS, "content/publication.yaml": text.replace("family: Whole", "family: Wood")}
    new |= {"content/02-two.md": "---\ntitle: Two\nauthors: [{family: Wood, given: Ann}]\n---\n\nMore.\n"}
    root = repository(tmp_path / "text", old)
    first = commit(root, {})
    write(root, new)
    made = make_redline(Request(root), Wanted(first, "", forms))
    told = made.report + "".join((root / file).read_text() for file in made.files)
    assert not any(name in told for name in ("Whole", "Wood", first[:7]))
    errors = {one.code.value for one in made.problems.sorted() if one.severity is Severity.ERROR}
    assert errors == (set() if kept else {"author-in-file"})
    assert bool(made.files) is kept


def test_a_submission_is_an_old_version(tmp_path: Path) -> None:
    root = write(tmp_path / "text", SOUND)
    keep_submitted(root, "small", [*SOUND, "content/*.md", "../out"])
    write(root, with_text(SOUND, "is little to", "is much to"))
    made = make_redline(Request(root), Wanted("", "", (), submission="small"))
    assert made.listing is not None
    assert [described(one) for one in made.listing.entries] == ["replaced text in One: “little” → “much”"]
    other = make_redline(Request(root), Wanted("", "", (), submission="other"))
    (told,) = other.problems.sorted()
    assert (told.message, told.hints) == (
        "nothing is kept of a submission to 'other'",
        ("what small got is kept",),
    )


def test_a_history_of_tagged_versions(tmp_path: Path) -> None:
    root = repository(tmp_path / "text", SOUND)
    git(root, "tag", "v1")
    commit(root, with_text(SOUND, "is little to", "is much to"))
    git(root, "tag", "v2")
    made = version_history(Request(root))
    assert made.problems.sorted() == []
    assert [line for line in made.text.splitlines() if line] == [
        *("## v2 (2024-02-29)", "Since v1:", "- One: 1 change: 1 replaced"),
        *("## v1 (2024-02-29)", "The first version."),
    ]
    assert (root / FILE).read_text(encoding="utf-8") == made.text


def test_a_history_without_tags(tmp_path: Path) -> None:
    (told,) = version_history(Request(repository(tmp_path / "text", SOUND))).problems.sorted()
    assert told.message == "no version has a tag yet"


def test_a_form_that_cannot_be_made_leaves_the_others(tmp_path: Path) -> None:
    """A section with CriticMarkup of its own is not written as Markdown; the page is made all the same."""
    marked = with_text(SOUND, "is little to", "is {++very++} little to")
    made = redline(tmp_path, SOUND, marked, "html", "markdown")
    assert made.problems.failed
    assert [file.rpartition(".")[2] for file in made.files] == ["html"]
