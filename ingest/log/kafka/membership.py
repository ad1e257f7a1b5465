"""A consumer that belongs to a group, and whether the group has settled who has which partitions."""

from typing import Any

from kafka import ConsumerRebalanceListener, KafkaConsumer

from ingest.log.kafka.connecting import client_settings
from ingest.log.kafka.options import KafkaOptions
from ingest.log.kafka.patience import milliseconds

_HEARTBEATS_A_SESSION = 6
_AT_MOST_HEARTBEAT_SECONDS = 3.0
_FETCH_WAIT_MS = 100  # a broker answers one request after the other: a fetch that waits holds up the next question


class Membership(ConsumerRebalanceListener):  # type: ignore[misc]
    """Told by kafka-python, inside `poll`, when partitions go and come.

    `settled`: this member knows its share. `anew`: the share was given anew, so that all of it has to be read from
    what the group has committed: another member may have had it in between.
    """

    def __init__(self) -> None:
        self.settled = False
        self.anew = False

    def on_partitions_revoked(self, revoked: Any) -> None:
        """The share is about to be given anew."""
        self.settled = False

    def on_partitions_assigned(self, assigned: Any) -> None:
        """This is the share."""
        self.settled = self.anew = True


def member(options: KafkaOptions, topic: str, group: str, membership: Membership) -> Any:
    """A consumer that joins the group at its first poll. Heartbeats go out in a thread of their own.

    Both names are as the brokers know them. Nothing is committed unasked.
    """
    session = milliseconds(options.session_seconds)
    beat = min(_AT_MOST_HEARTBEAT_SECONDS, options.session_seconds / _HEARTBEATS_A_SESSION)
    consumer = KafkaConsumer(
        **client_settings(options),
        group_id=group,
        group_instance_id=options.instance,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=_FETCH_WAIT_MS,
        session_timeout_ms=session,
        heartbeat_interval_ms=milliseconds(beat),
        max_poll_interval_ms=milliseconds(options.batch_minutes * 60),
        allow_auto_create_topics=False,
        metrics_enabled=False,
    )
    consumer.subscribe([topic], listener=membership)
    return consumer
