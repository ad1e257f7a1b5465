"""Connections to brokers: plain ones to try an address, and the settings of kafka-python's clients."""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ingest.log.kafka.errors import LogError, UnreachableError
from ingest.log.kafka.options import SECURED, SIGNED_IN, KafkaOptions, addresses
from ingest.log.kafka.patience import milliseconds

STEP_SECONDS = 3.0
_LEAST_REQUEST_MS = 1_000
# A peer that vanished without a word is given up after 25 s, also where nothing is sent.
_ALIVE = {"SO_KEEPALIVE": 1, "TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3, "TCP_NODELAY": 1}


def client_settings(options: KafkaOptions, seconds: float | None = None) -> dict[str, Any]:
    """The arguments that every client of kafka-python takes; it may take so many seconds to come up."""
    settings: dict[str, Any] = {
        "bootstrap_servers": list(options.bootstrap_servers),
        "client_id": options.client_id,
        "security_protocol": options.protocol,
        "bootstrap_timeout_ms": milliseconds(options.timeout_seconds if seconds is None else seconds),
        "request_timeout_ms": request_milliseconds(options),
        "reconnect_backoff_max_ms": 1_000,
        "socket_options": _socket_options(),
    }
    if options.protocol in SECURED:
        settings["ssl_context"] = tls_context(options)
    if options.protocol in SIGNED_IN:
        settings |= {
            "sasl_mechanism": options.mechanism,
            "sasl_plain_username": options.username,
            "sasl_plain_password": options.password,
        }
    return settings


def request_milliseconds(options: KafkaOptions) -> int:
    """How long one request may take, so that there is time for a second one."""
    return max(_LEAST_REQUEST_MS, milliseconds(options.timeout_seconds / 2))


def tls_context(options: KafkaOptions) -> ssl.SSLContext:
    """Trusts the authority in `ca_file`, or those of the system, and checks the host's name."""
    try:
        return ssl.create_default_context(cafile=options.ca_file)
    except ssl.SSLError:
        raise LogError(f"{options.ca_file} holds no certificate: give a PEM file as ca_file under [kafka]") from None


def reach(options: KafkaOptions, seconds: float) -> None:
    """Return as soon as a broker takes a connection. Raises `UnreachableError` when none did in that time."""
    deadline = time.monotonic() + seconds
    while True:
        refused = []
        for host, port in addresses(options):
            try:
                with connected(host, port):
                    return
            except UnreachableError as error:
                refused.append(str(error))
        if time.monotonic() >= deadline:
            raise UnreachableError("; ".join(refused))
        time.sleep(0.1)


@contextmanager
def connected(host: str, port: int) -> Iterator[socket.socket]:
    """A plain connection. Raises `UnreachableError` with the fix where there is none to be had."""
    try:
        made = socket.create_connection((host, port), timeout=STEP_SECONDS)
    except OSError as error:
        raise UnreachableError(f"{host}:{port}: {_why_not(error)}") from None
    with made:
        yield made


def answers(host: str, port: int) -> bool:
    """Whether there is a connection to be had."""
    try:
        with connected(host, port):
            return True
    except UnreachableError:
        return False


def _why_not(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "no such host: correct bootstrap_servers under [kafka]"
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there: start the broker, or correct bootstrap_servers under [kafka]"
    if isinstance(error, TimeoutError):
        return f"no answer within {STEP_SECONDS:g} s: see whether the host is up and no firewall is between"
    return f"no connection ({error.strerror or type(error).__name__}): see whether the host is up"


def _socket_options() -> list[tuple[int, int, int]]:
    """Those that this system knows."""
    found = []
    for name, value in _ALIVE.items():
        if hasattr(socket, name):
            level = socket.SOL_SOCKET if name.startswith("SO_") else socket.IPPROTO_TCP
            found.append((level, getattr(socket, name), value))
    return found
