"""The articles in other formats than PDF, with the same pages, and the page that leads to them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from fascicle.collection.articles import WORK, ArticleBuilder, Made
from fascicle.collection.outputs.site import contents_page
from fascicle.core.system.atomic_files import deliver, deliver_bytes
from fascicle.project import manifest

HTML, JATS, PDF, RECORDS = "html", "jats", "pdf", "records"
FORMATS = (PDF, HTML, JATS, RECORDS)
"""What a collection can be made into."""
MAIN = {HTML: ".html", JATS: ".xml"}
"""Endings of the articles' main files."""


def convert(builder: ArticleBuilder, form: str, pages: Made) -> tuple[Made, dict[str, str]]:
    """Every article in a format, and the delivered main file of each by its key.

    JATS lies in `build/jats/KEY/`, HTML in `build/html/KEY/`, with the contents page `build/html/index.html`.
    """
    made = builder.convert(form, pages)
    root = builder.collection.root
    delivered = {}
    for key, main in made.files.items():
        folder = root / "build" / form / key
        names = set()
        for source, name in _files(builder, key, form, main):
            deliver(source, folder / name)
            names.add(name)
        _remove_others(folder, names)
        delivered[key] = f"build/{form}/{key}/{main.name}"
    _remove_folders(root / "build" / form, set(made.files) | set(made.failed))
    if form == HTML and not made.failed:
        page = contents_page(builder.collection, builder.facts, pages.pages, _links(root, delivered))
        deliver_bytes(page.encode(), root / "build" / HTML / "index.html")
    return made, delivered


def _files(builder: ArticleBuilder, key: str, form: str, main: Path) -> Iterator[tuple[Path, str]]:
    """The files that a build of an article has made, and their names below its folder."""
    request = next(builder.request(one, form, None) for one in builder.collection.articles if one.key == key)
    known = manifest.load(request.state, form)
    home = builder.collection.root / WORK / key
    for entry in known.outputs if known else ():
        name = entry.path.removeprefix(f"build/{form}/")
        if name != "report.json":
            yield home / entry.path, name


def _links(root: Path, html: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Where each article is read, relative to the contents page: HTML, and PDF and JATS where they are made."""
    found: dict[str, dict[str, str]] = {}
    for key, path in html.items():
        links = {"HTML": path.removeprefix("build/html/")}
        if (root / f"build/screen/articles/{key}.pdf").is_file():
            links["PDF"] = f"../screen/articles/{key}.pdf"
        jats = sorted((root / "build" / JATS / key).glob("*.xml"))
        if jats:
            links["JATS"] = f"../jats/{key}/{jats[0].name}"
        found[key] = links
    return found


def _remove_others(folder: Path, kept: set[str]) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in kept:
            path.unlink(missing_ok=True)


def _remove_folders(folder: Path, kept: set[str]) -> None:
    """Remove what was made of articles that the collection lists no longer."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and path.name not in kept and (path.name[:1].isdigit()):
            shutil.rmtree(path, ignore_errors=True)
