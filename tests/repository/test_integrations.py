"""What other services run of ours: the GitHub Action, the pre-commit hook, the container for developers, the extension."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import click
import pytest
import yaml

from fascicle.cli.main import cli
from fascicle.core.diagnostic_formats import NAMES
from tests.conftest import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
SCRIPTS = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
GITLAB = re.search(
    r"```yaml\n(# \.gitlab-ci\.yml\n.*?)```", (ROOT / "docs/install.md").read_text("utf-8"), re.DOTALL
)


def _commands(script: str) -> list[list[str]]:
    """The calls of our program in a piece of shell, without what the shell puts in."""
    calls = re.findall(r"\bfascicle ((?:[a-z-]+)(?: [^;&|\n]*)?)", script)
    return [[word.strip("\"'") for word in call.split() if "$" not in word] for call in calls]


def _assert_known(words: list[str]) -> None:
    context = click.Context(cli)
    command = cli.get_command(context, words[0])
    assert command is not None, words
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known, words
    if "--format" in words:
        assert words[words.index("--format") + 1] in NAMES


@pytest.mark.parametrize(
    "script", SCRIPTS, ids=[step["name"] for step in ACTION["runs"]["steps"] if "run" in step]
)
def test_the_action_runs_commands_that_there_are(script: str) -> None:
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
    for words in _commands(script):
        _assert_known(words)
    for path in re.findall(r"\$GITHUB_ACTION_PATH/([\w./-]+)", script):
        assert (ROOT / path).is_file()


def test_the_action_installs_and_builds() -> None:
    commands = [words[0] for script in SCRIPTS for words in _commands(script)]
    assert commands == ["doctor", "doctor", "build"]


def test_the_action_takes_no_input_into_a_script() -> None:
    """What stands in `${{ }}` inside a script would be run as it is."""
    assert not [script for script in SCRIPTS if "${{" in script]
    used = set(re.findall(r"inputs\.([\w-]+)", yaml.safe_dump(ACTION)))
    assert used == set(ACTION["inputs"])
    assert all(given["description"] for given in ACTION["inputs"].values())


def test_the_hook_checks_when_a_file_of_a_publication_changes() -> None:
    (hook,) = HOOKS
    _assert_known(hook["entry"].split()[1:])
    changed = re.compile(hook["files"])
    assert changed.search("content/01-one.md")
    assert changed.search("papers/a/bib/works.bib")
    assert not changed.search("README.md")


def test_the_example_for_gitlab_runs_commands_that_there_are() -> None:
    assert GITLAB
    job = yaml.safe_load(GITLAB[1])["publication"]
    for words in _commands("\n".join(job["script"])):
        _assert_known(words)


def test_the_container_for_developers_sets_up_what_make_knows() -> None:
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))
    goal = container["postCreateCommand"].split()[1]
    assert re.search(rf"^{goal}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_the_extension_starts_what_there_is() -> None:
    folder = ROOT / "editors/vscode"
    source = (folder / "src/extension.ts").read_text("utf-8")
    package = json.loads((folder / "package.json").read_text("utf-8"))
    for words in (["lsp", "--no-trust"], ["watch", "--no-trust"], ["build", "--no-trust"]):
        assert f'"{words[0]}"' in source
        _assert_known(words)
    registered = set(re.findall(r'registerCommand\("([\w.]+)"', source))
    assert registered == {command["command"] for command in package["contributes"]["commands"]}
    read = set(re.findall(r'get<string>\("(\w+)"\)', source))
    assert {f"fascicle.{name}" for name in read} == set(package["contributes"]["configuration"]["properties"])
