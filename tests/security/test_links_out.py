"""Links that lead out of a stranger's folder are followed neither by an import nor by `check --fix`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fascicle.cli.main import cli
from tests.support.publications import SMALL, write

SECRET = "Zimtstern"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Files of somebody else."""
    return write(
        tmp_path / "outside",
        {
            "notes.md": f"---\ntitle: S\n---\n\nThe {SECRET} is \\textbf{{bold}}.\n",
            "works.bib": f"@book{{a, title = {{{SECRET}}}, author = {{B, C}}, date = {{2001}}}}\n",
            "tags.tsv": f"tag\tcitation\n{SECRET}\tdoi:10.1/{SECRET}\n",
            "settings.yaml": f"title: {SECRET}\nbook: {{chapters: [index.qmd], title: {SECRET}}}\n",
        },
    )


@pytest.mark.parametrize("trust", ["--no-trust", "--trust-templates"])
def test_fix_writes_no_file_elsewhere(outside: Path, tmp_path: Path, trust: str) -> None:
    root = write(tmp_path / "stranger", SMALL)
    (root / "content/02-two.md").symlink_to(outside / "notes.md")
    before = (outside / "notes.md").read_bytes()
    result = CliRunner().invoke(cli, ["check", "--project", str(root), trust, "--fix", "--yes"])
    assert (outside / "notes.md").read_bytes() == before
    assert SECRET not in result.output
    assert "path-outside" in result.output


def test_fix_of_a_shelf_writes_no_file_elsewhere(outside: Path, tmp_path: Path) -> None:
    root = write(tmp_path / "shelf/stranger", SMALL)
    (root / "content/01-one.md").unlink()
    (root / "content/01-one.md").symlink_to(outside / "notes.md")
    before = (outside / "notes.md").read_bytes()
    CliRunner().invoke(cli, ["check", "--all-in", str(root.parent), "--fix", "--yes"])
    assert (outside / "notes.md").read_bytes() == before


@pytest.mark.parametrize(
    ("files", "links", "named"),
    [
        ({"a.md": "# One\n\nSee [@a].\n"}, {"works.bib": "works.bib"}, "a.md"),
        ({"a.md": "# One\n\nText.\n"}, {"b.md": "notes.md"}, ""),
        ({"a.md": "# One\n\nText.\n"}, {"main.md": "notes.md", "paper.md": "notes.md"}, ""),
        (
            {"content/00.front-matter.md": "x\n", "content/01.one.md": "# One\n\nText.\n"},
            {
                "content/metadata.yaml": "settings.yaml",
                "content/02.two.md": "notes.md",
                "content/citation-tags.tsv": "tags.tsv",
                "content/manual-references.bib": "works.bib",
            },
            "",
        ),
        (
            {"_quarto.yml": "book: {chapters: [index.qmd]}\n", "index.qmd": "# One\n\nText.\n"},
            {"_bookdown.yml": "settings.yaml", "two.qmd": "notes.md", "references.bib": "works.bib"},
            "",
        ),
        ({"a.tex": "\\documentclass{article}\n\\begin{document}\nOne, see \\cite{a}.\n\\input{b}\n\\bibliography{w}\n\\end{document}\n"},
         {"w.bib": "works.bib", "b.tex": "notes.md"}, "a.tex"),
    ],
    ids=["bibliography", "text", "main text", "manubot", "book", "latex"],
)  # fmt: skip
def test_an_import_reads_no_file_elsewhere(
    outside: Path, tmp_path: Path, files: dict[str, str], links: dict[str, str], named: str
) -> None:
    source = write(tmp_path / "source", files)
    for name, target in links.items():
        (source / name).symlink_to(outside / target)
    made = tmp_path / "made"
    result = CliRunner().invoke(cli, ["import", str(source / named), str(made)])
    assert "Traceback" not in result.output
    assert "One" in "".join(path.read_text("utf-8") for path in made.glob("content/*.md"))
    for path in made.rglob("*"):
        assert not path.is_symlink()
        assert path.is_dir() or SECRET.encode() not in path.read_bytes()
