"""Whether the log can be used as configured, and if not, why: cause and fix in one line, within seconds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from kafka.errors import (
    ClusterAuthorizationFailedError,
    CorruptRecordError,
    FencedInstanceIdError,
    GroupAuthorizationFailedError,
    KafkaError,
    MessageSizeTooLargeError,
    NotEnoughReplicasAfterAppendError,
    NotEnoughReplicasError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
    UnsupportedCodecError,
)

from ingest.log.kafka.asking import asked
from ingest.log.kafka.connecting import STEP_SECONDS, answers
from ingest.log.kafka.errors import LogError, UnreachableError
from ingest.log.kafka.options import KafkaOptions, addresses, group_name, topic_name
from ingest.log.kafka.probing import probe
from ingest.log.kafka.records import LARGEST_MESSAGE_BYTES
from ingest.log.kafka.rights import forbidden, look_at_groups, look_at_holders, look_at_topics, missing


def check(
    options: KafkaOptions, *, read: Sequence[str] = (), write: Sequence[str] = (), group: str | None = None
) -> None:
    """Return where the brokers answer, and these topics are there and may be read by the group and written.

    Raises `LogError` with the cause and the fix: an address that is wrong or refused, TLS on one side only, a
    certificate that is not trusted, a password or mechanism that is not taken, a topic or a right that is missing.
    """
    probe(options)
    if not read and not write and group is None:
        return
    _asked_now(options, lambda admin: _look(admin, options, read, write, group))


@contextmanager
def explained(
    options: KafkaOptions, *, read: Sequence[str] = (), write: Sequence[str] = (), group: str | None = None
) -> Iterator[None]:
    """Within it, errors of kafka-python become `LogError` with the cause and the fix."""
    try:
        yield
    except KafkaError as error:
        raise _explanation(error, options, read, write, group) from error


def _see_all_servers(options: KafkaOptions) -> None:
    """One server is enough to begin with; that another is down may be why something failed later."""
    down = ", ".join(f"{host}:{port}" for host, port in addresses(options) if not answers(host, port))
    if down:
        raise UnreachableError(f"brokers are down, and those that are up are too few: start them: {down}")


def _asked_now(options: KafkaOptions, question: Callable[[Any], None]) -> None:
    try:
        asked(options, question, STEP_SECONDS)
    except KafkaError as error:
        raise UnreachableError(f"{options.servers}: {_plainly(error)}: see whether all brokers are up") from error


def _look(admin: Any, options: KafkaOptions, read: Sequence[str], write: Sequence[str], group: str | None) -> None:
    look_at_topics(admin, options, read, "READ")
    look_at_topics(admin, options, write, "WRITE")
    if group is not None:
        look_at_groups(admin, options, read, group)


def _explanation(
    error: KafkaError, options: KafkaOptions, read: Sequence[str], write: Sequence[str], group: str | None
) -> LogError:
    for meaning in _meanings(error, options, read, write, group):
        return meaning
    try:
        probe(options)
        _see_all_servers(options)
        _asked_now(options, lambda admin: _look(admin, options, read, write, group))
        _asked_now(options, lambda admin: look_at_holders(admin, options, (*read, *write)))
    except LogError as cause:
        return cause
    return LogError(
        f"{options.servers}: {_plainly(error)}, though the brokers answer now: run again, nothing is lost; "
        "if it happens often, raise timeout_seconds under [kafka]"
    )


def _meanings(
    error: KafkaError, options: KafkaOptions, read: Sequence[str], write: Sequence[str], group: str | None
) -> Iterator[LogError]:
    """What the error itself says; nothing where the brokers have to be asked."""
    topics = ", ".join(topic_name(options, topic) for topic in (*read, *write))
    if isinstance(error, TopicAuthorizationFailedError | ClusterAuthorizationFailedError):
        yield forbidden(options, "WRITE" if write else "READ", f"the topic {topics}")
    elif isinstance(error, GroupAuthorizationFailedError):
        groups = ", ".join(group_name(options, topic, group or "") for topic in read)
        yield forbidden(options, "READ", f"the group {groups}")
    elif isinstance(error, UnknownTopicOrPartitionError):
        yield missing(topics)
    elif isinstance(error, MessageSizeTooLargeError | RecordListTooLargeError):
        fix = f"set max.message.bytes of the topic to {LARGEST_MESSAGE_BYTES}, then run again"
        yield LogError(f"{topics} takes no record this large: {fix}")
    elif isinstance(error, NotEnoughReplicasError | NotEnoughReplicasAfterAppendError):
        why = "fewer brokers are up than min.insync.replicas wants"
        yield UnreachableError(f"{topics}: {why}: start the others, then run again")
    elif isinstance(error, UnsupportedCodecError):
        fix = "set compression.type of the topic to zstd, or install the codec (pip install lz4 python-snappy)"
        yield LogError(f"{topics} holds records in a compression that cannot be undone here: {fix}")
    elif isinstance(error, CorruptRecordError):
        yield LogError(f"{topics} holds a damaged record (its checksum is wrong): see kafka-dump-log on the broker")
    elif isinstance(error, FencedInstanceIdError):
        yield LogError(f"another reader is called {options.instance} as well: give each reader an instance of its own")


def _plainly(error: KafkaError) -> str:
    return f"no success in time ({type(error).__name__.removesuffix('Error')})"
