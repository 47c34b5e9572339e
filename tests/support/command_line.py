"""Runs the command line as a person would type it, inside the test's own process."""

from __future__ import annotations

import sys

import pytest

from fascicle.cli.main import run


def fascicle(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit status of `fascicle ARGUMENTS`."""
    monkeypatch.setattr(sys, "argv", ["fascicle", *arguments])
    return run()
