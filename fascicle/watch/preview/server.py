"""The preview's addresses: the page and its files, events, pictures and texts of pages, places in the author's files."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from fascicle.watch.preview import payload
from fascicle.watch.preview.access_control import App, Guard
from fascicle.watch.preview.page_changes import changed_places
from fascicle.watch.preview.page_positions import follow
from fascicle.watch.preview.pages import GoneError, Page
from fascicle.watch.preview.presenter import Presenter

STATIC = resources.files("fascicle.watch.preview") / "static"
SCRIPTS = ("preview.js", "page.js", "line.js", "sheet.js", "reader.js", "desk.js")
FILES = {"": "preview.html", **{name: name for name in ("preview.css", "icon.svg", *SCRIPTS)}}
"""Files by their address. There are no others, so no path can lead anywhere."""
_FOR_EVER = {"cache-control": "private, max-age=31536000, immutable"}
"""For what is addressed by a page's look: it never changes."""
Answer = Callable[[Request], Awaitable[Response]]


def application(presenter: Presenter, token: str, port: int) -> App:
    """The whole server, guarded."""
    answers = _Answers(presenter)
    routes = [
        *(Route(f"/{address}", _file(name)) for address, name in FILES.items()),
        Route("/events", answers.events),
        Route("/pages/{id}/{width:int}.png", _or_gone(answers.picture)),
        Route("/pages/{id}/text", _or_gone(answers.text)),
        Route("/pages/{id}/changes", _or_gone(answers.changes)),
        Route("/pages/{id}/now", _or_gone(answers.now)),
        Route("/pages/{id}/source", _or_gone(answers.source)),
        Route("/spot", _or_gone(answers.spot)),
    ]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with presenter.following():
            yield

    return Guard(Starlette(routes=routes, lifespan=lifespan), token, port)


def _file(name: str) -> Answer:
    content = (STATIC / name).read_bytes()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"

    async def answer(request: Request) -> Response:
        if name == "preview.html" and not request.url.path.endswith("/"):
            return RedirectResponse(f"{request.url.path}/")
        return Response(content, media_type=kind)

    return answer


def _or_gone(answer: Answer) -> Answer:
    """404 for pages that are no longer shown, 400 for numbers that are none."""

    async def answering(request: Request) -> Response:
        try:
            return await answer(request)
        except GoneError:
            return JSONResponse({"gone": True}, status_code=404)
        except ValueError:
            return JSONResponse({"wrong": True}, status_code=400)

    return answering


class _Answers:
    """Answers requests about pages. Whatever reads or draws one does so beside the event loop."""

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter
        self._book, self._texts = presenter.book, presenter.texts

    def _page(self, request: Request) -> Page:
        page = self._book.find(request.path_params["id"])
        if page is None:
            raise GoneError
        return page

    async def events(self, request: Request) -> Response:
        """Everything that happens, as server-sent events."""
        headers = {"x-accel-buffering": "no"}
        return StreamingResponse(self._presenter.events(), media_type="text/event-stream", headers=headers)

    async def picture(self, request: Request) -> Response:
        """A page drawn so many pixels wide."""
        page, width = self._page(request), request.path_params["width"]
        made = await run_in_threadpool(self._presenter.pictures.png, page, width)
        return Response(made, media_type="image/png", headers=_FOR_EVER)

    async def text(self, request: Request) -> Response:
        """A page's lines."""
        lines = await run_in_threadpool(self._texts.lines, self._page(request))
        return JSONResponse([asdict(line) for line in lines], headers=_FOR_EVER)

    async def changes(self, request: Request) -> Response:
        """What is new on a page."""
        look, now = request.path_params["id"], self._book.now
        found = now.find(look)
        if found is None:
            raise GoneError
        boxes = await run_in_threadpool(changed_places, found[0], now, self._book.before(look), self._texts)
        return JSONResponse([asdict(box) for box in boxes])

    async def now(self, request: Request) -> Response:
        """Where a place on a page of some moments ago stands now."""
        look, y = request.path_params["id"], float(request.query_params.get("y", "0"))
        at = max(0, int(request.query_params.get("at", "0")))
        before = self._book.last_with(look, at)
        at = before.nearest(look, at)
        place = await run_in_threadpool(follow, at, y, self._book.now, before, self._texts)
        if place is None:
            raise GoneError
        return JSONResponse(asdict(place))

    async def source(self, request: Request) -> Response:
        """The author's line of what stands at a point."""
        page = self._page(request)
        x, y = (float(request.query_params.get(name, "0")) for name in ("x", "y"))
        return JSONResponse(await run_in_threadpool(self._source, page, x, y))

    def _source(self, page: Page, x: float, y: float) -> Any:
        presenter = self._presenter
        for layer in (page.source.layer, *(layer for layer in presenter.board.latest().layers)):
            if places := presenter.places(layer):
                found = places.source(page.index + 1, x, y)
                if found is None:
                    return None
                file = found.file.relative_to(presenter.project.resolve()).as_posix()
                return payload.place(file, found.line, presenter.view(), presenter.editor)
        return None

    async def spot(self, request: Request) -> Response:
        """Where an author's line stands on the pages; null when it cannot be told."""
        file, line = request.query_params.get("file", ""), int(request.query_params.get("line", "1"))
        return JSONResponse(await run_in_threadpool(self._spot, file, line))

    def _spot(self, file: str, line: int) -> Any:
        path = Path(self._presenter.project.resolve(), file)
        pages = self._book.now.pages
        for source in dict.fromkeys(page.source for page in pages):
            places = self._presenter.places(source.layer)
            spot = places.spot(path, line) if places else None
            for index, page in enumerate(pages):
                if spot and page.source is source and page.index == spot.page - 1:
                    return {"page": index, "y": spot.y}
        return None
