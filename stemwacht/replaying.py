"""Dead letters once more: after a repair, what was set aside goes back to where it came from."""

import msgspec

from ingest import DEAD_LETTERS, RecordError, received_dead_letter
from ingest.log import Log, LogRecord, Record

GROUP = "replay"
_BATCH = 500


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """How many went back; how many the log no longer keeps, so that their source has to be read again."""

    replayed: int
    gone: int
    unreadable: int


def replay(log: Log) -> Replayed:
    """Append the records that the waiting dead letters name to their topics again, and be done with those letters.

    What still cannot be handled becomes a new dead letter. A kill between leaves letters to replay twice, which the
    store's upserts make harmless.
    """
    replayed = gone = unreadable = 0
    waiting = log.lag(DEAD_LETTERS, GROUP)
    while waiting > 0 and (letters := log.read(DEAD_LETTERS, GROUP, min(_BATCH, waiting))):
        for letter in letters:
            found = _original(log, letter)
            if isinstance(found, RecordError):
                unreadable += 1
            elif found is None:
                gone += 1
            else:
                topic, record = found
                log.append(topic, [Record(record.key, record.value, record.schema)])
                replayed += 1
        log.commit(DEAD_LETTERS, GROUP, letters)
        waiting -= len(letters)
    return Replayed(replayed=replayed, gone=gone, unreadable=unreadable)


def _original(log: Log, letter: LogRecord) -> tuple[str, LogRecord] | RecordError | None:
    try:
        told = received_dead_letter(letter)
    except RecordError as error:
        return error
    record = log.at(told.topic, told.partition, told.offset)
    return None if record is None else (told.topic, record)
