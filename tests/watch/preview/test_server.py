"""Who gets in and who does not, and what the server answers; asked over a real socket, byte by byte where it matters."""

from __future__ import annotations

import http.client
import json
import stat
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Diagnostic, Span
from fascicle.watch.board import ViewBoard
from fascicle.watch.preview.serve import HOST, PortError, listen, token_of
from fascicle.watch.preview.server import FILES
from fascicle.watch.view import View
from tests.support.paper import pdf, prose
from tests.support.publications import small
from tests.support.serving import TOKEN, served

ERROR = Diagnostic(
    Code.UNDEFINED_CITATION,
    "no entry 'li2021'",
    Span("content/01-one.md", 5, 3, 5, 12),
    hints=("did you mean 'li2012'?",),
)


class Client:
    """Asks as a browser would, with headers of the test's choice."""

    def __init__(self, url: str) -> None:
        self.port = urlsplit(url).port or 0

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host="Host" in given, skip_accept_encoding=True)
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = b"" if answer.headers.get_content_type() == "text/event-stream" else answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask with the token."""
        return self.ask(f"/{TOKEN}/{path}", **headers)

    def model(self) -> dict[str, object]:
        """The first state that is told."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        connection.request("GET", f"/{TOKEN}/events")
        for line in connection.getresponse():
            if line.startswith(b"data: {"):
                connection.close()
                model: dict[str, object] = json.loads(line.removeprefix(b"data: "))
                return model
        raise AssertionError("no state was told")


@pytest.fixture(scope="module")
def board() -> ViewBoard:
    held = ViewBoard()
    held.post(View(pdf=pdf([prose(8), prose(8, 50)], title="A Trial"), settled=True))
    held.post(View(diagnostics=(ERROR,)))
    return held


@pytest.fixture(scope="module")
def client(board: ViewBoard, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    root = small(tmp_path_factory.mktemp("served"))
    with served(board, root, "vscode://file{file}:{line}:{column}") as url:
        yield Client(url)


def test_the_page_with_the_whole_address(client: Client) -> None:
    status, headers, body = client.get("")
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert b"<main" in body


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/preview.js",
        f"/{TOKEN[:-1]}/",
        f"/{TOKEN}x/",
        "/?token=" + TOKEN,
        "//",
        "*",
        "/events",
    ],
)
def test_nobody_without_the_token(client: Client, path: str) -> None:
    status, _, body = client.ask(path)
    assert status == 403
    assert TOKEN.encode() not in body


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.evil.example:{port}",
        "[::1]:{port}",
    ],
)
def test_no_other_host(client: Client, host: str) -> None:
    """A foreign name that was made to lead to this machine (DNS rebinding) gets nothing, even with the token."""
    status, _, _ = client.get("", Host=host.format(port=client.port))
    assert status == 421


def test_localhost_is_a_name_of_this_machine(client: Client) -> None:
    assert client.get("", Host=f"localhost:{client.port}")[0] == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1"]
)
def test_no_other_origin(client: Client, origin: str) -> None:
    assert client.get("", Origin=origin.format(port=client.port))[0] == 403
    assert client.get("", Origin=f"http://127.0.0.1:{client.port}")[0] == 200


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
def test_no_other_site_may_embed_what_is_served(client: Client, site: str, status: int) -> None:
    assert client.get("preview.css", Sec_Fetch_Site=site)[0] == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_can_be_sent(client: Client, method: str) -> None:
    assert client.ask(f"/{TOKEN}/", method)[0] == 405


@pytest.mark.parametrize(
    "path",
    [
        "../../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "static/preview.js",
        "preview.js/../../server.py", "pages/..%2f..%2fetc/text", "pages/x/text", "pages/x/100.png", "content/01-one.md",
    ],
)  # fmt: skip
def test_no_path_leads_anywhere_else(client: Client, path: str) -> None:
    status, _, body = client.get(path)
    assert status == 404
    assert b"root:" not in body
    assert b"paragraph" not in body


@pytest.mark.parametrize("path", ["", "events", "preview.js", "nothing", "pages/x/text"])
def test_what_every_answer_says(client: Client, path: str) -> None:
    _, headers, _ = client.get(path)
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert (
        policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["img-src"] == "'self'"
    )
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_file_is_served_and_asks_for_nothing_outside(client: Client, name: str) -> None:
    status, _, body = client.get(name)
    assert status == 200
    text = body.decode().replace("http://www.w3.org/2000/svg", "")
    assert "http://" not in text
    assert "https://" not in text
    assert "<script>" not in text
    assert " style=" not in text


def test_the_state(client: Client) -> None:
    model = client.model()
    assert model["title"] == "A Trial"
    assert model["old"] is True
    assert model["settled"] is False
    pages = model["pages"]
    assert isinstance(pages, list)
    assert [(page["label"], page["width"], page["height"]) for page in pages] == [
        ("1", 300, 400),
        ("2", 300, 400),
    ]
    (found,) = model["diagnostics"]  # type: ignore[misc]
    assert found["place"]["text"] == "content/01-one.md:5"
    assert found["place"]["href"].startswith("vscode://file/")
    assert found["place"]["href"].endswith("/content/01-one.md:5:3")
    assert found["quote"] == {"before": "A ", "marked": "paragraph", "after": " of text."}
    assert found["hints"] == ["did you mean 'li2012'?"]


def _first_page(client: Client) -> str:
    pages = client.model()["pages"]
    assert isinstance(pages, list)
    return str(pages[0]["id"])


def test_a_page_as_picture_and_text(client: Client) -> None:
    page = _first_page(client)
    status, headers, body = client.get(f"pages/{page}/640.png")
    assert status == 200
    assert headers["content-type"] == "image/png"
    assert "immutable" in headers["cache-control"]
    assert Image.open(BytesIO(body)).width == 640
    lines = json.loads(client.get(f"pages/{page}/text")[2])
    assert [line["text"] for line in lines] == prose(8)


@pytest.mark.parametrize("width", ["0", "99999999", "-1", "x"])
def test_no_picture_is_huge(client: Client, width: str) -> None:
    status, _, body = client.get(f"pages/{_first_page(client)}/{width}.png")
    if status == 200:
        assert Image.open(BytesIO(body)).width <= 6000
    else:
        assert status == 404


@pytest.mark.parametrize("query", ["now?y=abc", "source?x=abc", "source?x=nan&y=inf", "now?y=-1e9"])
def test_numbers_that_are_none(client: Client, query: str) -> None:
    assert client.get(f"pages/{_first_page(client)}/{query}")[0] in (200, 400)


def test_a_broken_pdf_leaves_the_pages(tmp_path: Path) -> None:
    board = ViewBoard()
    board.post(View(pdf=pdf([prose(3)])))
    with served(board, small(tmp_path)) as url:
        before = _first_page(Client(url))
        board.post(View(pdf=b"%PDF-1.7 nothing more"))
        assert _first_page(Client(url)) == before


def test_the_token_is_kept_for_the_next_server_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    token = token_of(tmp_path / "build")
    assert len(token) >= 32
    assert token_of(tmp_path / "build") == token
    (path,) = (tmp_path / "build").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)  # somebody else may have read it
    assert token_of(tmp_path / "build") != token
    path.write_text("short")
    assert len(token_of(tmp_path / "build")) >= 32
    assert token_of(tmp_path / "other") != token_of(tmp_path / "build")


def test_a_taken_port() -> None:
    with listen(0) as held:
        number = held.getsockname()[1]
        assert held.getsockname()[0] == HOST
        with pytest.raises(PortError, match=str(number)):
            listen(number)


def test_without_a_port_the_next_free_one_is_taken() -> None:
    with listen(None) as first, listen(None) as second:
        assert first.getsockname()[1] != second.getsockname()[1]
