"""The log on Kafka beside the bare client of the same run; needs the extra [kafka] and a broker."""

import os
from collections.abc import Iterator
from pathlib import Path

from bench.section import Options, Section, at_most, plain

SERVERS = "STEMWACHT_TEST_KAFKA"


def measure(data: Path, options: Options) -> Iterator[Section]:
    """Append and read messages of 900 bytes as the stream does; `data` not needed."""
    if SERVERS not in os.environ:
        yield Section(title="The log on Kafka", notes=(f"Not measured: {SERVERS} names no broker (host:port).",))
        return
    from bench import kafka_rates  # noqa: PLC0415 - the base install has no client of Kafka

    count = 10_000 if options.quick else 50_000
    taken = kafka_rates.seconds_taken(tuple(os.environ[SERVERS].split(",")), count)
    yield Section(
        title=f"The log on Kafka: {count:,} messages of {kafka_rates.MESSAGE_BYTES} bytes",
        figures=(
            at_most("append: times the bare client", taken["append"] / taken["bare append"], 1.5, 2),
            at_most("read and commit: times the bare client", taken["read"] / taken["bare read"], 1.5, 2),
            *(plain(f"{name}, messages a second", f"{count / seconds:,.0f}") for name, seconds in taken.items()),
        ),
        notes=(kafka_rates.CONDITIONS,),
    )
