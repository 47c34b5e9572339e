"""Programs are started in one place, behind the wall; whoever needs another, such as git, has to go through it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "fascicle"
STARTERS = {"Popen", "run", "call", "check_call", "check_output", "getoutput", "getstatusoutput"}
OF_OS = ("system", "popen", "exec", "spawn", "posix_spawn")
ALLOWED = {
    "core/system/sandbox.py",  # the launcher
    "cluster/worker.py",  # a process of this program alone, which starts others by the launcher
    "core/system/subprocesses.py",  # the guardian, a shell with a text of our own
    "typeset/toolchain/apt.py", "typeset/toolchain/install.py", "typeset/toolchain/programs.py",  # nothing of a publication
    "typeset/toolchain/package_log.py",
}  # fmt: skip


def starts(path: Path) -> Iterator[str]:
    """Calls that start a program, and names by which they could be called."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="subprocess"), attr=name)) if name in STARTERS:
                yield f"subprocess.{name}"
            case ast.Attribute(value=ast.Name(id="os"), attr=name) if name.startswith(OF_OS):
                yield f"os.{name}"
            case ast.ImportFrom(module="subprocess", names=names) if {one.name for one in names} & STARTERS:
                yield "from subprocess"
            case ast.ImportFrom(module="pty" | "asyncio.subprocess"):
                yield node.module or ""
            case ast.keyword(arg="shell"):
                yield "shell="


def test_programs_are_started_in_one_place() -> None:
    found = {str(path.relative_to(PACKAGE)): set(starts(path)) for path in PACKAGE.rglob("*.py")}
    assert {name for name, calls in found.items() if calls} == ALLOWED
    assert not any("shell=" in calls for calls in found.values())


def test_git_is_run_in_one_place() -> None:
    """Its settings can name programs: it is started behind the wall without any."""
    naming = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value == "git"
    }
    assert naming == {"core/system/git.py"}
