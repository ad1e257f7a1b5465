"""A reader's share of a topic: the partitions that the group gave it, where it stands in each, what is committed."""

import time
from collections.abc import Mapping
from contextlib import suppress

import structlog
from kafka import OffsetAndMetadata, TopicPartition
from kafka.errors import KafkaError, KafkaTimeoutError

from ingest.log.contract import LogRecord
from ingest.log.kafka.membership import Membership, member
from ingest.log.kafka.options import KafkaOptions
from ingest.log.kafka.patience import left_ms
from ingest.log.kafka.records import decoded

_CLOSE_MS = 2_000
_log = structlog.get_logger()


class Share:
    """Belongs to the group from the first `poll` on. Errors are those of kafka-python; deadlines are monotonic.

    Both names are as the brokers know them. Whenever `anew` is set, `start_over` comes before anything else: positions
    are right again after it, and nothing that `poll` passed over in the meantime is lost.
    """

    def __init__(self, options: KafkaOptions, topic: str, group: str) -> None:
        self._topic = topic
        self._membership = Membership()
        self._consumer = member(options, topic, group, self._membership)
        self._committed: dict[int, int] = {}
        self._known = False

    @property
    def settled(self) -> bool:
        """Whether the group has given this reader its share."""
        return self._membership.settled

    @property
    def anew(self) -> bool:
        """Whether positions have to be found anew."""
        return self._membership.anew

    @property
    def empty(self) -> bool:
        """Whether there is no partition in it."""
        return not self._consumer.assignment()

    def poll(self, wait_ms: int, room: int, deadline: float) -> list[LogRecord]:
        """What the brokers have, at most as many as there is room for; the group is tended to in any case."""
        if not self._known:
            # Until the topic is known here, this reader might share it out as one without partitions.
            self._consumer.beginning_offsets([TopicPartition(self._topic, 0)], timeout_ms=left_ms(deadline))
            self._known = True
        full = [] if room > 0 else list(self._consumer.assignment())
        self._consumer.pause(*full)
        try:
            found = self._consumer.poll(timeout_ms=wait_ms, max_records=max(room, 1))
        except KafkaError:
            self._membership.anew = True
            raise
        finally:
            self._consumer.resume(*(full and self._consumer.assignment()))
        return [decoded(record) for records in found.values() for record in records]

    def start_over(self, deadline: float) -> None:
        """Go to what the group has committed, in all partitions."""
        self._committed.clear()
        places = list(self._consumer.assignment())
        starts = self._consumer.beginning_offsets(places, timeout_ms=left_ms(deadline))
        for place in places:
            committed = self._consumer.committed(place, timeout_ms=left_ms(deadline)) or 0
            dropped = starts[place] - committed
            if committed and dropped > 0:
                _log.warning("records left the log unhandled", topic=place.topic, partition=place.partition, n=dropped)
            self._committed[place.partition] = committed
            self._consumer.seek(place, max(committed, starts[place]))
        self._membership.anew = False

    def at_end(self, deadline: float) -> bool:
        """Whether nothing waits: every partition was polled to its end."""
        ends = self._consumer.end_offsets(list(self._consumer.assignment()), timeout_ms=left_ms(deadline))
        return all(self._consumer.position(place, timeout_ms=left_ms(deadline)) == end for place, end in ends.items())

    def commit(self, furthest: Mapping[int, int], deadline: float) -> None:
        """Commit these offsets by partition, where the partition is ours and the offset is further than before."""
        mine = {
            TopicPartition(self._topic, partition): offset
            for partition, offset in furthest.items()
            if offset > self._committed.get(partition, offset)
        }
        if not mine:
            return
        stands = {place: self._consumer.position(place, timeout_ms=left_ms(deadline)) for place in mine}
        offsets = {place: OffsetAndMetadata(offset, "", -1) for place, offset in mine.items()}
        self._consumer.commit(offsets, timeout_ms=left_ms(deadline))
        for place, offset in mine.items():
            self._committed[place.partition] = offset
            if stands[place] is None or stands[place] < offset:
                self._consumer.seek(place, offset)

    def committed(self, record: LogRecord) -> bool:
        """Whether the group has handled the record."""
        return record.offset < self._committed.get(record.partition, 0)

    def settle(self, wait_ms: int, deadline: float) -> None:
        """Return when the group has given this reader its share for the first time, and it stands where it should."""
        while not self.settled and not self._committed:
            self.poll(wait_ms, 0, deadline)
            if time.monotonic() > deadline:
                raise KafkaTimeoutError("the group has not settled")
        if self.anew:
            self.start_over(deadline)

    def forget(self) -> None:
        """Trust no position any longer."""
        self._membership.anew = True

    def close(self) -> None:
        """Leave the group. Where that cannot be said, the brokers notice when the session ends."""
        with suppress(KafkaError):
            self._consumer.close(autocommit=False, timeout_ms=_CLOSE_MS)
