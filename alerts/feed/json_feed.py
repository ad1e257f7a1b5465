"""Alerts as a JSON Feed, version 1.1."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from typing import Any

import msgspec

from alerts.alert import Alert
from alerts.feed.entries import Entry, address, entries, rfc3339
from alerts.report.printable import clean
from alerts.report.speech import Speech
from alerts.rules import Rule

VERSION = "https://jsonfeed.org/version/1.1"


def render(
    alerts: Iterable[Alert],
    *,
    title: str,
    feed_id: str,
    updated: datetime,
    home_url: str | None = None,
    contact: str | None = None,
    lang: str = "en",
    rules: Sequence[Rule] = (),
) -> bytes:
    """The feed, newest first. The same alerts give the same bytes. JSON Feed itself has no date: `updated` is unused.

    `contact` stands with the author where it is a mail address or a web page.
    Raises ValueError when `feed_id` is no URI or `lang` has no catalogue.
    """
    del updated
    told = entries(alerts, Speech(lang), feed_id=feed_id, home_url=home_url, rules=rules)
    feed: dict[str, Any] = {"version": VERSION, "title": clean(title), "language": lang}
    if home_url is not None:
        feed["home_page_url"] = home_url
    reached = address(contact)
    feed["authors"] = [{"name": "Stemwacht"} | ({"url": reached} if reached else {})]
    feed["items"] = [_item(entry) for entry in told]
    return msgspec.json.format(msgspec.json.encode(feed), indent=2) + b"\n"


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {"id": entry.id}
    if entry.link is not None:
        item["url"] = entry.link
    return item | {
        "title": entry.title,
        "content_text": entry.text,
        "content_html": "".join(f"<p>{escape(line)}</p>" for line in entry.text.split("\n")),
        "date_published": rfc3339(entry.at),
        "date_modified": rfc3339(entry.at),
        "tags": [entry.event],
    }
