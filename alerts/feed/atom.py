"""Alerts as an Atom feed (RFC 4287)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.etree import ElementTree

from alerts.alert import Alert
from alerts.feed.entries import Entry, address, entries, latest, rfc3339
from alerts.report.printable import clean
from alerts.report.speech import Speech
from alerts.rules import Rule

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


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
    """The feed, newest first; `updated` dates a feed without entries. The same alerts give the same bytes.

    `contact` stands with the author where it is a mail address or a web page.
    Raises ValueError when `feed_id` is no URI or `lang` has no catalogue.
    """
    told = entries(alerts, Speech(lang), feed_id=feed_id, home_url=home_url, rules=rules)
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {XML_LANG: lang})
    _add(feed, "id", feed_id)
    _add(feed, "title", clean(title))
    _add(feed, "updated", rfc3339(latest(told, updated)))
    _author(feed, address(contact))
    _add(feed, "generator", "Stemwacht")
    if home_url is not None:
        _add(feed, "link", rel="alternate", href=home_url)
    for entry in told:
        _entry(feed, entry)
    ElementTree.indent(feed)
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _author(feed: ElementTree.Element, contact: str | None) -> None:
    author = _add(feed, "author")
    _add(author, "name", "Stemwacht")
    if contact is not None:
        mail = contact.removeprefix("mailto:")
        _add(author, "uri" if mail == contact else "email", mail)


def _entry(feed: ElementTree.Element, told: Entry) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", told.id)
    _add(entry, "title", told.title)
    _add(entry, "updated", rfc3339(told.at))
    _add(entry, "published", rfc3339(told.at))
    _add(entry, "category", term=told.event)
    if told.link is not None:
        _add(entry, "link", rel="alternate", href=told.link)
    _add(entry, "content", told.text, type="text")


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text
    return child
