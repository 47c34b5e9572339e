"""Tracked changes and comments accepted, rejected or kept."""

from __future__ import annotations

from fascicle.core.pandoc_ast import Blocks, Json, wrapped
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import pairs, plain, rewrite

_DONE = {"accept": "accepted", "reject": "rejected", "keep": "kept: what was deleted is struck out"}


def settled(blocks: Blocks, changes: str, report: Report) -> Blocks:
    """The text without marks of changes; comments are told with what they are about."""

    def change(element: Json) -> list[Json] | None:
        if element["t"] != "Span":
            return None
        attr, content = element["c"]
        classes = attr[1]
        who = pairs(attr).get("author", "")
        if "comment-start" in classes:
            return _comment(who, content, changes, report)
        if "comment-end" in classes or "paragraph-insertion" in classes or "paragraph-deletion" in classes:
            return []
        if "insertion" in classes:
            report.read_as(f"a tracked insertion, {_DONE[changes]}", _place(who, content))
            return [] if changes == "reject" else list(content)
        if "deletion" in classes:
            report.read_as(f"a tracked deletion, {_DONE[changes]}", _place(who, content))
            if changes == "keep":
                return [wrapped("Strikeout", content)]
            return list(content) if changes == "reject" else []
        return None

    return rewrite(blocks, change)  # type: ignore[no-any-return]


def _place(who: str, content: list[Json]) -> str:
    words = " ".join(plain(content).split())
    return f"“{words[:60]}{'…' if len(words) > 60 else ''}”{f' ({who})' if who else ''}"


def _comment(who: str, content: list[Json], changes: str, report: Report) -> list[Json]:
    words = " ".join(plain(content).split())
    if changes == "keep":
        report.read_as("a comment, kept as a remark that is not printed", f"{who}: {words}")
        return [{"t": "Remark", "c": f"{who}: {words}".strip(": ")}]
    report.left_out("a comment", f"{who}: {words}".strip(": "))
    return []
