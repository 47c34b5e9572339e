"""The articles of a collection as other commands take them: their folders, and what the collection says of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fascicle.collection.article_settings import SCREEN, imposed
from fascicle.collection.articles import load_lengths
from fascicle.collection.build import gather
from fascicle.collection.pagination import paginate
from fascicle.collection.settings.reader import read_collection
from fascicle.core.diagnostics import Collector
from fascicle.pipeline.run import Request


def members_of(base: Request, problems: Collector) -> list[tuple[Path, Mapping[str, Any]]]:
    """The folder of each article of the collection in the request's folder, and what is imposed on it.

    Pages are among that when all articles have been typeset.
    """
    collection = read_collection(base.project, problems)
    if collection is None:
        return []
    facts = gather(collection, base, problems)
    lengths = load_lengths(collection.root, SCREEN)
    known = all(article.key in lengths for article in collection.articles)
    pages = paginate(collection, lengths) if known else {}
    return [
        (
            article.folder,
            imposed(collection, article, facts[article.key].data, pages.get(article.key))
            if article.key in facts
            else {},
        )
        for article in collection.articles
    ]
