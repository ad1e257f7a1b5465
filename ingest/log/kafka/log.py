"""The log on Kafka."""

from collections.abc import Sequence

from ingest.log.contract import LogRecord, Record
from ingest.log.kafka.checking import check
from ingest.log.kafka.describing import lag
from ingest.log.kafka.finding import Finder
from ingest.log.kafka.options import KafkaOptions
from ingest.log.kafka.reading import Reader
from ingest.log.kafka.writing import Writer


class KafkaLog:
    """The log on Kafka. Errors are `LogError`, a StoreError, with the cause and the fix.

    Topics and groups bear the prefix of the options; topics are made by `create_topics` alone. When it is opened, the
    connection is tried, so that a wrong address or password is an error within seconds. Later on a broker may be
    away: operations wait for it as long as `timeout_seconds` says, then raise, and the next call tries again.

    Any number of processes may append and read. Within one, any thread may append, one at a time may read. A log
    that is open does not survive a fork: open it in the process that uses it.
    """

    def __init__(self, options: KafkaOptions) -> None:
        check(options)
        self._options = options
        self._writer = Writer(options)
        self._finder = Finder(options)
        self._readers: dict[tuple[str, str], Reader] = {}

    def append(self, topic: str, records: Sequence[Record]) -> int:
        """Write the records in order of their keys and return how many, when all replicas in sync have them.

        Retries of the producer double nothing. After an error some may stand: append all of them again.
        """
        return self._writer.append(topic, records)

    def read(self, topic: str, group: str, limit: int) -> list[LogRecord]:
        """The next records of this reader's share of the partitions, at most `limit`; the same until committed."""
        return self._reader(topic, group).read(limit)

    def commit(self, topic: str, group: str, records: Sequence[LogRecord]) -> None:
        """Say that these are handled. Where a partition has gone to another reader of the group since they were
        read, nothing is said of it: that reader gets its records again, and upserts make that harmless."""
        self._reader(topic, group).commit(records)

    def at(self, topic: str, partition: int, offset: int) -> LogRecord | None:
        """The record at this place, whoever has handled it; None where it is kept no longer."""
        return self._finder.at(topic, partition, offset)

    def lag(self, topic: str, group: str) -> int:
        """How many records the group has not committed; an upper bound where records were compacted away."""
        return lag(self._options, topic, group)

    def trim(self, topic: str) -> int:
        """Nothing, and 0: the brokers drop records by their age, handled or not."""
        return 0

    def close(self) -> None:
        """Leave the groups and let go of the connections; what was appended stays."""
        for reader in self._readers.values():
            reader.close()
        self._readers.clear()
        self._finder.close()
        self._writer.close()

    def _reader(self, topic: str, group: str) -> Reader:
        key = (topic, group)
        if key not in self._readers:
            self._readers[key] = Reader(self._options, topic, group)
        return self._readers[key]
