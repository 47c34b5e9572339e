"""Reads `collection.yaml` and finds its articles: what is missing, listed twice or leads in a circle is told at its line."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fascicle.collection.settings.model import ArticleEntry, CollectionData, Kind
from fascicle.collection.settings.revisions import taken_out
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Places
from fascicle.core.suggestions import get_close_matches
from fascicle.core.system.git import GitError
from fascicle.document.document import plain_text
from fascicle.project.publication import PUBLICATION
from fascicle.project.sources import Sources
from fascicle.project.validation import places, validate
from fascicle.project.yaml_reader import read_yaml

COLLECTION = "collection.yaml"
"""The file that makes a folder a collection."""
_DEPTH = 8
"""Collections in collections, at most."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One article of a collection, as it is listed."""

    key: str
    """Its own name among the results: the number of its place and the name of its folder, such as `03-hukou`."""
    folder: Path
    """Its folder, absolute."""
    entry: ArticleEntry
    """What collection.yaml says of it."""
    path: tuple[str | int, ...]
    """Where it stands there."""
    group: int | None = None
    """Number of its group; None where there are none."""

    @property
    def name(self) -> str:
        """The name by which other chapters refer to it: that of its folder."""
        return PurePosixPath(self.entry.path).name


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection, read."""

    root: Path
    """Its folder, absolute."""
    data: CollectionData
    """What it states."""
    places: Places
    """Where that is stated."""
    slug: str
    """Stem of the results' file names."""
    articles: tuple[Listed, ...]
    """Its articles in order; those that are missing are left out."""

    def span(self, article: Listed, *keys: str) -> Span:
        """Where the collection states a key of an article, or else lists it."""
        for key in keys:
            if (*article.path, key) in self.places.spans:
                return self.places.of(*article.path, key)
        return self.places.of(*article.path)


def read_collection(root: Path, problems: Collector) -> Collection | None:
    """The collection in `root`; None, with errors, when there is none or nothing in it can be used."""
    sources = Sources(root)
    if not sources.exists(COLLECTION):
        hint = "name the folder that holds it, or make one: fascicle collection new DIR"
        problems.add(Code.MISSING_FILE, f"there is no {COLLECTION} here", None, hint)
        return None
    text = sources.text(COLLECTION, problems)
    if text is None:
        return None
    located = read_yaml(text, COLLECTION, problems)
    data = validate(CollectionData, located, COLLECTION, problems)
    if data is None:
        return None
    stated = places(located, COLLECTION)
    _check_lists(data, stated, problems)
    return Collection(
        sources.root, data, stated, data.slug or _slug(data), _found(sources.root, data, stated, problems)
    )


def _check_lists(data: CollectionData, stated: Places, problems: Collector) -> None:
    if data.articles and data.groups:
        message = "'articles' and 'groups' are both given"
        problems.add(Code.WRONG_VALUE, message, stated.of("articles"), "move all articles into groups")
    elif not data.articles and not data.groups and not problems.failed:
        hint = "add a line 'articles:' and under it the articles' folders, one a line after '- '"
        problems.add(Code.MISSING_KEY, "the collection lists no article", Span(COLLECTION), hint)
    needed = {Kind.ISSUE: ("journal",), Kind.PROCEEDINGS: ("title",), Kind.BOOK: ("title",)}.get(
        data.kind, ()
    )
    for key in needed:
        if not getattr(data, key) and (key,) not in stated.spans:
            line = "journal: {title: …}" if key == "journal" else "title: …"
            message = f"the key '{key}' is missing, which a collection of the kind '{data.kind}' needs"
            problems.add(Code.MISSING_KEY, message, stated.of("kind"), f"add a line '{line}'")


def _found(root: Path, data: CollectionData, stated: Places, problems: Collector) -> tuple[Listed, ...]:
    """The articles that are there."""
    found: list[Listed] = []
    seen: dict[str, Span] = {}
    for number, (path, entry) in enumerate(data.entries, start=1):
        span = stated.of(*path, "path")
        key = f"{number:02d}-{_stem(PurePosixPath(entry.path).name)}"
        if entry.revision:
            folder = _at_revision(root, entry, key, stated.of(*path, "revision"), problems)
        else:
            folder = _folder(root, entry.path, data, span, problems)
        if folder is None:
            continue
        real = os.path.realpath(folder)
        if real in seen:
            message = f"the article '{entry.path}' is listed twice: first on line {seen[real].line}"
            problems.add(Code.ARTICLE_TWICE, message, span, "take one of the two out")
            continue
        seen[real] = span
        group = int(path[1]) if path[0] == "groups" else None
        found.append(Listed(key, folder, entry, path, group))
    return tuple(found)


def _at_revision(root: Path, entry: ArticleEntry, key: str, span: Span, problems: Collector) -> Path | None:
    """The files of an article at a revision; None, with an error, when there is none."""
    pure = PurePosixPath(entry.path)
    if pure.is_absolute() or ".." in pure.parts or "\0" in entry.path or not (root / pure).is_dir():
        hint = "name a folder in the collection's that is in a git repository, or is one"
        problems.add(Code.ARTICLE_MISSING, f"there is no folder '{entry.path}' here", span, hint)
        return None
    try:
        folder = taken_out(root, root / pure, entry.revision or "", key)
    except GitError as error:
        hint = "name a tag, a branch or a commit of that repository, or take 'revision' out"
        problems.add(Code.ARTICLE_MISSING, f"the article '{entry.path}': {error}", span, hint)
        return None
    if (folder / PUBLICATION).is_file():
        return folder
    message = f"the article '{entry.path}' at '{entry.revision}' holds no {PUBLICATION}"
    problems.add(Code.ARTICLE_MISSING, message, span, "name a revision since there is one")
    return None


def _folder(root: Path, typed: str, data: CollectionData, span: Span, problems: Collector) -> Path | None:
    """The folder of an article; None, with an error, when there is none that may be used."""
    pure = PurePosixPath(typed)
    if pure.is_absolute() or ".." in pure.parts or "\0" in typed:
        hint = "move or copy the article's folder into the collection's and give its path from there"
        problems.add(
            Code.PATH_OUTSIDE, f"the path '{typed}' leads out of the collection's folder", span, hint
        )
        return None
    folder = root / pure
    if (folder / COLLECTION).is_file():
        _check_circle(root, folder, typed, data, span, problems)
        return None
    if (folder / PUBLICATION).is_file():
        return folder
    what = f"holds no {PUBLICATION}" if folder.is_dir() else "is not there"
    problems.add(Code.ARTICLE_MISSING, f"the article '{typed}' {what}", span, *_near(root, typed))
    return None


def _near(root: Path, typed: str) -> tuple[str, ...]:
    """A hint that names an article of nearly the same path, or those that there are."""
    known = publications_below(root)
    if near := get_close_matches(typed, known, n=1):
        return (f"did you mean '{near[0]}'?",)
    return (f"publications here: {', '.join(known[:6])}",) if known else ("make one: fascicle new my-text",)


def publications_below(root: Path) -> list[str]:
    """Folders of publications up to two levels below `root`, relative to it, in name order."""
    found = [*root.glob(f"[!.]*/{PUBLICATION}"), *root.glob(f"[!.]*/[!.]*/{PUBLICATION}")]
    return sorted(
        path.parent.parent.relative_to(root).as_posix() for path in found if "build" not in path.parts
    )


def _check_circle(
    root: Path, folder: Path, typed: str, data: CollectionData, span: Span, problems: Collector
) -> None:
    """A collection among the articles is none; one that leads back here is a circle."""
    if way := _way_back(folder, (os.path.realpath(root),)):
        message = f"'{typed}' leads back to this collection" + (
            f" by way of {' → '.join(way)}" if way[1:] else ""
        )
        problems.add(Code.COLLECTION_CIRCLE, message, span, "take it out")
        return
    message = f"'{typed}' is a collection and no article"
    problems.add(Code.WRONG_VALUE, message, span, "list its articles, or build it by itself")


def _way_back(folder: Path, seen: Sequence[str]) -> list[str]:
    """The paths by which a collection leads to one of `seen`; nothing when it does not."""
    real = os.path.realpath(folder)
    if real in seen:
        return [folder.name]
    if len(seen) > _DEPTH:
        return []
    quiet = Collector()
    text = Sources(folder).text(COLLECTION, quiet)
    data = validate(CollectionData, read_yaml(text or "", COLLECTION, quiet), COLLECTION, quiet)
    for _, entry in data.entries if data else ():
        inner = folder / entry.path
        if (inner / COLLECTION).is_file() and (way := _way_back(inner, (*seen, real))):
            return [folder.name, *way]
    return []


def _slug(data: CollectionData) -> str:
    """A stem from journal, volume and number, or from the title."""
    name = (
        data.title
        if data.title and data.kind is not Kind.ISSUE
        else data.journal.title
        if data.journal
        else data.title
    )
    numbers = [part for part in (data.volume, data.number) if part] if data.kind is not Kind.BOOK else []
    return _stem(" ".join([plain_text(name or data.kind.value), *numbers]))


def _stem(text: str) -> str:
    """A file name's stem: Latin letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].rstrip("-") or "collection"
