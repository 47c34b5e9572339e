"""What git keeps is read; what a repository says of itself is never done."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fascicle.core.system.git import GitError, opened
from fascicle.core.system.sandbox import Tier, stand
from tests.conftest import need_strangers_wall
from tests.support.repositories import commit, git, repository


def exported(folder: Path, revision: str, target: Path, under: str = "") -> dict[str, str]:
    with opened(folder) as found:
        found.export(found.commit(revision), under, target)
    return {
        str(path.relative_to(target)): path.read_text()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }


def test_a_revision_s_files(tmp_path: Path) -> None:
    root = repository(tmp_path / "text", {"content/01.md": "one\n", "build/x.pdf": "made"})
    commit(root, {"content/01.md": "two\n", "content/02.md": "more\n"})
    assert exported(root, "HEAD~1", tmp_path / "old") == {"content/01.md": "one\n"}
    assert exported(root, "HEAD", tmp_path / "new") == {"content/01.md": "two\n", "content/02.md": "more\n"}


def test_a_folder_of_a_repository(tmp_path: Path) -> None:
    root = repository(
        tmp_path / "shelf", {"a/content/01.md": "one\n", "b/content/01.md": "other\n", "ab/x": ""}
    )
    assert exported(root / "a", "HEAD", tmp_path / "old", "a") == {"content/01.md": "one\n"}


def test_a_further_working_tree(tmp_path: Path) -> None:
    root = repository(tmp_path / "text", {"content/01.md": "one\n"})
    git(root, "worktree", "add", "-q", "-b", "other", str(tmp_path / "further"))
    commit(tmp_path / "further", {"content/01.md": "two\n"})
    assert exported(tmp_path / "further", "HEAD", tmp_path / "old") == {"content/01.md": "two\n"}
    assert exported(root, "HEAD", tmp_path / "new") == {"content/01.md": "one\n"}


def test_a_link_to_a_repository_that_knows_nothing_of_it(tmp_path: Path) -> None:
    secret = repository(tmp_path / "secret", {"content/01.md": "secret\n"})
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    (stranger / ".git").write_text(f"gitdir: {secret / '.git'}\n")
    with pytest.raises(GitError, match="names it in turn"), opened(stranger):
        pass


@pytest.mark.parametrize(
    "revision", ["nowhere", "--output=x", "", "HEAD~9", "HEAD:content/01.md", "a\nb", "$(id)"]
)
def test_no_revision(tmp_path: Path, revision: str) -> None:
    root = repository(tmp_path / "text", {"content/01.md": "one\n"})
    with opened(root) as found, pytest.raises(GitError, match="revision"):
        found.commit(revision)


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="in no git repository"), opened(tmp_path):
        pass


HOSTILE = """\
[core]
\tfsmonitor = "touch {0}; false"
\thooksPath = hooks
\tpager = "touch {0}"
\tsshCommand = "touch {0}"
\tattributesFile = attributes
\talternateRefsCommand = "touch {0}"
\tworktree = /
[filter "evil"]
\tsmudge = "touch {0}"
\tclean = "touch {0}"
\tprocess = "touch {0}"
\trequired = true
[diff "evil"]
\ttextconv = "touch {0}"
[alias]
\tcat-file = "!touch {0}"
\trev-parse = "!touch {0}"
\tls-tree = "!touch {0}"
[include]
\tpath = other
[uploadpack]
\tpackObjectsHook = "touch {0}"
[gpg]
\tprogram = "touch {0}"
[extensions]
\tpartialClone = origin
[remote "origin"]
\turl = "ext::touch {0}"
\tpromisor = true
"""


@pytest.mark.parametrize("tier", [None, Tier.BUBBLEWRAP])
def test_a_hostile_repository(tmp_path: Path, tier: Tier | None) -> None:
    """Nothing that its configuration, hooks and attributes ask for is done; its texts come out all the same."""
    if tier:
        need_strangers_wall(tier)
    touched = tmp_path / "touched"
    root = repository(
        tmp_path / "text",
        {
            "content/01.md": "one\n",
            ".gitattributes": "* filter=evil diff=evil export-subst ident\n",
            ".gitmodules": "[x",
        },
    )
    (root / ".git/config").write_text(HOSTILE.format(touched))
    (root / ".git/info/attributes").parent.mkdir(exist_ok=True)
    (root / ".git/info/attributes").write_text("* filter=evil\n")
    for name in ("post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        hook = root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {touched}\n")
        hook.chmod(0o755)
    (root / "escape").symlink_to("/etc/passwd")
    try:
        stand(tier)
        files = exported(root, "HEAD", tmp_path / "old")
    finally:
        stand(None)
    assert files["content/01.md"] == "one\n"
    assert not touched.exists()


def test_paths_that_lead_out(tmp_path: Path) -> None:
    """A tree made by hand may name folders above, .git and links: none of them is written."""
    root = repository(tmp_path / "text", {"good": "one\n"})
    blob = git(root, "rev-parse", "HEAD:good")
    lines = [f"100644 blob {blob}\tgood", f"120000 blob {blob}\tlink"]
    inner = made_tree(root, [f"100644 blob {blob}\tconfig"])
    lines += [
        f"040000 tree {inner}\t..",
        f"040000 tree {inner}\t.git",
        f"160000 commit {git(root, 'rev-parse', 'HEAD')}\tsub",
    ]
    tree = made_tree(root, lines)
    made = git(root, "commit-tree", "-m", "x", tree)
    assert exported(root, made, tmp_path / "out/old") == {"good": "one\n"}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["old"]


def made_tree(root: Path, lines: list[str]) -> str:
    """A tree of any entries, which `git mktree` would refuse."""
    content = b""
    for line in sorted(lines, key=lambda one: one.partition("\t")[2]):
        facts, _, name = line.partition("\t")
        mode, _, digest = facts.split()
        content += f"{mode.lstrip('0')} {name}".encode() + b"\0" + bytes.fromhex(digest)
    command = ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"]
    done = subprocess.run(command, cwd=root, input=content, capture_output=True, check=True)
    return done.stdout.decode().strip()
