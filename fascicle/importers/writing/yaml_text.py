"""YAML as a person would write it: paragraphs in blocks, no anchors, keys in the order given."""

from __future__ import annotations

from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they are."""

    def ignore_aliases(self, data: Any) -> bool:
        """Say the same thing twice rather than by an anchor."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key."""
        super().increase_indent(flow, False)


def _string(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    block = "\n" in text or len(text) > 150
    plain = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
    if block and not plain[:1].isspace() and plain.isprintable() is False and _blockable(plain):
        return dumper.represent_scalar("tag:yaml.org,2002:str", plain + "\n", style="|")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text)


def _blockable(text: str) -> bool:
    return all(character == "\n" or character.isprintable() for character in text)


_Dumper.add_representer(str, _string)


def yaml_text(value: Any) -> str:
    """The YAML of mappings, lists and texts."""
    made = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False
    )
    return str(made)
