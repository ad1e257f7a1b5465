"""What a server said."""

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """Status and body, as they came."""

    status: int
    body: bytes
