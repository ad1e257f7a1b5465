"""What an alert shows of accounts that act together: who, what they shared, the closest examples, the rhythm."""

from datetime import datetime
from itertools import pairwise

from alerts.alert import Alert, Corroboration
from alerts.report.binning import Bar
from alerts.report.blocks import Block, Chart, Text, table
from alerts.report.edition import Edition
from alerts.report.figures import accessible, drawn
from alerts.report.speech import Speech
from alerts.report.vocabulary import DETECTOR, LABEL, SUBJECT, TRACE, word
from analysis import Burst, Network, SharedObject, Tie

SHOWN = 8
LONGEST_VALUE = 80  # characters


def account_blocks(alert: Alert, speech: Speech, edition: Edition) -> tuple[Block, ...]:
    """The network or the burst of an alert and what other detectors saw of it; nothing for an alert about texts."""
    blocks: list[Block] = []
    if alert.network is not None:
        blocks.extend(network_blocks(alert.network, speech))
    if alert.burst is not None:
        blocks.extend(_burst(alert.burst, alert.id, speech, edition))
    for at, other in enumerate(alert.corroboration):
        blocks.append(Text(_also(other, speech)))
        if other.network is not None:
            blocks.extend(network_blocks(other.network, speech))
        if other.burst is not None:
            blocks.extend(_burst(other.burst, f"{alert.id}-{at}", speech, edition))
    return tuple(blocks)


def network_blocks(network: Network, speech: Speech) -> tuple[Block, ...]:
    """A community in words, what it shared, and its closest ties."""
    say = speech.say
    summary = say(
        "{accounts} are tied by {ties}: pairs that shared the same things within {seconds} seconds, again and again. "
        "The grouping is stable to {stability} when it is drawn again.",
        accounts=speech.say_n("{count} account", "{count} accounts", len(network.accounts)),
        ties=speech.say_n("{count} tie", "{count} ties", len(network.ties)),
        seconds=speech.number(network.window_seconds),
        stability=speech.percent(network.stability),
    )
    blocks: list[Block] = [Text(summary)]
    if network.labels:
        blocks.append(Text(say("It looks like: {labels}.", labels=labels_in_words(network.labels, speech)), "note"))
    blocks.append(_objects(network.objects, speech))
    blocks.append(_ties(network.ties, speech))
    return tuple(blocks)


def _objects(objects: tuple[SharedObject, ...], speech: Speech) -> Block:
    say = speech.say
    shown = sorted(objects, key=lambda item: (-item.accounts, item.first, item.value))[:SHOWN]
    rows = [
        (
            _shortened(item.value),
            word(speech, TRACE, item.trace),
            speech.moment(item.first),
            speech.number(item.accounts),
            speech.number(item.shares),
        )
        for item in shown
    ]
    columns = (say("What was shared"), say("Kind"), say("First"), say("Accounts"), say("Shares"))
    note = say("{shown} of {all} things.", shown=speech.number(len(shown)), all=speech.number(len(objects)))
    return table(say("What ties the accounts"), columns, [*rows], numeric=2, note=note)


def _ties(ties: tuple[Tie, ...], speech: Speech) -> Block:
    say = speech.say
    shown = sorted(ties, key=lambda tie: (tie.p, -tie.shared, tie.closest_seconds, tie.account_a, tie.account_b))[
        :SHOWN
    ]
    rows = [
        (
            f"{tie.account_a} – {tie.account_b}",
            speech.number(tie.shared),
            speech.number(tie.closest_seconds, 1),
            speech.probability(tie.p),
            speech.probability(tie.q),
        )
        for tie in shown
    ]
    columns = (say("Accounts (pseudonyms)"), say("Things shared"), say("Closest, in seconds"), "p", "q")
    note = say("{shown} of {all} ties.", shown=speech.number(len(shown)), all=speech.number(len(ties)))
    return table(say("The tightest examples"), columns, [*rows], numeric=4, note=note)


def _burst(burst: Burst, name: str, speech: Speech, edition: Edition) -> tuple[Block, ...]:
    say = speech.say
    summary = say(
        "{subject} {value}: {observed} from {start} to {end}, where {expected} would be usual.",
        subject=word(speech, SUBJECT, burst.subject),
        value=_shortened(burst.value),
        observed=speech.say_n("{count} account", "{count} accounts", burst.observed),
        start=speech.moment(burst.start),
        end=speech.moment(burst.end),
        expected=speech.decimal(burst.expected),
    )
    blocks: list[Block] = [Text(summary)]
    if burst.labels:
        blocks.append(Text(say("It looks like: {labels}.", labels=labels_in_words(burst.labels, speech)), "note"))
    chart = _rhythm(burst, f"rhythm-{name}", speech, edition)
    return (*blocks, chart) if chart is not None else tuple(blocks)


def _rhythm(burst: Burst, name: str, speech: Speech, edition: Edition) -> Chart | None:
    if len(burst.rhythm) < 2:
        return None
    say = speech.say
    starts = [_clock(start, speech) for start, _ in burst.rhythm]
    step = min(later - earlier for earlier, later in pairwise(starts))
    bars = [Bar(start, start + step, (count,)) for start, (_, count) in zip(starts, burst.rhythm, strict=True)]
    title = say("Rhythm around the burst")
    description = say(
        "Accounts per step from {first} to {last}; at most {most} in one.",
        first=speech.clock_moment(starts[0]),
        last=speech.clock_moment(starts[-1]),
        most=speech.number(max(count for _, count in burst.rhythm)),
    )
    svg = drawn(bars, parts=(say("Accounts"),), axis=say("accounts per step"), lang=speech.lang, font=edition.font)
    drawing = accessible(svg, id_=name, title=title, description=description)
    rows = [(speech.clock_moment(bar.start), speech.number(bar.counts[0])) for bar in bars if any(bar.counts)]
    figures = table(title, (say("From"), say("Accounts")), [*rows], numeric=1) if edition.figures else None
    return Chart(name, title, description, drawing, figures)


def _clock(when: datetime, speech: Speech) -> datetime:
    return speech.local(when).replace(tzinfo=None)


def _also(other: Corroboration, speech: Speech) -> str:
    return speech.say(
        "Also seen by the detector {detector}, on {messages} (q {q}).",
        detector=word(speech, DETECTOR, other.detector),
        messages=speech.say_n("{count} message", "{count} messages", other.messages),
        q=speech.probability(other.chance.q),
    )


def labels_in_words(labels: tuple[str, ...], speech: Speech) -> str:
    """The benign kinds as a reader says them."""
    return ", ".join(word(speech, LABEL, label) for label in labels)


def _shortened(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
