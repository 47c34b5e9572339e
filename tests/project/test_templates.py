"""Templates: found, overridden file by file, held to their contracts and their options to their types."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector, Diagnostic, Span
from fascicle.core.model import Places, PublicationData
from fascicle.latex.templating.compose import syntax_is_sound
from fascicle.latex.templating.contract import check_template
from fascicle.latex.templating.environment import TemplateEnvironment
from fascicle.project.sources import Sources
from fascicle.project.templates import (
    Template,
    check_requirements,
    load_template,
    option_values,
    template_names,
)

CONTRACT = """\
description: A template for tests
requires: [abstract]
options:
  paper:
    description: The page
    choices: [a4, letter]
    default: a4
  font-size:
    description: Points
    type: int
    minimum: 8
    maximum: 14
    default: 11
  wide:
    description: Wide lines
    type: bool
    default: false
  margin:
    description: The margin
    type: length
    default: 2cm
partials: [head.tex]
packages: [geometry]
"""
MAIN = '((* include "head.tex" *))((( options.paper )))((( options.font_size )))((( options.margin )))\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "templates" / "mine"
    folder.mkdir(parents=True)
    (folder / "template.yaml").write_text(CONTRACT, encoding="utf-8")
    (folder / "main.tex").write_text(MAIN, encoding="utf-8")
    (folder / "head.tex").write_text("((* if options.wide *))wide((* endif *))", encoding="utf-8")
    return tmp_path


def loaded(project: Path, name: str = "mine") -> tuple[Template | None, list[Diagnostic]]:
    problems = Collector()
    template = load_template(name, Sources(project), problems, Span("content/publication.yaml", 7, 15))
    if template is not None:
        check_template(template, problems)
    return template, list(problems)


def reported(problems: list[Diagnostic]) -> list[str]:
    return [f"{found.span}: {found.code.value}: {found.message}" for found in problems]


def test_a_sound_template(project: Path) -> None:
    template, problems = loaded(project)
    assert template is not None
    assert not problems
    assert template.files["mine/main.tex"].path == "templates/mine/main.tex"
    assert "shared/fascicle.tex" in template.files
    assert template.contract.packages == ("geometry",)


def test_an_unknown_template(project: Path) -> None:
    template, problems = loaded(project, "mien")
    assert template is None
    assert reported(problems) == [
        "content/publication.yaml:7:15: unknown-template: there is no template 'mien'"
    ]
    assert problems[0].hints == ("did you mean 'mine'?",)


@pytest.mark.parametrize("name", ["../mine", "/etc", "", ".", "mine/..", "mine\0"])
def test_a_name_is_no_path(project: Path, name: str) -> None:
    assert loaded(project, name)[0] is None


def test_names(project: Path) -> None:
    assert "mine" in template_names(Sources(project))
    assert "article" in template_names(Sources(project))
    assert "shared" not in template_names(Sources(project))


def test_an_own_file_goes_before_the_built_in_one(project: Path) -> None:
    own = project / "templates" / "article"
    own.mkdir()
    (own / "title.tex").write_text("My own title\n", encoding="utf-8")
    template, _ = loaded(project, "article")
    assert template is not None
    assert template.files["article/title.tex"].text == "My own title\n"
    assert template.files["article/main.tex"].text.strip()


def test_an_own_shared_file_goes_before_the_built_in_one(project: Path) -> None:
    shared = project / "templates" / "shared"
    shared.mkdir()
    (shared / "fascicle.tex").write_text("mine", encoding="utf-8")
    template, _ = loaded(project)
    assert template is not None
    assert template.files["shared/fascicle.tex"].text == "mine"


def test_every_file_read_is_remembered(project: Path) -> None:
    sources = Sources(project)
    load_template("mine", sources, Collector())
    reads = {read.path for read in sources.reads}
    assert {"templates/mine/template.yaml", "templates/mine/main.tex", "templates/mine/head.tex"} <= reads


def test_missing_partial(project: Path) -> None:
    (project / "templates/mine/head.tex").unlink()
    _, problems = loaded(project)
    assert (
        "templates/mine/template.yaml:22:12: missing-partial: the template's file 'head.tex' is not there"
        in reported(problems)
    )


@pytest.mark.parametrize("partial", ["a/../../../secret.tex", "article/../../x.tex", "x/.."])
def test_a_partial_leads_nowhere_else(project: Path, partial: str) -> None:
    (project / "templates/mine/template.yaml").write_text(
        CONTRACT.replace("[head.tex]", f"[head.tex, {partial}]")
    )
    (project / "secret.tex").write_text("secret")
    template, problems = loaded(project)
    assert next(found.code.value for found in problems) == "path-outside"
    assert template is not None
    assert partial not in template.files


def test_options_both_ways(project: Path) -> None:
    (project / "templates/mine/head.tex").write_text(
        "\n((( options.paperr )))((( options.margin )))", encoding="utf-8"
    )
    _, problems = loaded(project)
    assert reported(problems) == [
        "templates/mine/head.tex:2:1: undeclared-option: the option 'paperr' is not declared in template.yaml",
        "templates/mine/template.yaml:15:5: unused-option: no file of the template uses the option 'wide'",
    ]
    assert problems[0].hints == ("did you mean 'paper'?",)


def test_partials_both_ways(project: Path) -> None:
    (project / "templates/mine/main.tex").write_text(
        '((* include "haed.tex" *))' + MAIN[26:], encoding="utf-8"
    )
    (project / "templates/mine/head.tex").write_text("((( options.wide )))", encoding="utf-8")
    _, problems = loaded(project)
    assert reported(problems) == [
        "templates/mine/main.tex:1:1: undeclared-partial: the file 'mine/haed.tex' is not listed under 'partials' in "
        "template.yaml",
        "templates/mine/template.yaml:22:12: unused-partial: no file of the template includes 'mine/head.tex'",
    ]


def test_a_misspelt_key(project: Path) -> None:
    text = CONTRACT.replace("description: Wide", "descripton: Wide")
    (project / "templates/mine/template.yaml").write_text(text, encoding="utf-8")
    _, problems = loaded(project)
    assert reported(problems) == ["templates/mine/template.yaml:15:5: unknown-key: unknown key 'descripton'"]


def test_a_requirement_that_no_publication_can_meet(project: Path) -> None:
    text = CONTRACT.replace("requires: [abstract]", "requires: [abstrct]")
    (project / "templates/mine/template.yaml").write_text(text, encoding="utf-8")
    _, problems = loaded(project)
    assert reported(problems) == [
        "templates/mine/template.yaml:2:12: wrong-value: publication.yaml has no key 'abstrct'"
    ]


def test_requirements(project: Path) -> None:
    template, _ = loaded(project)
    assert template is not None
    stated = Places(file="content/publication.yaml", spans={})
    without = PublicationData.model_validate({"title": "T", "authors": [{"literal": "A"}]})
    problems = Collector()
    check_requirements(template, without, stated, problems)
    assert [found.code.value for found in problems] == ["missing-key"]
    given = without.model_copy(update={"abstract": "Text"})
    nothing = Collector()
    check_requirements(template, given, stated, nothing)
    assert not list(nothing)


def values(project: Path, **stated: object) -> tuple[dict[str, object], list[str]]:
    template, _ = loaded(project)
    assert template is not None
    spans = {
        ("editions", "screen", "options", name.replace("_", "-")): Span("p.yaml", 9, 3) for name in stated
    }
    problems = Collector()
    options = {name.replace("_", "-"): value for name, value in stated.items()}
    found = option_values(template, options, Places(file="p.yaml", spans=spans), "screen", problems)
    return found, [f"{item.span} {item.message} | {' '.join(item.hints)}" for item in problems]


def test_defaults(project: Path) -> None:
    found, problems = values(project)
    assert not problems
    assert found == {"paper": "a4", "font_size": 11, "wide": False, "margin": "2cm"}


def test_values_of_an_edition(project: Path) -> None:
    found, problems = values(project, paper="letter", font_size="12", wide="true", margin=".5in")
    assert not problems
    assert (found["paper"], found["font_size"], found["wide"], found["margin"]) == (
        "letter",
        12,
        True,
        ".5in",
    )


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("paper", "lettre", "did you mean 'letter'?"),
        ("font_size", "big", "must be a whole number"),
        ("font_size", "7", "must be at least 8"),
        ("font_size", "15", "must be at most 14"),
        ("wide", "yes", "must be true or false"),
        ("margin", r"\textwidth", "must be a length"),
        ("margin", "2", "must be a length"),
        ("margins", "2cm", "did you mean 'margin'?"),
    ],
)
def test_wrong_values(project: Path, name: str, value: str, part: str) -> None:
    _, problems = values(project, **{name: value})
    assert len(problems) == 1
    assert problems[0].startswith("p.yaml:9:3 ")
    assert part in problems[0]


def test_the_built_in_templates_keep_their_contracts(tmp_path: Path) -> None:
    sources = Sources(tmp_path)
    for name in template_names(sources):
        template, problems = loaded(tmp_path, name)
        assert template is not None
        assert reported(problems) == []
        found = Collector()
        assert syntax_is_sound(template, TemplateEnvironment(template), found), reported(list(found))
        option_values(template, {}, Places(file="p.yaml", spans={}), "screen", found)
        assert not list(found)
