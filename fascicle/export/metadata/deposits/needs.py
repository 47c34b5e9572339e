"""What a record of an issue needs, and how it is said that something is missing."""

from __future__ import annotations

from collections.abc import Mapping

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Severity, Span
from fascicle.export.metadata.issue import ArticleRecord, IssueRecord


def has_all(issue: IssueRecord, wanted: Mapping[str, object], what: str, problems: Collector) -> bool:
    """Whether all is there; else it is noted that `what` is not made. Keys are those of collection.yaml.

    It is a note, for nobody has asked for just this record.
    """
    missing = [key for key, value in wanted.items() if not value]
    if missing:
        keys = " and ".join(f"'{key}'" for key in missing)
        message = f"no record for {what} is made: it needs {keys}"
        hint = f"state {keys} in {issue.file}"
        problems.add(Code.RECORD_LEFT_OUT, message, Span(issue.file), hint, severity=Severity.NOTE)
    return not missing


def with_all(
    issue: IssueRecord, articles: Mapping[int, Mapping[str, object]], what: str, problems: Collector
) -> tuple[ArticleRecord, ...]:
    """The articles that have all, by number; it is told of the others that the record for `what` lacks them."""
    kept = []
    for number, article in enumerate(issue.articles):
        missing = [key for key, value in articles[number].items() if not value]
        if missing:
            keys = " and ".join(f"'{key}'" for key in missing)
            message = f"the record for {what} has nothing of “{article.work.plain.title}”: it needs {keys}"
            place = article.span or Span(issue.file)
            problems.add(Code.RECORD_LEFT_OUT, message, place, f"state {keys} of the article")
        else:
            kept.append(article)
    return tuple(kept)
