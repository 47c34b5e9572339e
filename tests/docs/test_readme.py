"""What the README tells to type works, and what it points to is there."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.partition("  #")[0].strip()
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def test_the_readme_has_the_two_commands() -> None:
    assert COMMANDS[:2] == ["make", "make test"]


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("make")])
def test_make_commands_are_targets(command: str) -> None:
    """Not run: the tests would start themselves. Make itself says whether it knows what to do."""
    dry = _run(f"{command} -n", ROOT)
    assert dry.returncode == 0, dry.stderr
    assert ("build.py" in dry.stdout) == (command == "make")
    assert ("pytest" in dry.stdout) == (command == "make test")


@pytest.mark.tex
def test_the_other_commands_work_in_their_order(tmp_path: Path) -> None:
    commands = [command for command in COMMANDS if not command.startswith("make")]
    assert len(commands) >= 4
    for command in commands:
        done = _run(
            command.replace("python3 build.py", f"python3 {ROOT / 'build.py'}").replace("../", ""), tmp_path
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        if "my-essay" in command:
            told = [
                line for line in done.stderr.splitlines() if re.search(r": (?:error|warning|note)\[", line)
            ]
            assert all("note[starter-name]" in line for line in told), "a new publication must be clean"
    assert (tmp_path / "my-essay/build/screen/my-essay.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not (ROOT / target).exists()] == []
