"""`cite` and `import` read strangers' files behind the strangers' wall."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fascicle.cli.main import cli
from fascicle.core.system import sandbox
from fascicle.core.system.sandbox import Tier
from fascicle.core.system.sandbox_trial import strangers_wall
from fascicle.project import publication
from tests.conftest import need_strangers_wall


@pytest.fixture
def stranger() -> Tier:
    """The wall for strangers here."""
    found = need_strangers_wall()
    sandbox.stand(None)
    return found


def test_import_starts_programs_behind_it(
    stranger: Tier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every program that reads the text, in the process of its own that does it; and the wall is taken down afterwards."""
    seen = tmp_path / "seen"
    launch = sandbox.launch

    def noted(command: list[str], *given: object, **more: object) -> object:
        with seen.open("a", encoding="utf-8") as file:
            file.write(f"{Path(command[0]).name} {sandbox.tier().name}\n")
        return launch(command, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(sandbox, "launch", noted)
    source = tmp_path / "text.html"
    source.write_text("<h1>One</h1><p>Words of a <em>stranger</em>.</p>", encoding="utf-8")
    CliRunner().invoke(cli, ["import", str(source), str(tmp_path / "made")])
    assert "stranger" in "".join(path.read_text("utf-8") for path in (tmp_path / "made/content").glob("*.md"))
    assert f"pandoc {stranger.name}\n" in seen.read_text(encoding="utf-8")
    assert sandbox.tier() is sandbox.trusted_tier()


def test_the_wall_is_taken_down_after_a_fault(stranger: Tier) -> None:
    """Whatever is started next has its own."""

    @strangers_wall()
    def failing() -> None:
        assert sandbox.tier() is stranger
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert sandbox.tier() is sandbox.trusted_tier()


@pytest.mark.parametrize("options", [[], ["--no-trust"]])
def test_cite_gives_the_same_record(options: list[str], tmp_path: Path) -> None:
    """In a process of its own too."""
    root = tmp_path / "one"
    (root / "content").mkdir(parents=True)
    (root / publication.PUBLICATION).write_text(
        "title: Words\nauthors:\n  - literal: Nobody\nlanguage: en-GB\ndate: 2020-01-01\n", encoding="utf-8"
    )
    (root / "content/text.md").write_text("---\ntitle: One\n---\n\nWords.\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["cite", "bibtex", "--project", str(root), *options])
    assert "title = {Words}" in result.output


def test_cite_tells_what_is_wrong(tmp_path: Path) -> None:
    """Faults come back out of the other process."""
    root = tmp_path / "one"
    (root / "content").mkdir(parents=True)
    (root / publication.PUBLICATION).write_text("titel: Words\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["cite", "bibtex", "--project", str(root), "--no-trust"])
    assert "unknown-key" in result.output
    assert "Traceback" not in result.output
