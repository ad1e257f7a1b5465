"""When the messages came: the timeline that is shown, and whether an hour (or a day) stands out against the whole."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from scipy.special import bdtrc

from ingest import Message

Timing = Literal["ordinary", "burst", "unknown"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
P_MAX = 0.001
FEWEST = 10
HOUR_SHARE, DAY_SHARE = 0.2, 0.5
KNOWN = 0.8
HOURLY_UP_TO = timedelta(hours=72)


def moment(message: Message) -> datetime | None:
    """When the message was published, else when it was received (aware UTC)."""
    return message.published or message.received


def is_fine(message: Message) -> bool:
    """Whether its time is known to the minute."""
    if message.published is None:
        return message.received is not None
    return message.published_precision in {"second", "minute"}


def timing(messages: Sequence[Message]) -> Timing:
    """Burst when one hour holds at least ten messages, 20 % of all, and more than chance gives; else ordinary.

    Chance: a scan statistic over the family's own span, a day at least, at p <= 0.001 (Wallenstein and Neff 1987).
    The 20 % keeps the daily rhythm of people from counting as a burst. Where times are known to the day only, one day
    of a span of a week at least, with 50 %, so that a closing date alone does not make one. Unknown when fewer than
    80 % of the messages have a time. Weights do not count: one record of 412 is one moment.
    """
    dated = [(moment(message), is_fine(message)) for message in messages]
    fine = sorted(at for at, known in dated if at is not None and known)
    if messages and len(fine) >= KNOWN * len(messages):
        return _judge(fine, HOUR, DAY, HOUR_SHARE)
    days = sorted(at for at, _ in dated if at is not None)
    if messages and len(days) >= KNOWN * len(messages):
        return _judge(days, DAY, 7 * DAY, DAY_SHARE)
    return "unknown"


def _judge(times: Sequence[datetime], window: timedelta, least_span: timedelta, least_share: float) -> Timing:
    most = peak(times, window)
    if most < FEWEST or most < least_share * len(times):
        return "ordinary"
    share = window / max(times[-1] - times[0], least_span)
    return "burst" if scan_p(most, len(times), share) <= P_MAX else "ordinary"


def peak(times: Sequence[datetime], window: timedelta) -> int:
    """The most of these sorted times that lie within one window, wherever it starts."""
    most = start = 0
    for end, at in enumerate(times):
        while at - times[start] >= window:
            start += 1
        most = max(most, end - start + 1)
    return most


def scan_p(most: int, total: int, share: float) -> float:
    """The chance that some window of `share` of the span holds `most` or more of `total` uniform points.

    Approximation of Wallenstein and Neff (1987), close below 0.1 and capped at 1.
    """
    if share >= 1 or most > total:
        return 1.0
    at_least, more = float(bdtrc(most - 1, total, share)), float(bdtrc(most, total, share))
    return min(1.0, max(0.0, (most / share - total - 1) * (at_least - more) + 2 * at_least))


def timeline(messages: Sequence[Message]) -> tuple[tuple[datetime, int], ...]:
    """(start of hour or day, messages by weight), hours when times are fine and span three days at most."""
    dated = [(at, message) for message in messages if (at := moment(message)) is not None]
    if not dated:
        return ()
    moments = [at for at, _ in dated]
    hourly = all(is_fine(message) for _, message in dated) and max(moments) - min(moments) <= HOURLY_UP_TO
    counts: Counter[datetime] = Counter()
    for at, message in dated:
        start = at.replace(minute=0, second=0, microsecond=0)
        counts[start if hourly else start.replace(hour=0)] += message.weight
    return tuple(sorted(counts.items()))
