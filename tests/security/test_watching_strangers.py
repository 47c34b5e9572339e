"""Watching a stranger's publication: every engine, those that wait included, stands behind the strangers' wall."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fascicle.core.diagnostic_codes import Code
from fascicle.core.system import sandbox
from fascicle.core.system.sandbox import Tier
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pipeline.run import Request
from tests.conftest import need, need_strangers_wall
from tests.support.following import Following
from tests.support.processes import left_behind
from tests.support.publications import SMALL, write
from tests.support.strangers import KINDS

TEMPLATE = r"""\documentclass{article}
\usepackage{fontspec}
\begin{document}
\directlua{for _, name in ipairs{'CANARY', 'SECRET'} do
  local file = io.open(name, name == 'CANARY' and 'w' or 'r') if file then tex.print('REACHED') file:close() end end}
((( body )))
\end{document}
"""


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, Tier]]:
    """Which program was started behind which wall."""
    need("lualatex")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    need_strangers_wall()
    seen: list[tuple[str, Tier]] = []
    launch = sandbox.launch

    def noted(command: list[str], *given: object, **more: object) -> object:
        seen.append((Path(command[0]).name, sandbox.tier()))
        return launch(command, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(sandbox, "launch", noted)
    monkeypatch.setattr("fascicle.core.system.subprocesses.launch", noted)
    return seen


def section(words: str) -> str:
    return f"---\ntitle: One\n---\n\n{words}\n"


def words_of(pdf: bytes | None) -> str:
    assert pdf
    return "".join(Inspection(pdf).texts)


@pytest.mark.tex
def test_changes_of_a_stranger_are_set_behind_the_wall(
    launched: list[tuple[str, Tier]], tmp_path: Path
) -> None:
    outside = write(tmp_path / "outside", {"secret.md": section("Zimtstern")})
    root = write(tmp_path / "stranger", {**SMALL, "build/preview-token": "known"})
    text = root / "content/01-one.md"
    with Following(root, request=Request(root, no_trust=True)) as watched:
        for number, kind in enumerate(("lua", "input", "hidden lua")):
            attack = KINDS[kind].format(outside=outside, secret=outside / "secret.md", port=1)
            begun = time.monotonic()
            text.write_text(section(f"Change {number}: {attack}"), encoding="utf-8")
            view = watched.settled(begun).view
            assert f"Change {number}" in words_of(view.pdf)
        begun = time.monotonic()
        link = text.with_suffix(".new")
        link.symlink_to(outside / "secret.md")
        link.replace(text)
        failed = watched.board.until(lambda one: one.failed, begun)
        assert Code.PATH_OUTSIDE in {one.code for one in failed.view.diagnostics}
        assert "Zimtstern" not in words_of(failed.view.pdf or view.pdf)
    assert {tier for _, tier in launched} <= {Tier.STRICT, Tier.BUBBLEWRAP}
    assert sum(name == "lualatex" for name, _ in launched) > 1
    assert sorted(path.name for path in outside.iterdir()) == ["secret.md"]
    assert left_behind(root) == []


@pytest.mark.tex
def test_so_is_a_template_of_theirs(launched: list[tuple[str, Tier]], tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"secret": "x"})
    main = TEMPLATE.replace("CANARY", str(outside / "canary")).replace("SECRET", str(outside / "secret"))
    files = {
        "content/publication.yaml": SMALL["content/publication.yaml"]
        + "editions: {screen: {template: own, standard: none}}\n",
        "templates/own/template.yaml": "description: Own\n",
        "templates/own/main.tex": main,
    }
    root = write(tmp_path / "stranger", {**SMALL, **files})
    with Following(root, request=Request(root, no_trust=True, trust_templates=True)) as watched:
        begun = time.monotonic()
        (root / "content/01-one.md").write_text(section("A change."), encoding="utf-8")
        watched.settled(begun)
    assert any(name == "lualatex" for name, _ in launched)
    assert {tier for _, tier in launched} <= {Tier.STRICT, Tier.BUBBLEWRAP}
    made = [path.read_bytes() for path in root.rglob("*.pdf")] + [
        path.read_bytes() for path in (tmp_path / "cache").rglob("*.pdf")
    ]
    assert made
    assert not any("REACHED" in words_of(data) for data in made)
    assert not (outside / "canary").exists()
