"""The program's own templates are compiled once and kept; those of a publication are not."""

from __future__ import annotations

from pathlib import Path
from types import CodeType

import pytest

from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.model import Places
from fascicle.latex.templating import bytecode_cache, environment
from fascicle.project.templates import Contract, Template, TemplateFile

OURS = "templates/article/main.tex"
TEXT = (builtin_folder() / "article/main.tex").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bytecode_cache, "FOLDER", tmp_path / "templates")
    return tmp_path / "templates"


def _code() -> CodeType:
    return compile("1", OURS, "eval")


def test_a_template_of_the_program_is_kept(folder: Path) -> None:
    made = bytecode_cache.remembered(TEXT, "article/main.tex", OURS, _code)
    assert len(list(folder.iterdir())) == 1
    assert bytecode_cache.remembered(TEXT, "article/main.tex", OURS, lambda: pytest.fail("compiled")) == made


@pytest.mark.parametrize(
    ("text", "file"), [("other", OURS), (TEXT, "templates/own/main.tex"), (TEXT, "../x")]
)
def test_others_are_not(folder: Path, text: str, file: str) -> None:
    bytecode_cache.remembered(text, "main.tex", file, _code)
    assert not folder.exists()


def test_templates_are_compiled_once_for_all_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_compiled", {})
    files = {"article/main.tex": TemplateFile(TEXT, OURS)}
    template = Template("article", files, Contract(description="A template"), Places(file="", spans={}))
    environment.TemplateEnvironment(template).compile(TEXT, "article/main.tex", OURS)
    assert len(list(folder.iterdir())) == 1
