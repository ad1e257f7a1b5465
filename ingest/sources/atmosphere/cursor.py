"""Where in a stream to go on, and what was taken just before: a stream that is rewound a little tells it twice."""

from collections import deque
from collections.abc import Iterable
from hashlib import blake2b

import msgspec

_KEY_BYTES = 8


class Cursor(msgspec.Struct, frozen=True, kw_only=True):
    """A place in the stream of one relay: `at` as that stream counts, `time_us` as the clock does.

    `recent` are the keys of what was taken within the time that is rewound.
    """

    transport: str
    relay: str
    at: int
    time_us: int
    recent: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As it is kept."""
        return msgspec.json.encode(self).decode()


def cursor_from(text: str | None) -> Cursor | None:
    """The cursor that was kept, if there is one."""
    return msgspec.json.decode(text, type=Cursor) if text else None


class Recent:
    """What was taken within the last stretch of a stream, `span_us` microseconds long."""

    def __init__(self, span_us: int, keys: Iterable[str], time_us: int) -> None:
        self._span_us = span_us
        self._order = deque((time_us, key) for key in keys)
        self._keys = {key for _, key in self._order}

    def is_new(self, key: str, time_us: int) -> bool:
        """Whether it was not taken yet; from now on it was."""
        if not self._span_us:
            return True
        if key in self._keys:
            return False
        self._order.append((time_us, key))
        self._keys.add(key)
        while self._order and self._order[0][0] < time_us - self._span_us:
            self._keys.discard(self._order.popleft()[1])
        return True

    @property
    def keys(self) -> tuple[str, ...]:
        """What is remembered."""
        return tuple(key for _, key in self._order)


def key_of(*parts: str) -> str:
    """A short key for one event."""
    return blake2b("\x00".join(parts).encode("utf-8", "replace"), digest_size=_KEY_BYTES).hexdigest()
