"""A real Bluesky peer: accounts, posts and deletions by its own methods, told of by its own stream."""

import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from tests.engines.process import Running, free_port, launch, listens
from tests.sources.pds.install import node, pds_home

POST = "app.bsky.feed.post"


class Account:
    """Somebody with an account on the server."""

    def __init__(self, server: "PersonalDataServer", told: dict[str, Any]) -> None:
        self._server, self.did, self.handle, self._token = server, told["did"], told["handle"], told["accessJwt"]
        self.cids: dict[str, str] = {}

    def post(self, text: str, **fields: Any) -> str:
        """Post, and return the address of the post."""
        record = {"$type": POST, "createdAt": "2026-11-03T12:00:00Z", "langs": ["nl"], "text": text, **fields}
        made = self.call("com.atproto.repo.createRecord", repo=self.did, collection=POST, record=record)
        self.cids[made["uri"]] = made["cid"]
        return str(made["uri"])

    def repost(self, uri: str, cid: str) -> str:
        subject = {"uri": uri, "cid": cid}
        record = {"$type": "app.bsky.feed.repost", "createdAt": "2026-11-03T12:00:00Z", "subject": subject}
        made = self.call(
            "com.atproto.repo.createRecord", repo=self.did, collection="app.bsky.feed.repost", record=record
        )
        return str(made["uri"])

    def upload(self, picture: bytes) -> Any:
        """A picture, as a post embeds it."""
        return self._server.send("com.atproto.repo.uploadBlob", picture, self._token, "image/png")["blob"]

    def delete(self, uri: str) -> None:
        self.call("com.atproto.repo.deleteRecord", repo=self.did, collection=POST, rkey=uri.rpartition("/")[2])

    def call(self, method: str, **fields: Any) -> Any:
        return self._server.call(method, self._token, **fields)


class PersonalDataServer:
    """One server with a directory of its own. `relay` is the address of its stream."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.relay = f"ws://127.0.0.1:{self._port}"
        self._running: Running | None = None

    def __enter__(self) -> Self:
        home, program = pds_home(), node()
        (self._folder / "data").mkdir(parents=True)
        words = [program, home / "server.mjs", self._folder / "data", str(free_port()), str(self._port)]
        self._running = launch(words, self._folder / "server.log", {"LOG_ENABLED": "false"})
        self._running.wait_until(lambda: listens(self._port), "the personal data server")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._running is not None:
            self._running.kill()

    def account(self, name: str) -> Account:
        """A new account."""
        fields = {"handle": f"{name}.test", "email": f"{name}@example.org", "password": "a password of a test"}
        return Account(self, self.call("com.atproto.server.createAccount", None, **fields))

    def take_down(self, account: Account) -> None:
        """As a moderator does."""
        subject = {"$type": "com.atproto.admin.defs#repoRef", "did": account.did}
        self._as_admin("com.atproto.admin.updateSubjectStatus", subject=subject, takedown={"applied": True})

    def remove(self, account: Account) -> None:
        """Delete an account with all that is in it."""
        self._as_admin("com.atproto.admin.deleteAccount", did=account.did)

    def call(self, method: str, token: str | None, **fields: Any) -> Any:
        return self.send(method, json.dumps(fields).encode(), token, "application/json")

    def send(self, method: str, body: bytes, token: str | None, kind: str) -> Any:
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
        return _told(httpx.post(f"{self.url}/xrpc/{method}", content=body, headers=headers, timeout=60))

    def _as_admin(self, method: str, **fields: Any) -> Any:
        told = next(line for line in (self._folder / "server.log").read_text().splitlines() if line.startswith("{"))
        auth = ("admin", json.loads(told)["admin"])
        return _told(httpx.post(f"{self.url}/xrpc/{method}", json=fields, auth=auth, timeout=60))


def _told(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None
