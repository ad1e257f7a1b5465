"""Where the server is, who signs in, and how indices are made."""

from pathlib import Path
from typing import Literal

import msgspec

Period = Literal["day", "month"]


class ElasticsearchOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What it takes to reach a server and to make indices there; secrets are plain text here and never shown.

    `hosts` are addresses as https://search.example.org:9200. An `api_key`, as the server gave it, goes before a
    password. `ca_file` is the certificate of the authority that signed the server's. `period` is how many dates one
    index of a dated collection holds. `replicas` 0 fits a single node.
    """

    hosts: tuple[str, ...] = ("http://127.0.0.1:9200",)
    prefix: str = "stemwacht"
    api_key: str | None = None
    username: str | None = None
    password: str | None = None
    ca_file: Path | None = None
    period: Period = "month"
    shards: int = 1
    replicas: int = 0
    timeout_seconds: float = 60.0

    def __repr__(self) -> str:
        return f"ElasticsearchOptions(hosts={self.hosts!r}, prefix={self.prefix!r})"
