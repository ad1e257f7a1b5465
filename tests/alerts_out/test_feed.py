"""The feeds: valid by their standards, newest first, one entry per change, the same bytes for the same alerts."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from alerts import Alert, Change
from alerts.feed import atom, json_feed
from tests.alerts_out.examples import RULES, letters_alert, posts_alert

NS = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
FEED: dict[str, Any] = {
    "title": "Meldingen & <meer>",
    "feed_id": "tag:voorbeeld.invalid,2026:stemwacht",
    "updated": datetime(2026, 11, 23, tzinfo=UTC),
    "home_url": "https://voorbeeld.invalid/report.html",
}


def alerts() -> list[Alert]:
    hostile = posts_alert(7, title="<b>&\u0007\ud800", rule="other")
    return [letters_alert(), posts_alert(), hostile]


def atom_of(given: list[Alert], **changes: Any) -> ElementTree.Element:
    return ElementTree.fromstring(atom.render(given, **(FEED | changes)))  # noqa: S314 our own bytes


def items_of(given: list[Alert], **changes: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(json_feed.render(given, **(FEED | changes)))["items"]
    return items


def one(element: ElementTree.Element, name: str) -> str:
    """The text of the child that must stand there exactly once."""
    (child,) = element.findall(NS + name)
    return child.text or ""


def test_atom_keeps_the_musts_of_rfc_4287() -> None:
    feed = atom_of(alerts())
    assert feed.tag == NS + "feed"
    assert one(feed.find(NS + "author") or feed, "name") == "Stemwacht"
    ids = []
    for element in (feed, *feed.findall(NS + "entry")):
        ids.append(one(element, "id"))
        assert re.match(r"[a-z][a-z0-9+.-]*:", ids[-1])
        assert one(element, "title")
        assert RFC3339.fullmatch(one(element, "updated"))
        links = element.findall(NS + "link")
        assert [link.get("rel") for link in links] == ["alternate"]
        assert all(link.get("href") for link in links)
    for entry in feed.findall(NS + "entry"):
        assert one(entry, "content")
        assert RFC3339.fullmatch(one(entry, "published"))
    assert len(ids) == len(set(ids))


def test_json_feed_has_what_version_1_1_requires() -> None:
    feed = json.loads(json_feed.render(alerts(), **FEED))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == FEED["title"]
    for item in feed["items"]:
        assert item["id"]
        assert item["content_text"]
        assert "<b>" not in item["content_html"]
        assert RFC3339.fullmatch(item["date_published"])


def test_there_is_one_entry_per_change_newest_first_in_both() -> None:
    given = alerts()
    entries = atom_of(given).findall(NS + "entry")
    assert len(entries) == sum(len(alert.history) for alert in given)
    dates = [one(entry, "updated") for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert [one(entry, "id") for entry in entries] == [item["id"] for item in items_of(given)]


def test_the_same_alerts_in_any_order_give_the_same_bytes() -> None:
    given = alerts()
    assert atom.render(given, **FEED) == atom.render(given[::-1], **FEED)
    assert json_feed.render(given, **FEED) == json_feed.render(given[::-1], **FEED)


def test_a_change_adds_an_entry_and_leaves_the_ids_of_the_others() -> None:
    before = letters_alert()
    change = Change(
        at=datetime(2026, 11, 20, tzinfo=UTC), event="dismissed", summary="Dismissed.", by="K. de Boer", reason="x"
    )
    after = msgspec.structs.replace(before, status="dismissed", history=(*before.history, change))
    old, new = items_of([before]), items_of([after])
    assert [item["id"] for item in new[1:]] == [item["id"] for item in old]
    assert new[2:] == old[1:]
    assert "de Boer" not in json.dumps(new)


def test_a_translation_makes_no_new_entries() -> None:
    dutch = items_of(alerts(), lang="nl", rules=RULES)
    assert [item["id"] for item in dutch] == [item["id"] for item in items_of(alerts())]
    assert any("147 brieven naar één sjabloon" in item["title"] for item in dutch)


def test_an_empty_feed_is_dated_by_its_caller() -> None:
    assert one(atom_of([]), "updated") == "2026-11-23T00:00:00Z"
    assert items_of([]) == []


def test_a_feed_id_that_is_no_uri_is_refused() -> None:
    with pytest.raises(ValueError, match="not a URI"):
        atom_of([], feed_id="stemwacht")


@pytest.mark.parametrize(
    ("contact", "name", "reached"),
    [
        ("integriteit@voorbeeld.invalid", "email", "mailto:integriteit@voorbeeld.invalid"),
        ("https://voorbeeld.invalid/contact", "uri", "https://voorbeeld.invalid/contact"),
        ("Postbus 1, Den Haag", None, None),
        (None, None, None),
    ],
)
def test_the_contact_stands_with_the_author_where_it_is_an_address(
    contact: str | None, name: str | None, reached: str | None
) -> None:
    author = atom_of([], contact=contact).find(NS + "author")
    assert author is not None
    told = {child.tag.removeprefix(NS): child.text for child in author}
    assert told == {"name": "Stemwacht"} | ({name: (reached or "").removeprefix("mailto:")} if name else {})
    (written,) = json.loads(json_feed.render([], **(FEED | {"contact": contact})))["authors"]
    assert written.get("url") == reached


def test_a_reply_is_told_and_other_reasons_are_not() -> None:
    alert = letters_alert()
    at = alert.history[-1].at
    said = Change(at=at, event="replied", summary="Those concerned replied.", by="Noor", reason="Wij waren het.")
    seen = Change(at=at, event="dismissed", summary="Dismissed.", by="Noor", reason="Een schoolklas.")
    told = msgspec.structs.replace(alert, history=(*alert.history, said, seen), reply="Wij waren het.")
    texts = [item["content_text"] for item in items_of([told], lang="nl")]
    assert any(text.startswith("De betrokkenen hebben geantwoord.\nWij waren het.") for text in texts)
    assert not any("schoolklas" in text or "Noor" in text for text in texts)
