"""A connection to a stream: its frames, and why it ended."""

from collections.abc import Iterator
from importlib.metadata import version

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI, WebSocketException
from websockets.sync.client import ClientConnection, connect

from ingest.errors import SourceError

LARGEST_FRAME_BYTES = 16 << 20
TICK_SECONDS = 0.25
_OPEN_SECONDS = 10.0
_TOO_MANY_REQUESTS = 429


class Dropped(Exception):  # noqa: N818 - it says what happened, and is no failure of ours
    """The stream could not be opened or broke off; it may be tried again."""


def frames_from(address: str) -> Iterator[str | bytes | None]:
    """The frames as they come, None for each moment without one.

    Raises `Dropped`, or `SourceError` where trying again is of no use.
    """
    with _opened(address) as connection:
        yield None
        while True:
            try:
                yield connection.recv(timeout=TICK_SECONDS)
            except TimeoutError:
                yield None
            except ConnectionClosed as error:
                raise _ended(error) from None


def _opened(address: str) -> ClientConnection:
    try:
        return connect(
            address,
            open_timeout=_OPEN_SECONDS,
            close_timeout=1,
            max_size=LARGEST_FRAME_BYTES,
            user_agent_header=f"stemwacht/{version('stemwacht')}",
        )
    except InvalidStatus as error:
        status = error.response.status_code
        if status < 500 and status != _TOO_MANY_REQUESTS:
            raise SourceError(f"the relay refuses (HTTP {status}); check `relay`, and whether it is a stream") from None
        raise Dropped(f"it answers with HTTP {status}") from None
    except InvalidURI:
        raise SourceError("`relay` is no address of a stream; write one like wss://relay.example.org") from None
    except TimeoutError:
        raise Dropped(f"no answer within {_OPEN_SECONDS:g} seconds") from None
    except (OSError, InvalidHandshake, WebSocketException) as error:
        raise Dropped(f"no connection ({getattr(error, 'strerror', None) or type(error).__name__})") from None


def _ended(error: ConnectionClosed) -> Exception:
    if error.sent is not None and error.sent.code == 1009:
        return SourceError(
            f"the relay sends a frame larger than {LARGEST_FRAME_BYTES >> 20} MB, which no event is; use another relay"
        )
    return Dropped("it broke off")
