"""How the brokers are reached, and what things are called there."""

import re
from pathlib import Path
from typing import Any, Literal

import msgspec

from ingest.log.kafka.errors import LogError

SECURED = ("SSL", "SASL_SSL")
SIGNED_IN = ("SASL_PLAINTEXT", "SASL_SSL")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,249}")


class KafkaOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Where the brokers are, who signs in, and how long anything may take.

    `instance` names a reader that keeps its partitions over a restart (static membership): each reader its own.
    A reader that says nothing for `session_seconds` is taken for dead and its partitions go to the others; one that
    handles a batch for longer than `batch_minutes` is taken for stuck, likewise.
    """

    bootstrap_servers: tuple[str, ...]
    prefix: str = ""
    protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    mechanism: Literal["SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"] = "SCRAM-SHA-512"
    username: str | None = None
    password: str | None = None
    ca_file: Path | None = None
    timeout_seconds: float = 20.0
    client_id: str = "stemwacht"
    instance: str | None = None
    session_seconds: float = 45.0
    batch_minutes: float = 30.0

    def __repr__(self) -> str:
        """Without the password."""
        return f"KafkaOptions({self.protocol} {self.servers} as {self.username}, names begin with {self.prefix!r})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """What rich shows where it shows local variables: likewise."""
        return [("protocol", self.protocol), ("servers", self.servers), ("username", self.username)]

    @property
    def servers(self) -> str:
        """The addresses, to be told."""
        return ", ".join(self.bootstrap_servers)

    @property
    def user(self) -> str:
        """Who signs in, to be told."""
        return f"the user {self.username}" if self.protocol in SIGNED_IN else "this client"


def addresses(options: KafkaOptions) -> list[tuple[str, int]]:
    """Host and port of each server. Raises `LogError` for one that is no address."""
    return [_address(text) for text in options.bootstrap_servers]


def checked(options: KafkaOptions) -> KafkaOptions:
    """The options, where they can mean something. Raises `LogError` before anything is connected."""
    if not addresses(options):
        raise LogError("no broker is named: set bootstrap_servers under [kafka]")
    if options.protocol in SIGNED_IN and not (options.username and options.password):
        raise LogError(
            f"protocol {options.protocol} needs a user and a password: set username under [kafka] and the password in "
            "the environment, as STEMWACHT_KAFKA__PASSWORD"
        )
    if options.ca_file is not None and not options.ca_file.is_file():
        raise LogError(f"no file {options.ca_file}: correct ca_file under [kafka]")
    return options


def topic_name(options: KafkaOptions, topic: str) -> str:
    """What the topic is called on the brokers. Raises `LogError` where Kafka knows no such name."""
    return _named(f"{options.prefix}{topic}")


def group_name(options: KafkaOptions, topic: str, group: str) -> str:
    """What the group is called on the brokers. It has one topic: a reader that waits for the records of one would
    else hold up the others whenever readers come and go."""
    return _named(f"{options.prefix}{group}.{topic}")


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise LogError(f"no name for Kafka: {name!r}; letters, digits, dots, dashes and underscores, at most 249")
    return name


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or "/" in host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise LogError(f"no address: {text!r} under bootstrap_servers; write host:port, as kafka.example.org:9092")
    return host.strip("[]"), int(port)
