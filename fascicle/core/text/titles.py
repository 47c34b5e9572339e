"""Title and subtitle joined, with a colon between them or without one."""

from __future__ import annotations

END_MARKS = ("?", "!", "？", "！", "…")
"""Marks after which a subtitle needs no colon."""


def title_separator(title: str, colon: str = ": ") -> str:
    """What stands between a title, given as plain text, and its subtitle."""
    return " " if title.rstrip().endswith(END_MARKS) else colon


def full_title(title: str, subtitle: str) -> str:
    """Title and subtitle, either of them possibly empty, as plain text."""
    return f"{title}{title_separator(title)}{subtitle}" if title and subtitle else title or subtitle
