"""A relay that behaves as the Jetstream is documented to: it replays from a cursor, then is silent, or breaks off."""

import http
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

START_US = 1_742_493_600_000_000  # 20 March 2025, 18:00 UTC
POST = "app.bsky.feed.post"


class Relay:
    """`frames` are what it has; `breaks` after how many frames each next connection is cut; `keeps_from` its oldest."""

    def __init__(self, frames: Sequence[str | bytes] = ()) -> None:
        self.frames = list(frames)
        self.breaks: list[int] = []
        self.keeps_from = 0
        self.status: int | None = None
        self.asked: list[dict[str, list[str]]] = []
        self.url = ""

    def now(self) -> datetime:
        """The time of its last event: who has come so far has caught up."""
        return datetime.fromtimestamp(max([_time(one) or 0 for one in self.frames], default=START_US) / 1e6, UTC)

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Refuse a connection."""
        self.asked.append(parse_qs(urlsplit(request.path).query))
        return None if self.status is None else connection.respond(http.HTTPStatus(self.status), "no")

    def play(self, connection: ServerConnection) -> None:
        """Send what it has from the cursor on."""
        query = self.asked[-1]
        since = max(int(query.get("cursor", ["0"])[0]), self.keeps_from)
        left = self.breaks.pop(0) if self.breaks else None
        try:
            for frame in [one for one in self.frames if _time(one) is None or (_time(one) or 0) >= since]:
                if left == 0:
                    break
                connection.send(frame)
                left = None if left is None else left - 1
            if left is None:
                connection.recv()  # until the other side goes
            connection.socket.close()
        except (ConnectionClosed, OSError):
            return


@contextmanager
def relay(frames: Sequence[str | bytes] = ()) -> Iterator[Relay]:
    """One that runs on a port of its own."""
    one = Relay(frames)
    with serve(one.play, "127.0.0.1", 0, process_request=one.answer, compression=None) as server:
        one.url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield one
        finally:
            server.shutdown()
            thread.join()


def post(number: int, text: str, *, did: str = "did:plc:demo", operation: str = "create", **record: Any) -> str:
    """The event of a post, a second after the one of the number before."""
    said = {"$type": POST, "createdAt": "2025-03-20T18:00:00Z", "langs": ["nl"], "text": text, **record}
    return event(number, operation, f"r{number}", said, did=did)


def deletion(number: int, rkey: str, *, did: str = "did:plc:demo") -> str:
    return event(number, "delete", rkey, None, did=did)


def event(number: int, operation: str, rkey: str, record: Any, *, did: str, collection: str = POST) -> str:
    commit = {"rev": f"rev{number}", "operation": operation, "collection": collection, "rkey": rkey}
    if record is not None:
        commit |= {"record": record, "cid": "bafy"}
    return json.dumps({"did": did, "time_us": time_us(number), "kind": "commit", "commit": commit})


def account(number: int, did: str, *, active: bool, status: str | None = None) -> str:
    told = {"active": active, "did": did, "seq": number, "time": "2025-03-20T18:00:00Z", "status": status}
    return json.dumps({"did": did, "time_us": time_us(number), "kind": "account", "account": told})


def present() -> str:
    """An event of this moment, which says that the stream has come to its end."""
    now = int(datetime.now(UTC).timestamp() * 1e6) + 1_000_000
    return json.dumps({"did": "did:plc:present", "time_us": now, "kind": "identity"})


def time_us(number: int) -> int:
    return START_US + number * 1_000_000


def _time(frame: str | bytes) -> int | None:
    try:
        told = json.loads(frame)
    except (ValueError, RecursionError):
        return None
    found = told.get("time_us") if isinstance(told, dict) else None
    return found if isinstance(found, int) else None
