"""The schemas of the YAML files accept what the program accepts, and the starter's files name them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from fascicle.cli.commands.lookup.schema import SCHEMAS, schema
from fascicle.project import scaffold
from tests.conftest import ROOT

FILES = {
    "edition": sorted((ROOT / "templates/editions").glob("*.yaml")),
    "journal": sorted((ROOT / "templates/journals").glob("*.yaml")),
    "publication": [ROOT / "content/publication.yaml"],
    "figures": [ROOT / "figures/figures.yaml"],
}


def _plain(path: Path) -> Any:
    """A YAML file with its dates as texts, as editors read it."""
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.yaml_implicit_resolvers = {  # type: ignore[attr-defined]
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(path.read_text("utf-8"), loader)


def _schema(name: str) -> Any:
    return json.loads(CliRunner().invoke(schema, [name]).output)


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one_and_describes_each_key(name: str) -> None:
    made = _schema(name)
    jsonschema.Draft202012Validator.check_schema(made)
    parts = [made, *made["$defs"].values()] if "$defs" in made else [made]
    keys = [value for part in parts for value in part.get("properties", {}).values()]
    assert keys
    assert all(value.get("description") for value in keys)


@pytest.mark.parametrize("path", [p for paths in FILES.values() for p in paths], ids=lambda path: path.stem)
def test_files_of_the_program_are_valid(path: Path) -> None:
    name = next(name for name, paths in FILES.items() if path in paths)
    jsonschema.validate(_plain(path), _schema(name))


def test_front_matter_of_the_essay_is_valid() -> None:
    wanted = _schema("front-matter")
    for path in (ROOT / "content").glob("*.md"):
        jsonschema.validate(yaml.safe_load(path.read_text("utf-8").split("---\n")[1]), wanted)


def test_a_misspelt_key_is_found() -> None:
    for name in SCHEMAS:
        bad = {"plate.png": {"permision": "own"}} if name == "figures" else {"titel": "A"}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, _schema(name))


def test_the_starters_files_name_the_schemas_that_it_brings(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    written = [path for path in scaffold.write(folder) if path.suffix == ".yaml"]
    assert len(written) == 2
    for path in written:
        first = path.read_text("utf-8").split("\n")[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert named
        found = json.loads((path.parent / named[1]).read_text("utf-8"))
        assert found == _schema(path.stem)
        jsonschema.validate(_plain(path), found)
