"""The repository tells one story: versions, titles and licences agree wherever they stand."""

from __future__ import annotations

import re
import subprocess
import tomllib
from typing import Any

import pytest
import yaml

import fascicle
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_versions_agree() -> None:
    citation = _yaml("CITATION.cff")
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == PROJECT["version"] == fascicle.__version__


def test_the_essay_is_cited_as_it_calls_itself() -> None:
    essay = _yaml("content/publication.yaml")
    cited = _yaml("CITATION.cff")["preferred-citation"]
    assert cited["title"] == f"{essay['title']}: {essay['subtitle']}".replace("*", "")
    assert [author["name"] for author in cited["authors"]] == [
        author["literal"] for author in essay["authors"]
    ]
    assert cited["year"] == essay["date"].year
    assert cited["license"] == essay["license"]


def test_the_program_is_under_the_licence_it_names() -> None:
    assert PROJECT["license"] == _yaml("CITATION.cff")["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")


def test_the_workflow_runs_what_the_readme_tells() -> None:
    jobs = _yaml(".github/workflows/ci.yml")["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert {"make", "make test", ".ci/run"} <= set(commands)


def test_the_workflow_tries_the_systems_that_the_documents_name() -> None:
    jobs = _yaml(".github/workflows/ci.yml")["jobs"]
    tried = {
        (name, release)
        for name in ("debian", "ubuntu")
        for release in jobs[name]["strategy"]["matrix"]["release"]
    }
    rows = re.findall(
        r"^\| (Debian|Ubuntu) (\S+) \|", (ROOT / "docs/tex.md").read_text("utf-8"), re.MULTILINE
    )
    assert tried == {(system.lower(), release) for system, release in rows}
    assert jobs["pages"]["needs"] == ["debian", "ubuntu"]
    compared = next(step["run"] for step in jobs["pages"]["steps"] if "compare_pages" in step.get("run", ""))
    listed = re.search(r"for system in (.+); do", compared)
    assert listed
    assert {*listed[1].split(), "debian-12"} == {f"{system}-{release}" for system, release in tried}


@pytest.mark.parametrize(
    ("shell", "script"),
    [("bash", ".ci/run"), ("bash", ".ci/try-release"), ("bash", "tools/roots"), ("sh", "tools/find-python")],
)
def test_shell_scripts_can_be_read_and_run(shell: str, script: str) -> None:
    assert subprocess.run([shell, "-n", script], cwd=ROOT, check=False).returncode == 0
    assert (ROOT / script).stat().st_mode & 0o111
