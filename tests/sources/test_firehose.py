"""Bluesky by the repository stream, read from a real personal data server."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import libipld
import pytest

from ingest.sources.atmosphere.cursor import Cursor
from tests.engines.fixtures import skipping
from tests.sources.pds.server import PersonalDataServer
from tests.sources.pulled import Puller, pseudonym
from tests.sources.relay import POST, event, relay

pytestmark = pytest.mark.engines
NUMBERS = count()
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PersonalDataServer]:
    with skipping():
        started = PersonalDataServer(tmp_path_factory.mktemp("pds"))
        started.__enter__()
    try:
        yield started
    finally:
        started.__exit__(None, None, None)


def after(server: PersonalDataServer, **options: object) -> Puller:
    """One that has seen all there is, from the first event on."""
    options = {"transport": "firehose", "relay": server.relay, "seconds": 60.0, **options}
    one = Puller("bluesky", options)
    one.cursor = Cursor(transport="firehose", relay=server.relay, at=0, time_us=1).text
    last(one)
    server.account(f"after{next(NUMBERS)}")
    one.pull()
    return one


def last(source: Puller) -> None:
    """What is done next is the last thing that the next pull waits for."""
    now = datetime.now(UTC)
    source.clock = lambda: now


def test_what_a_server_holds_comes_from_its_stream(server: PersonalDataServer) -> None:
    marie, jan = server.account("marie"), server.account("jan")
    source = after(server, reposts=True)
    picture = jan.upload(PICTURE)
    tag = {"$type": "app.bsky.richtext.facet#tag", "tag": "TK2026"}
    images = {"$type": "app.bsky.embed.images", "images": [{"alt": "", "image": picture}]}
    first = marie.post(
        "Kijk @jan.test #TK2026", facets=[{"index": {"byteStart": 15, "byteEnd": 22}, "features": [tag]}]
    )
    second = jan.post("Met plaatje", embed=images)
    last(source)
    third = jan.repost(first, marie.cids[first])
    came = source.pull()
    assert [one.native_id.rpartition("/")[2] for one in came.messages] == [
        uri.rpartition("/")[2] for uri in (first, second, third)
    ]
    post, pictured, repost = came.messages
    assert (post.author, post.hashtags, post.language) == (pseudonym(marie.did), ("tk2026",), "nl")
    assert pictured.media == (picture["ref"]["$link"],)
    assert (repost.kind, repost.repost_of, repost.repost_author) == ("share", post.id, pseudonym(marie.did))
    for name in (marie.did, jan.did, marie.handle, jan.handle):
        assert name not in came.leaving


def test_the_same_post_has_the_same_id_by_either_stream(server: PersonalDataServer) -> None:
    account = server.account("piet")
    source = after(server)
    last(source)
    uri = account.post("Hallo")
    (message,) = source.pull().messages
    record = {"$type": POST, "createdAt": "2026-11-03T12:00:00Z", "text": "Hallo", "langs": ["nl"]}
    told = event(1, "create", uri.rpartition("/")[2], record, did=account.did)
    with relay([told]) as network:
        (other,) = Puller("bluesky", {"relay": network.url}, clock=network.now).pull().messages
    assert (other.id, other.native_id, other.author) == (message.id, message.native_id, message.author)


def test_a_cursor_goes_on_where_it_was_and_a_killed_pull_brings_the_same(server: PersonalDataServer) -> None:
    account = server.account("wil")
    source = after(server)
    account.post("Een")
    last(source)
    account.post("Twee")
    cut = source.pull(until=0)
    again = source.pull()
    assert cut.ids == again.ids
    assert again.texts == ["Een", "Twee"]
    last(source)
    account.post("Drie")
    assert source.pull().texts == ["Drie"]


def test_what_is_taken_back(server: PersonalDataServer) -> None:
    leaving, expelled, stays = server.account("weg"), server.account("uit"), server.account("blijft")
    source = after(server)
    last(source)
    uri = stays.post("Hier spijt van")
    (message,) = source.pull().messages
    stays.delete(uri)
    server.remove(leaving)
    last(source)
    server.take_down(expelled)
    came = source.pull()
    assert [(one.author, one.message_ids, one.every_message) for one in came.deletions] == [
        (pseudonym(stays.did), (message.id,), False),
        (pseudonym(leaving.did), (), True),
        (pseudonym(expelled.did), (), True),
    ]


def test_a_cursor_of_another_server_is_a_gap(server: PersonalDataServer) -> None:
    source = after(server)
    assert source.cursor
    source.cursor = source.cursor.replace(server.relay, "wss://elsewhere.example")
    came = next(source.batches())
    (gap,) = [gap for ledger in came.coverage for gap in ledger.gaps]
    assert gap.reason == "it was read from another place, which does not tell what came before"


def test_a_cursor_ahead_of_the_server_is_a_gap_and_not_the_end(server: PersonalDataServer) -> None:
    source = after(server)
    assert source.cursor
    source.cursor = source.cursor.replace('"at":', '"at":99')
    came = next(source.batches())
    (gap,) = [gap for ledger in came.coverage for gap in ledger.gaps]
    assert gap.reason == "it was read from another place, which does not tell what came before"


def test_frames_that_are_no_events_are_rejects() -> None:
    with relay(["tekst", b"\xa1", b"", b"\xa2atg#commitbop\x01\xa0"]) as network:
        came = Puller("bluesky", {"transport": "firehose", "relay": network.url, "seconds": 0.9}).pull()
    assert [one.row for one in came.rejects] == [1, 2, 3, 4]


def test_a_stream_that_keeps_nothing_so_old_says_so() -> None:
    outdated = _frame({"op": 1, "t": "#info"}, {"name": "OutdatedCursor"})
    account = {
        "seq": 9,
        "did": "did:plc:demo",
        "time": "2026-11-03T12:00:00.000Z",
        "active": False,
        "status": "deleted",
    }
    with relay([outdated, _frame({"op": 1, "t": "#account"}, account)]) as network:
        source = Puller("bluesky", {"transport": "firehose", "relay": network.url, "seconds": 60.0}, clock=network.now)
        source.cursor = Cursor(transport="firehose", relay=network.url, at=1, time_us=10**15).text
        came = source.pull()
    (gap,) = came.gaps
    assert gap.reason == "what was published then is kept there no longer"
    assert (gap.start, gap.end) == (datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC), datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert came.deletions[0].author == pseudonym("did:plc:demo")


def test_a_stream_without_an_event_has_no_cursor_and_says_what_that_means() -> None:
    with relay() as network:
        source = Puller("bluesky", {"transport": "firehose", "relay": network.url, "seconds": 0.6})
        came = source.pull()
    assert source.cursor == ""
    assert "no event came" in came.notes[0]


def _frame(header: dict[str, object], body: dict[str, object]) -> bytes:
    return libipld.encode_dag_cbor(header) + libipld.encode_dag_cbor(body)
