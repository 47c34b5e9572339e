"""What each kind of diagnostic means, for people who know no TeX: what `fascicle explain` prints."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from fascicle.core.diagnostic_codes import Code


def explanation(code: Code) -> str:
    """A few sentences about a kind of diagnostic."""
    return _all()[code.value]


@cache
def _all() -> dict[str, str]:
    text = files(__package__).joinpath("explanations.yaml").read_text(encoding="utf-8")
    found: dict[str, str] = yaml.safe_load(text)
    return found
