"""What the feeds tell: one entry for every change in an alert's history, its raising among them."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from alerts.alert import Alert, Change
from alerts.report.printable import clean
from alerts.report.speech import Speech
from alerts.report.vocabulary import ATTRIBUTION, CONFIDENCE, EVENT, STATUS, word
from alerts.report.wording import worded
from alerts.rules import Rule


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed. `id` is a URI that never changes; `text` holds a paragraph per line."""

    id: str
    title: str
    at: datetime
    text: str
    link: str | None
    event: str


def entries(
    alerts: Iterable[Alert], speech: Speech, *, feed_id: str, home_url: str | None, rules: Sequence[Rule] = ()
) -> list[Entry]:
    """Newest first; an entry's id follows from the alert and the change, and its text from the change alone.

    Only the newest entry of an alert carries its present figures, so that older entries never change.
    `rules` know the alerts' titles in other languages.
    Raises ValueError when `feed_id` is not an absolute URI (such as "tag:example.org,2026:stemwacht").
    """
    if ":" not in feed_id.split("/", 1)[0]:
        raise ValueError(f"feed id '{feed_id}' is not a URI; use for example tag:example.org,2026:stemwacht")
    told = [
        entry for alert in alerts for entry in _of_alert(alert, worded(alert, rules, speech), speech, feed_id, home_url)
    ]
    return sorted(told, key=lambda entry: (-entry.at.timestamp(), entry.id))


def latest(told: list[Entry], otherwise: datetime) -> datetime:
    """When the feed last changed: its newest entry, or `otherwise` for an empty feed."""
    return max((entry.at for entry in told), default=otherwise)


def address(contact: str | None) -> str | None:
    """The contact as a URI, mail address or web page; None where it is neither."""
    told = clean(contact or "").strip()
    if re.fullmatch(r"https?://\S+", told):
        return told
    return f"mailto:{told}" if re.fullmatch(r"[^\s@:/]+@[^\s@:/]+", told) else None


def rfc3339(when: datetime) -> str:
    """The moment in UTC, to the second."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _of_alert(stored: Alert, alert: Alert, speech: Speech, feed_id: str, home_url: str | None) -> Iterator[Entry]:
    """Ids follow from the history as stored, so that a translation does not make new entries."""
    both = zip(stored.history, alert.history, strict=True)
    history = sorted(both, key=lambda changes: changes[0].at)
    seen: dict[str, int] = {}
    for index, (original, change) in enumerate(history):
        mark = _mark(original)
        seen[mark] = seen.get(mark, 0) + 1
        newest = index == len(history) - 1
        yield Entry(
            id=f"{feed_id}/{alert.id}/{mark}" + (f"-{seen[mark]}" if seen[mark] > 1 else ""),
            title=clean(f"{word(speech, EVENT, change.event)}: {alert.title}"),
            at=change.at,
            text=clean("\n".join(_lines(alert, change, speech, newest=newest))),
            link=None if home_url is None else f"{home_url}#alert-{alert.id}",
            event=change.event,
        )


def _mark(change: Change) -> str:
    """Twelve hex digits of what happened when."""
    told = f"{change.at.astimezone(UTC).isoformat()}\n{change.event}\n{change.summary}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _lines(alert: Alert, change: Change, speech: Speech, *, newest: bool) -> Iterator[str]:
    """A reviewer's name and his reason stay in the review log: a feed may be public. A reply is meant to be read."""
    say = speech.say
    yield change.summary
    if change.event == "replied" and change.reason:
        yield change.reason
    if newest:
        yield say(
            "{messages}; confidence: {word} ({number} of 100); review: {status}; attribution: {attribution}.",
            messages=speech.say_n("{count} message", "{count} messages", alert.messages),
            word=word(speech, CONFIDENCE, alert.confidence_word),
            number=str(alert.confidence),
            status=word(speech, STATUS, alert.status),
            attribution=word(speech, ATTRIBUTION, alert.attribution),
        )
        yield say("An alert is a reason to look, not a verdict.")
