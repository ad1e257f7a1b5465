"""A web server that plays what servers of feeds do."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec


class Reply(msgspec.Struct, frozen=True):
    """One answer; `cut` sends only so many bytes of the body that it announces."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {}
    cut: int | None = None


class Web:
    """`pages` by path: an answer, or a function of the request's headers that gives one."""

    def __init__(self, address: str) -> None:
        self.url = address
        self.pages: dict[str, Reply | Callable[[Mapping[str, str]], Reply]] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []

    def at(self, path: str) -> str:
        """The address of a page."""
        return f"{self.url}{path}"

    def reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        self.asked.append((path, headers))
        page = self.pages.get(path, Reply(b"nothing here", 404))
        return page if isinstance(page, Reply) else page(headers)


@contextmanager
def web() -> Iterator[Web]:
    """One on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = served.reply(self.path, dict(self.headers))
            self.send_response(reply.status)
            headers = {"Content-Length": str(len(reply.body)), "Connection": "close", **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body[: reply.cut])
            self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the base class has
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Web(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
