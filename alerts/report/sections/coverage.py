"""What was read and what was not: the ground under every figure of the report."""

from datetime import datetime

from alerts.report.blocks import Block, Facts, Group, Section, Table, Text, table
from alerts.report.data import ReportData
from alerts.report.speech import Speech
from alerts.report.vocabulary import KIND, PLACEHOLDER, word
from ingest import Coverage, Gap


def coverage_section(data: ReportData, speech: Speech) -> Section:
    """Period, the ledger of every source, its gaps, and the messages that had no text of their own."""
    say = speech.say
    blocks: tuple[Block, ...] = (
        Facts(
            (
                (say("Period"), period(data, speech)),
                (say("Made on"), speech.moment(data.generated_at)),
                (say("Times"), say("All times are in the zone {zone}.", zone=data.zone)),
            )
        ),
        *_covered(data, speech),
        _ledger(data.coverage, speech),
        *_readings(data, speech),
        Group("gaps", say("Gaps in the coverage"), 3, (_gaps(data.coverage, speech),)),
        Group("not-messages", say("Records that are no messages"), 3, (_not_messages(data.coverage, speech),)),
        Group("placeholders", say("Messages without a text of their own"), 3, _placeholders(data.coverage, speech)),
    )
    return Section("coverage", say("Period, sources and coverage"), blocks)


def period(data: ReportData, speech: Speech) -> str:
    """The period in words; data without dates have none."""
    if data.period_start is None or data.period_end is None:
        return speech.say("not known: the messages carry no dates")
    return speech.say(
        "{start} up to and including {end}", start=speech.day(data.period_start), end=speech.day(data.period_end)
    )


def _covered(data: ReportData, speech: Speech) -> tuple[Block, ...]:
    """What is listed, where it is not all that was read."""
    if data.covered is None:
        return ()
    start, end = data.covered
    told = speech.say(
        "Listed is what bears on the time from {start} to {end}. A file with messages of that time counts as a whole; "
        "records without a time count if they were read then. Gaps are cut to it.",
        start=speech.moment(start),
        end=speech.moment(end),
    )
    return (Text(told),)


def _ledger(coverage: tuple[Coverage, ...], speech: Speech) -> Block:
    say = speech.say
    if not coverage:
        return Text(say("No source was read."))
    rows = [
        (
            source.source,
            _moment(source.first, speech),
            _moment(source.last, speech),
            speech.number(source.read),
            speech.number(source.kept),
            speech.number(source.rejected),
            speech.number(source.duplicate),
            speech.number(sum(number for _, number in source.not_messages)),
        )
        for source in coverage
    ]
    columns = (say("Source"), say("First message"), say("Last message"))
    figures = (say("Read"), say("Kept"), say("Rejected"), say("Received twice"), say("No message"))
    note = say(
        "Read is always kept plus rejected plus received twice plus what is no message. A rejected record could not be "
        "read as a message."
    )
    return table(say("What was read, per source (records)"), columns + figures, [*rows], numeric=5, note=note)


def _readings(data: ReportData, speech: Speech) -> tuple[Block, ...]:
    """How the files were understood, where files were read."""
    say = speech.say
    if not data.readings:
        return ()
    rows = [(one.source, word(speech, KIND, one.kind), one.format, one.times) for one in data.readings]
    columns = (say("Source"), say("Read as"), say("Format"), say("Times"))
    return (
        Group(
            "readings",
            say("How the files were read"),
            3,
            (table(say("What each file was taken for"), columns, [*rows]),),
        ),
    )


def _moment(when: datetime | None, speech: Speech) -> str:
    return speech.say("not stated") if when is None else speech.short_day(when)


def _gaps(coverage: tuple[Coverage, ...], speech: Speech) -> Block:
    say = speech.say
    gaps = [gap for source in coverage for gap in source.gaps]
    if not gaps:
        return Text(say("No gaps are known."))
    return gap_table(gaps, say("Stretches in which a source brought nothing or was not read"), speech)


def gap_table(gaps: list[Gap], caption: str, speech: Speech) -> Table:
    """Gaps as a table: where, from when to when, why."""
    say = speech.say
    rows = [
        (
            gap.source,
            say("from the start") if gap.start is None else speech.moment(gap.start),
            say("until the end") if gap.end is None else speech.moment(gap.end),
            speech.term(gap.reason),
        )
        for gap in gaps
    ]
    return table(caption, (say("Source"), say("From"), say("Until"), say("Reason")), [*rows])


def _not_messages(coverage: tuple[Coverage, ...], speech: Speech) -> Block:
    say = speech.say
    totals: dict[str, int] = {}
    for source in coverage:
        for what, number in source.not_messages:
            totals[what] = totals.get(what, 0) + number
    if not totals:
        return Text(say("Every record was a message."))
    rows = [(speech.term(what), speech.number(number)) for what, number in sorted(totals.items())]
    return table(say("Records that are no messages, by kind"), (say("Kind"), say("Records")), [*rows], numeric=1)


def _placeholders(coverage: tuple[Coverage, ...], speech: Speech) -> tuple[Block, ...]:
    say = speech.say
    totals: dict[str, int] = {}
    for source in coverage:
        for name, number in source.placeholders:
            totals[name] = totals.get(name, 0) + number
    if not totals:
        return (Text(say("Every message had a text of its own.")),)
    rows = [
        (word(speech, PLACEHOLDER, name), speech.number(number))
        for name, number in sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    ]
    return (
        Text(
            say(
                "Some messages only point elsewhere, such as “see the attached file”. They are counted among all "
                "messages, "
                "never put in a family, and what they point to was not read."
            )
        ),
        table(say("Messages without a text of their own"), (say("What it says"), say("Records")), [*rows], numeric=1),
    )
