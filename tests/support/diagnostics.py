"""Diagnostics as lines that a test can compare."""

from __future__ import annotations

from collections.abc import Iterable

from fascicle.core.diagnostics import Diagnostic


def places_and_codes(problems: Iterable[Diagnostic]) -> list[str]:
    """Each as `place code`."""
    return [f"{found.span or '-'} {found.code.value}" for found in problems]


def in_full(problems: Iterable[Diagnostic]) -> list[str]:
    """Each as `place code message`."""
    return [f"{found.span or '-'} {found.code.value} {found.message}" for found in problems]


def codes_and_messages(problems: Iterable[Diagnostic]) -> list[str]:
    """Each as `code message`."""
    return [f"{found.code.value} {found.message}" for found in problems]
