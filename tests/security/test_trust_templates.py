"""`--trust-templates`: a stranger's template is used, and nothing else of the stranger's is trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fascicle.cli.main import cli
from fascicle.cli.options import publications
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.system.sandbox import Tier
from fascicle.pipeline.build import build_edition, check_edition
from fascicle.pipeline.run import Request
from fascicle.project.templates import template_names
from tests.conftest import need

TEMPLATE = r"""\documentclass{article}
\usepackage{fontspec}
\begin{document}
\directlua{local f = io.open('CANARY', 'w') texio.write_nl('opened ' .. tostring(f)) if f then f:close() end}
STRANGE ((( body )))
\end{document}
"""


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publication with a template of its own, a script and raw LaTeX, which gives itself all trust."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "stranger"
    files = {
        "content/publication.yaml": "title: T\nauthors:\n  - literal: A\nlanguage: en-GB\n"
        "trust: {scripts: true, raw-latex: true}\neditions:\n  screen:\n    template: strange\n",
        "content/text.md": "---\ntitle: One\n---\n\nWords `\\rawlatex`{=latex}.\n\n![C](figures/d.svg){#fig:d}\n",
        "figures/figures.yaml": "d.svg:\n  script: d.py\n  alt: A drawing\n  credit: Nobody\n"
        "  license: CC0-1.0\n  permission: own\n",
        "figures/d.py": f"open({str(tmp_path / 'ran')!r}, 'w').write('x')\n",
        "templates/strange/template.yaml": "description: Strange\n",
        "templates/strange/main.tex": TEMPLATE.replace("CANARY", str(tmp_path / "canary")),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def codes(request: Request) -> set[Code]:
    """What a check finds."""
    return {found.code for found in check_edition(request, "screen")}


def test_without_trust_it_stays_out(stranger: Path) -> None:
    """As ever."""
    assert Code.UNKNOWN_TEMPLATE in codes(Request(stranger, no_trust=True))


def test_the_template_is_used_and_scripts_and_raw_latex_stay_untrusted(stranger: Path) -> None:
    """What the publication says of its own trust counts for nothing."""
    found = codes(Request(stranger, no_trust=True, trust_templates=True))
    assert Code.UNKNOWN_TEMPLATE not in found
    assert {Code.SCRIPT_NOT_TRUSTED, Code.RAW_LATEX_OFF} <= found
    assert not (stranger.parent / "ran").exists()


def test_links_out_of_the_folder_stay_refused(stranger: Path) -> None:
    """A template too is read from the publication's folder alone."""
    outside = stranger.parent / "outside.tex"
    outside.write_text("words", encoding="utf-8")
    main = stranger / "templates/strange/main.tex"
    main.unlink()
    main.symlink_to(outside)
    sources = Request(stranger, no_trust=True, trust_templates=True).open_sources()
    assert "strange" in template_names(sources)
    assert sources.text("templates/strange/main.tex", Collector()) is None


def test_the_option_takes_back_all_other_trust(stranger: Path) -> None:
    """Given alone it means the wall; with --trust, and without either, nothing changes."""
    asked = publications((stranger,), (), trust=None, trust_templates=True)
    assert asked.no_trust
    assert not asked.withheld
    assert not publications((stranger,), (), trust=True, trust_templates=True).no_trust
    assert not publications((stranger,), (), trust=None).no_trust


def test_on_the_command_line(stranger: Path) -> None:
    """`check` tells what stays out, and finds the template."""
    result = CliRunner().invoke(cli, ["check", "--project", str(stranger), "--trust-templates"])
    assert "script" in result.output
    assert "there is no template" not in result.output


class AskedError(Exception):
    """Carries what a command was about to do."""


def _asked(monkeypatch: pytest.MonkeyPatch, module: str, name: str, *words: str) -> Request:
    """What a command asks for in the place of doing it."""
    found: list[Request] = []

    def taken(request: Request, *_given: object, **_named: object) -> None:
        found.append(request)
        raise AskedError

    monkeypatch.setattr(f"fascicle.cli.commands.{module}.{name}", taken)
    CliRunner().invoke(cli, list(words))
    return found[0]


@pytest.mark.parametrize(
    ("module", "name", "words"),
    [
        ("watch", "EditionWatcher", ("watch", "screen")),
        ("submit", "send", ("submit", "own")),
        ("preflight", "examine_edition", ("preflight", "own")),
    ],
)
def test_the_other_commands_take_it(
    stranger: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, words: tuple[str, ...]
) -> None:
    """They know the publication's own editions and journals then, and trust nothing else."""
    for folder in ("editions", "journals"):
        (stranger / "templates" / folder).mkdir()
        (stranger / "templates" / folder / "own.yaml").write_text("format: pdf\n", encoding="utf-8")
    project = ("--project", str(stranger))
    request = _asked(monkeypatch, module, name, *words, *project, "--trust-templates")
    assert request.no_trust
    assert request.trust_templates
    if words[1] == "own":
        refused = CliRunner().invoke(cli, [*words, *project, "--no-trust"])
        assert refused.exit_code == 2
        assert "there is no" in refused.output


@pytest.mark.parametrize("command", ["watch", "submit arxiv", "preflight screen", "check", "build"])
def test_without_a_wall_it_is_refused(stranger: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Limits alone are not enough for a stranger's template."""
    monkeypatch.setattr("fascicle.cli.options.stand_for", lambda untrusted: Tier.LANDLOCK)
    words = [*command.split(), "--project", str(stranger), "--trust-templates"]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 3
    assert "--trust-templates needs the wall" in result.output


@pytest.mark.tex
def test_its_lua_reaches_nothing_outside(stranger: Path) -> None:
    """The wall stands around what the template runs."""
    need("lualatex")
    text = stranger / "content/text.md"
    text.write_text("---\ntitle: One\n---\n\nWords.\n", encoding="utf-8")
    build_edition(Request(stranger, no_trust=True, trust_templates=True), "screen", lambda event: None)
    log = "".join(path.read_text("utf-8", "replace") for path in stranger.parent.rglob("*.log"))
    assert "opened nil" in log
    assert not (stranger.parent / "canary").exists()
