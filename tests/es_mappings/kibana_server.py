"""What Kibana's import does, as its API is documented and as its own server is written, on a real port."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.engines.certificates import Certificates

SavedObject = dict[str, Any]
Key = tuple[str, str]


@dataclass
class KibanaServer:
    """Keeps what is imported, by space. `status` makes it fail; `refuses` are objects that it does not take."""

    spaces: tuple[str, ...] = ("default",)
    authorization: str | None = None
    status: int | None = None
    refuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    taken_elsewhere: frozenset[str] = frozenset()
    objects: dict[str, dict[Key, SavedObject]] = field(default_factory=dict)
    uploads: list[Message] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving(server: KibanaServer, certificates: Certificates | None = None) -> Iterator[KibanaServer]:
    """The server at work, with TLS where there are certificates."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    if certificates is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates.certificate, certificates.key)
        http.socket = context.wrap_socket(http.socket, server_side=True)
    server.url = f"{'http' if certificates is None else 'https'}://127.0.0.1:{http.server_port}"
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


def certificates(folder: Path) -> Certificates:
    """Certificates for a server here."""
    made = Certificates.at(folder)
    made.write("valid")
    return made


def _handler(server: KibanaServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            space = self.path.removeprefix("/api/spaces/space/")
            self._answer(server.status or (200 if space in server.spaces else 404), {"id": space})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if server.status is not None:
                self._answer(server.status, {"message": "Kibana server is not ready yet"})
            elif self.headers["kbn-xsrf"] is None:
                self._answer(400, {"message": "Request must contain a kbn-xsrf header."})
            elif server.authorization not in {None, self.headers["authorization"]}:
                self._answer(401, {"message": "[security_exception]: unable to authenticate user [ann]"})
            else:
                self._import(body)

        def _import(self, body: bytes) -> None:
            path, _, query = self.path.partition("?")
            space = path.removesuffix("/api/saved_objects/_import").removeprefix("/s/") or "default"
            form = message_from_bytes(f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode() + body)
            (file,) = form.get_payload()
            if not str(file.get_filename()).endswith(".ndjson"):
                self._answer(400, {"message": "Invalid file extension"})
                return
            server.uploads.append(file)
            lines = file.get_payload(decode=True).splitlines()
            self._answer(200, _imported(server, space, [json.loads(line) for line in lines], query))

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body | ({} if status == 200 else {"statusCode": status})).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _imported(server: KibanaServer, space: str, objects: list[SavedObject], query: str) -> dict[str, Any]:
    there = server.objects.setdefault(space, {})
    known = there.keys() | {(one["type"], one["id"]) for one in objects}
    errors = [
        {"id": one["id"], "type": one["type"], "error": error}
        for one in objects
        if (error := server.refuses.get(one["id"]) or _dangling(one, known))
    ]
    if errors:
        return {"success": False, "successCount": 0, "errors": errors}
    results = [_written(server, there, one) for one in objects]
    assert query == "overwrite=true"
    return {"success": True, "successCount": len(results), "successResults": results, "warnings": []}


def _dangling(one: SavedObject, known: set[Key]) -> dict[str, Any] | None:
    missing = [ref for ref in one["references"] if (ref["type"], ref["id"]) not in known]
    return {"type": "missing_references", "references": missing} if missing else None


def _written(server: KibanaServer, there: dict[Key, SavedObject], one: SavedObject) -> dict[str, Any]:
    key = (one["type"], one["id"])
    result = {"type": one["type"], "id": one["id"], "meta": {}, "managed": False}
    if key in there:
        result["overwrite"] = True
    if one["id"] in server.taken_elsewhere:
        result["destinationId"] = "made-up"
    there[key] = one
    return result
