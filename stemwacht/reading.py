"""Files become annotated messages in the store."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from analysis import AnnotatedBatch
from ingest import Intake, Message, Understanding
from stemwacht.annotating import Annotators


class Read(msgspec.Struct, frozen=True):
    """Messages with their annotations, batch by batch, in the order read."""

    messages: list[Message]
    batches: list[AnnotatedBatch]


def read_files(
    understood: Sequence[Understanding],
    intake: Intake,
    annotators: Annotators,
    told: Callable[[int, int | None], None],
    *,
    batch: int,
) -> Read:
    """Every message of the files, annotated and written to the store batch by batch."""
    read = Read([], [])
    total = total_rows(understood)
    batches = (messages for one in understood for messages in intake.read(one, batch=batch))
    for messages, annotated in annotators.annotate(batches):
        read.messages.extend(messages)
        read.batches.append(annotated)
        told(len(read.messages), total)
    return read


def total_rows(understood: Iterable[Understanding]) -> int | None:
    """How many rows the files have; None where one has too many to count beforehand."""
    rows = [understanding.rows for understanding in understood]
    return sum(count for count in rows if count is not None) if all(count is not None for count in rows) else None
