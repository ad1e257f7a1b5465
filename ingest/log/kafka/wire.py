"""The few words of Kafka's protocol that tell why a connection fails, spoken over a socket of our own.

kafka-python reports one and the same time-out for a port that speaks TLS, one that does not, one that wants a
password, one that does not take it, and one where no Kafka is.
Source: the Kafka protocol guide, SaslHandshake (key 17, version 1) and SaslAuthenticate (key 36, version 0).
"""

import socket
import struct
from typing import Any

import msgspec
from kafka.net.sasl import get_sasl_mechanism

from ingest.log.kafka.options import KafkaOptions

_HANDSHAKE, _AUTHENTICATE = (17, 1), (36, 0)
_CORRELATION = 1
_LARGEST_ANSWER = 1 << 16
_NO_PASSWORD_HERE = 34  # ILLEGAL_SASL_STATE: the listener is not one to sign in to


class Offer(msgspec.Struct, frozen=True):
    """What a listener answers to anybody: whether it wants a password, and the mechanisms that prove one."""

    wants_password: bool
    mechanisms: tuple[str, ...]


def offered(connection: socket.socket, mechanism: str) -> Offer | None:
    """Ask how one may sign in; None where the answer is none of Kafka's. Raises TimeoutError."""
    try:
        answer = _answer(connection, _HANDSHAKE, _short_text(mechanism))
        error, count = struct.unpack_from(">hi", answer)
        mechanisms, at = [], 6
        for _ in range(count):
            (length,) = struct.unpack_from(">h", answer, at)
            mechanisms.append(answer[at + 2 : at + 2 + length].decode("utf-8", "replace"))
            at += 2 + length
    except TimeoutError:
        raise
    except (OSError, struct.error):
        return None
    return Offer(error != _NO_PASSWORD_HERE, tuple(mechanisms))


def signs_in(connection: socket.socket, options: KafkaOptions) -> bool:
    """Whether user and password are taken, on a connection that was `offered` the mechanism. Raises OSError."""
    proof: Any = get_sasl_mechanism(options.mechanism)(
        sasl_mechanism=options.mechanism,
        sasl_plain_username=options.username,
        sasl_plain_password=options.password,
    )
    while not proof.is_done():
        token = proof.auth_bytes()
        answer = _answer(connection, _AUTHENTICATE, struct.pack(">i", len(token)) + token)
        error, length = struct.unpack_from(">hh", answer)
        if error:
            return False
        try:
            proof.receive(answer[4 + max(0, length) + 4 :])
        except ValueError:  # the other end does not know the password either
            return False
    return bool(proof.is_authenticated())


def _answer(connection: socket.socket, request: tuple[int, int], body: bytes) -> bytes:
    head = struct.pack(">hhi", *request, _CORRELATION) + _short_text("stemwacht")
    connection.sendall(struct.pack(">i", len(head) + len(body)) + head + body)
    size = int.from_bytes(_received(connection, 4))
    if not 4 <= size <= _LARGEST_ANSWER:
        raise ConnectionResetError
    answer = _received(connection, size)
    if int.from_bytes(answer[:4]) != _CORRELATION:
        raise ConnectionResetError
    return answer[4:]


def _short_text(text: str) -> bytes:
    return struct.pack(">h", len(text.encode())) + text.encode()


def _received(connection: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            raise ConnectionResetError
        parts += part
    return bytes(parts)
