"""How ids, texts and times stand in the file: exact, whatever a string holds, and in the order of their values."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PER_STATEMENT = 500

Value = TypeVar("Value", bytes, int)


def to_bytes(text: str) -> bytes:
    """The text as bytes that sort as its code points do; lone surrogates and NUL survive."""
    return text.encode("utf-8", "surrogatepass")


def to_text(data: bytes) -> str:
    """The text that these bytes were made from."""
    return data.decode("utf-8", "surrogatepass")


def readable(data: bytes) -> str:
    """The text as full-text search sees it: what is no character becomes a space."""
    return data.decode("utf-8", "replace").replace("\0", " ").replace("\ufffd", " ")


def to_microseconds(moment: datetime | None) -> int | None:
    """Microseconds since 1970, exact. A time without a zone is a ValueError."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"the time {moment.isoformat()} has no zone: give aware UTC")
    return (moment - _EPOCH) // _MICROSECOND


def to_moment(microseconds: int | None) -> datetime | None:
    """The aware UTC time of these microseconds."""
    return None if microseconds is None else _EPOCH + microseconds * _MICROSECOND


def portions(statement: str, values: Sequence[Value]) -> Iterator[tuple[str, list[Value]]]:
    """The statement with {values} replaced by placeholders, once for each portion of the values that it can take."""
    for start in range(0, len(values), _PER_STATEMENT):
        portion = list(values[start : start + _PER_STATEMENT])
        yield statement.replace("{values}", ",".join("?" * len(portion))), portion


def id_portions(statement: str, ids: Sequence[str]) -> Iterator[tuple[str, list[bytes]]]:
    """As `portions`, for ids as they stand in the file."""
    return portions(statement, [to_bytes(one) for one in ids])


def text_portions(statement: str, texts: Sequence[str]) -> Iterator[tuple[str, list[bytes]]]:
    """As `portions`, for values that stand in the file as text."""
    for start in range(0, len(texts), _PER_STATEMENT):
        portion = [to_bytes(text) for text in texts[start : start + _PER_STATEMENT]]
        yield statement.replace("{values}", ",".join(["CAST(? AS TEXT)"] * len(portion))), portion
