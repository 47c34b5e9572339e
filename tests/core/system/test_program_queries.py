"""Programs are asked for their version and files behind whatever wall stands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fascicle.core.system import sandbox
from fascicle.core.system.program_queries import asked, told
from fascicle.core.system.sandbox import Tier
from fascicle.core.system.sandbox_trial import stand_for
from fascicle.project.figures.icc_profiles import SRGB, _asked
from tests.conftest import need, need_strangers_wall


@pytest.fixture(params=[False, True], ids=["trusted", "untrusted"], autouse=True)
def wall(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each of the walls that can stand here, taken down afterwards."""
    if request.param:
        need_strangers_wall()
    else:
        stand_for(untrusted=False)
    yield
    sandbox.stand(None)


def test_an_answer_comes_back() -> None:
    """What is written to standard input is read, and what is printed comes back."""
    answer = asked(["/bin/cat"], b"words")
    assert answer is not None
    assert answer.stdout == b"words"


def test_what_is_not_there_gives_none() -> None:
    """Nor an error."""
    assert not told(["/nonexistent/program", "--version"])


def test_a_program_that_is_asked_reaches_nothing(tmp_path: Path) -> None:
    """A file outside is neither read nor written."""
    if sandbox.tier() is Tier.OPEN:
        pytest.skip("missing on this system: Landlock")
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    assert not told(["/bin/cat", str(secret)])
    told(["/bin/sh", "-c", f"echo x > {secret}"])
    assert secret.read_text("utf-8") == "secret"


def test_tex_is_asked_for_its_version_and_files() -> None:
    """They answer as they do without a wall."""
    need("lualatex", "kpsewhich")
    assert "LuaHBTeX" in told([shutil.which("lualatex") or "", "--version"])
    _asked.cache_clear()
    assert _asked(shutil.which("kpsewhich") or "", SRGB).endswith(SRGB)
