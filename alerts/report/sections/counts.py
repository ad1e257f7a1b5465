"""Every count twice: all messages, and one per family."""

from collections.abc import Callable

from alerts.report.blocks import Block, Section, Text, table
from alerts.report.data import Count, ReportData
from alerts.report.edition import Edition
from alerts.report.sections.timeline import days_chart
from alerts.report.speech import Speech
from alerts.report.vocabulary import KIND, word

LONGEST_BREAKDOWN = 15


def counts_section(data: ReportData, speech: Speech, edition: Edition) -> Section:
    """The total, the days as a drawing, and the breakdowns by kind, language, channel and source."""
    say = speech.say
    tally = data.tally
    blocks: list[Block] = [
        Text(
            say(
                "Nothing is deleted and nothing is weighted down. Each figure therefore stands twice: with every "
                "message, "
                "and with one for each family of messages that say the same. Neither is the better figure; together "
                "they "
                "show how much of the volume repeats."
            )
        ),
        _table(say("All messages and one per family"), say("What"), [(say("All"), tally.total)], tally.total, speech),
    ]
    if tally.records != tally.total.messages:
        blocks.append(
            Text(
                say(
                    "{records} records stand for these messages: one record can carry many submissions.",
                    records=speech.number(tally.records),
                )
            )
        )
    if tally.days:
        blocks.append(days_chart(tally.days, speech, edition))
    if tally.undated:
        blocks.append(
            Text(speech.say_n("{count} message has no date.", "{count} messages have no date.", tally.undated), "note")
        )
    blocks.extend(_breakdowns(data, speech))
    return Section("counts", say("Counts, each given twice"), tuple(blocks))


def _breakdowns(data: ReportData, speech: Speech) -> list[Block]:
    say = speech.say
    tally = data.tally

    def as_it_is(name: str) -> str:
        return name

    parts: tuple[tuple[str, str, tuple[Count, ...], Callable[[str], str]], ...] = (
        (say("By kind"), say("Kind"), tally.by_kind, lambda name: word(speech, KIND, name)),
        (say("By language"), say("Language"), tally.by_language, speech.language),
        (say("By channel"), say("Channel"), tally.by_channel, as_it_is),
        (say("By source"), say("Source"), tally.by_source, as_it_is),
    )
    tables: list[Block] = []
    for title, column, counts, name_of in parts:
        rows = [(say("not stated") if count.name is None else name_of(count.name), count) for count in counts]
        tables.append(_table(title, column, _shortened(rows, speech), tally.total, speech))
    return tables


def _shortened(rows: list[tuple[str, Count]], speech: Speech) -> list[tuple[str, Count]]:
    """The largest groups, and the others as one row, so that the table still adds up."""
    if len(rows) <= LONGEST_BREAKDOWN:
        return rows
    rest = [count for _, count in rows[LONGEST_BREAKDOWN:]]
    others = Count(name=None, messages=sum(c.messages for c in rest), once=sum(c.once for c in rest))
    label = speech.say_n("{count} other", "{count} others", len(rest))
    return [*rows[:LONGEST_BREAKDOWN], (label, others)]


def _table(caption: str, column: str, rows: list[tuple[str, Count]], total: Count, speech: Speech) -> Block:
    say = speech.say
    columns = (column, say("All messages"), say("Share"), say("One per family"), say("Share of these"))
    cells = [
        (
            name,
            speech.number(count.messages),
            speech.percent(count.messages / max(1, total.messages)),
            speech.number(count.once),
            speech.percent(count.once / max(1, total.once)),
        )
        for name, count in rows
    ]
    return table(caption, columns, [*cells], numeric=4)
