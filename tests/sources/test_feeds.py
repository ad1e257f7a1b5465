"""Feeds over HTTP, from a real server that plays what servers do."""

import gzip
import threading
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.pulled import Came, Puller, pseudonym
from tests.sources.web import Reply, Web, web

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


class Clock:
    """Time that goes on when told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def after(self, **passed: float) -> None:
        self.now += timedelta(**passed)


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as one:
        yield one


def item(number: int, text: str = "", **fields: str) -> str:
    """An entry of RSS, an hour after the one of the number before."""
    told = {
        "guid": f"https://nieuws.example/{number}",
        "link": f"https://nieuws.example/{number}?utm_source=rss",
        "title": f"Bericht {number}",
        "description": text or f"De tekst van bericht {number}",
        "pubDate": format_datetime(NOW - timedelta(days=2) + timedelta(hours=number), usegmt=True),
        **fields,
    }
    return f"<item>{''.join(f'<{name}>{value}</{name}>' for name, value in told.items() if value)}</item>"


def rss(*items: str, title: str = "Nieuws", **headers: str) -> Reply:
    body = f'<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'
    return Reply(body.encode(), headers={"Content-Type": "application/rss+xml", **headers})


def puller(site: Web, *paths: str, clock: Clock | None = None, **options: object) -> Puller:
    urls = tuple(site.at(path) for path in paths or ("/rss",))
    return Puller("feeds", {"urls": urls, **options}, clock=clock or Clock())


def test_an_entry_as_a_message(site: Web) -> None:
    text = "&lt;p&gt;Mail w.zonneveld@post.nl &amp;amp; &lt;a href=&quot;https://a.example/x&quot;&gt;lees&lt;/a&gt;&lt;/p&gt;"
    site.pages["/rss"] = rss(item(1, text, author="redactie@nieuws.example (Wim Zonneveld)", category="stad"))
    came = puller(site).pull()
    (message,) = came.messages
    assert message.text == "Bericht 1\n\nMail [e-mail] & lees"
    assert (message.author, message.channel, message.kind) == (pseudonym("Wim Zonneveld"), "Nieuws", "post")
    assert (message.published, message.published_precision) == (NOW - timedelta(days=2) + timedelta(hours=1), "second")
    assert message.received == NOW
    assert message.links == ("https://nieuws.example/1", "https://a.example/x")
    assert message.native_id == "https://nieuws.example/1"
    for name in ("zonneveld", "post.nl", "redactie@"):
        assert name not in came.leaving


def test_atom_with_its_own_words(site: Web) -> None:
    site.pages["/atom"] = Reply(
        b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl"><title>Blog</title>
        <entry><id>urn:uuid:1</id><title type="html">Caf&amp;eacute;</title><updated>2026-11-03T10:00:00+01:00</updated>
        <author><name>Marie</name></author><link href="/1"/><summary>kort</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Een <b>lang</b> verhaal</div></content></entry>
        </feed>"""
    )
    (message,) = puller(site, "/atom", channel="Blogs").pull().messages
    assert message.text == "Café\n\nEen lang verhaal"
    assert (message.channel, message.language, message.author) == ("Blogs", "nl", pseudonym("Marie"))
    assert message.published == datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert message.links == (site.at("/1"),)


def test_what_is_unchanged_is_not_sent_again(site: Web) -> None:
    def page(headers: Mapping[str, str]) -> Reply:
        if headers.get("If-None-Match") == '"v1"':
            return Reply(status=304)
        return rss(item(1), ETag='"v1"', **{"Last-Modified": "Tue, 03 Nov 2026 11:00:00 GMT"})

    site.pages["/rss"] = page
    source = puller(site)
    first, second = source.pull(), source.pull()
    assert (len(first.messages), second.messages, second.count("read")) == (1, [], 0)
    assert site.asked[1][1]["If-Modified-Since"] == "Tue, 03 Nov 2026 11:00:00 GMT"


def test_only_what_is_new_is_taken_from_a_feed_that_knows_no_versions(site: Web) -> None:
    site.pages["/rss"] = rss(item(2), item(1))
    source = puller(site)
    assert source.pull().texts == ["Bericht 1\n\nDe tekst van bericht 1", "Bericht 2\n\nDe tekst van bericht 2"]
    site.pages["/rss"] = rss(item(3), item(2))
    came = source.pull()
    assert [one.native_id for one in came.messages] == ["https://nieuws.example/3"]
    assert (came.count("read"), came.gaps) == (1, [])
    site.pages["/rss"] = rss(item(3), item(1))  # an older version, as from another machine of the same site
    assert source.pull().messages == []


def test_a_changed_entry_replaces_the_message(site: Web) -> None:
    site.pages["/rss"] = rss(item(1, "Eerste versie"))
    source = puller(site)
    first = source.pull()
    site.pages["/rss"] = rss(item(1, "Verbeterde versie"))
    second = source.pull()
    assert first.ids == second.ids
    assert second.texts == ["Bericht 1\n\nVerbeterde versie"]
    assert (second.count("kept"), second.others) == (0, {"newer version": 1})


def test_one_entry_in_two_feeds_is_one_message(site: Web) -> None:
    site.pages |= {"/a": rss(item(1), title="A"), "/b": rss(item(1), item(2), title="B")}
    came = puller(site, "/a", "/b").pull()
    assert len(came.ids) == len(set(came.ids)) == came.count("kept") == 2


def test_own_ids_of_two_feeds_are_told_apart(site: Web) -> None:
    short = {"guid": "", "link": ""}
    site.pages |= {
        path: rss(item(1, f"In {path}", **short).replace("<item>", '<item><guid isPermaLink="false">7</guid>'))
        for path in ("/a", "/b")
    }
    assert len(set(puller(site, "/a", "/b").pull().ids)) == 2


def test_entries_without_id_date_or_text(site: Web) -> None:
    bare = "<item><title>Alleen een kop</title></item>"
    site.pages["/rss"] = rss(bare, bare, item(1, pubDate="gisteren"), item(2, pubDate="2026-11-02"), "<item></item>")
    source = puller(site)
    came = source.pull()
    by_text = {one.text.partition("\n")[0]: one for one in came.messages}
    assert by_text["Alleen een kop"].published is None
    assert by_text["Bericht 1"].published is None
    assert (by_text["Bericht 2"].published, by_text["Bericht 2"].published_precision) == (
        datetime(2026, 11, 2, tzinfo=UTC),
        "day",
    )
    assert came.count("duplicate") == 1
    assert source.pull().messages == []


@pytest.mark.parametrize(
    ("encoding", "header", "declared"),
    [
        ("windows-1252", "text/xml", True),
        ("iso-8859-1", "application/rss+xml; charset=iso-8859-1", False),
        ("utf-16", "application/xml", True),
        ("utf-8", "text/html", False),
        ("utf-8", "", True),
    ],
)
def test_encodings(site: Web, encoding: str, header: str, declared: bool) -> None:
    start = f'<?xml version="1.0" encoding="{encoding}"?>' if declared else ""
    body = f'{start}<rss version="2.0"><channel><title>x</title>{item(1, "Één café, naïef")}</channel></rss>'
    site.pages["/rss"] = Reply(body.encode(encoding), headers={"Content-Type": header})
    assert puller(site).pull().texts == ["Bericht 1\n\nÉén café, naïef"]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
def test_packed_answers(site: Web, encoding: str) -> None:
    body = rss(item(1)).body
    raw = zlib.compressobj(wbits=-15)
    packed = {"gzip": gzip.compress(body), "deflate": zlib.compress(body), "raw": raw.compress(body) + raw.flush()}[
        encoding
    ]
    name = "deflate" if encoding == "raw" else encoding
    site.pages["/rss"] = Reply(packed, headers={"Content-Encoding": name})
    assert len(puller(site).pull().messages) == 1


FAILING = {
    "server error": (Reply(status=500), "HTTP 500"),
    "not there": (Reply(status=404), "nothing at that address"),
    "forbidden": (Reply(status=403), "refuses to be read"),
    "password": (Reply(status=401), "asks for a password"),
    "a web page": (Reply(b"<html><body>Hallo</body></html>", headers={"Content-Type": "text/html"}), "no RSS or Atom"),
    "nothing": (Reply(b""), "no RSS or Atom"),
    "bytes": (Reply(bytes(range(256)) * 40), "no RSS or Atom"),
    "large": (Reply(b"x" * ((16 << 20) + 1)), "larger than 16 MB"),
    "swelling": (Reply(gzip.compress(bytes(64 << 20)), headers={"Content-Encoding": "gzip"}), "larger than 16 MB"),
    "damaged": (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "packed and damaged"),
    "cut when packed": (Reply(gzip.compress(bytes(999))[:-9], headers={"Content-Encoding": "gzip"}), "breaks off"),
    "another packing": (Reply(b"x", headers={"Content-Encoding": "br"}), "packed as 'br'"),
    "cut": (Reply(rss(item(1)).body, cut=50), "no proper HTTP"),
    "a loop": (Reply(status=302, headers={"Location": "/rss"}), "redirects more than 5 times"),
    "to a file": (Reply(status=301, headers={"Location": "file:///etc/passwd"}), "redirects to a file address"),
    "inside": (Reply(status=302, headers={"Location": "http://10.0.0.1/latest"}), "private network"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAILING)
def test_a_feed_that_fails_says_why_and_the_others_are_read(site: Web, name: str) -> None:
    reply, words = FAILING[name]
    site.pages |= {"/rss": reply, "/good": rss(item(1))}
    came = puller(site, "/rss", "/good").pull()
    assert len(came.messages) == 1
    assert words in came.notes[0]
    assert came.notes[0].startswith(f"{site.url.removeprefix('http://')}/rss: ")


def test_when_none_can_be_read_it_is_an_error(site: Web) -> None:
    assert "nothing at that address" in puller(site).pull(fails=True).error


def test_a_server_that_is_not_there() -> None:
    with web() as gone:
        source = puller(gone)
    assert "no connection" in source.pull(fails=True).error


def test_a_server_that_does_not_answer(site: Web) -> None:
    patience = threading.Event()

    def page(headers: Mapping[str, str]) -> Reply:
        patience.wait(5)
        return rss(item(1))

    site.pages["/rss"] = page
    assert "no answer within 0.2 seconds" in puller(site, timeout_seconds=0.2).pull(fails=True).error
    patience.set()


def test_a_redirect_is_followed_and_one_for_good_is_told(site: Web) -> None:
    site.pages |= {
        "/rss": Reply(status=301, headers={"Location": "/new?key=geheim"}),
        "/new?key=geheim": Reply(status=308, headers={"Location": site.at("/newer")}),
        "/newer": rss(item(1)),
    }
    came = puller(site).pull()
    assert len(came.messages) == 1
    host = site.url.removeprefix("http://")
    assert came.notes == [f"{host}/rss has moved for good to {host}/newer; write that in urls"]
    site.pages["/rss"] = Reply(status=302, headers={"Location": "/newer"})
    assert puller(site).pull().notes == []


def test_what_is_secret_in_an_address_is_told_nowhere(site: Web) -> None:
    address = site.url.replace("http://", "http://marie:wachtwoord@")
    source = Puller("feeds", {"urls": (f"{address}/rss?key=geheim",)})
    came = source.pull(fails=True)
    told = f"{came.leaving}{came.error}{source.cursor}"
    assert "geheim" not in told
    assert "wachtwoord" not in told
    assert "marie" not in told


@pytest.mark.parametrize(
    ("retry_after", "too_early", "late_enough"),
    [(None, 240, 301), ("1200", 1100, 1201), ("Tue, 03 Nov 2026 12:20:00 GMT", 1100, 1201), ("straks", 240, 301),
     ("99999999999", 86_000, 86_401)],
)  # fmt: skip
def test_a_server_that_asks_for_a_pause_is_left_alone(
    site: Web, retry_after: str | None, too_early: float, late_enough: float
) -> None:
    clock = Clock()
    site.pages["/rss"] = Reply(status=429, headers={"Retry-After": retry_after} if retry_after else {})
    source = puller(site, clock=clock)
    assert "HTTP 429" in source.pull(fails=True).error
    clock.now = NOW + timedelta(seconds=too_early)
    source.pull(fails=True)
    assert len(site.asked) == 1
    clock.now = NOW + timedelta(seconds=late_enough)
    site.pages["/rss"] = rss(item(1))
    assert len(source.pull().messages) == 1


def test_the_pause_doubles_up_to_six_hours(site: Web) -> None:
    clock = Clock()
    source = puller(site, clock=clock)
    source.pull(fails=True)
    for number, minutes in enumerate((5, 10, 20, 40, 80, 160, 320, 360, 360), 1):
        clock.after(minutes=minutes - 1)
        source.pull(fails=True)
        assert len(site.asked) == number
        clock.after(minutes=1)
        source.pull(fails=True)
        assert len(site.asked) == number + 1


def test_a_feed_that_is_gone_is_a_gap_until_it_is_back(site: Web) -> None:
    clock = Clock()
    site.pages |= {"/rss": rss(item(1)), "/good": rss(item(2))}
    source = puller(site, "/rss", "/good", clock=clock)
    source.pull()
    clock.after(hours=1)
    site.pages["/rss"] = Reply(status=410)
    came = source.pull()
    (gap,) = came.gaps
    assert (gap.start, gap.end, gap.reason) == (NOW, None, "it is gone")
    assert gap.source.startswith("test: 127.0.0.1")
    assert "take it out of urls" in came.notes[0]
    asked = len(site.asked)
    clock.after(hours=1)
    source.pull()
    assert [path for path, _ in site.asked[asked:]] == ["/good"]
    clock.after(days=1)
    site.pages["/rss"] = rss(item(1), item(3))
    came = source.pull()
    (gap,) = came.gaps
    assert (gap.start, gap.end, gap.reason) == (NOW, clock.now, "it is gone")
    assert len(came.messages) == 1


def test_a_feed_that_fails_for_a_day_is_a_gap_that_grows(site: Web) -> None:
    clock = Clock()
    site.pages |= {"/rss": rss(item(1)), "/good": rss(item(2))}
    source = puller(site, "/rss", "/good", clock=clock)
    source.pull()
    del site.pages["/rss"]
    told = []
    for _ in range(3):
        clock.after(hours=20)
        told += source.pull().gaps
    assert [(gap.start, gap.end) for gap in told] == [(NOW, NOW + timedelta(hours=hours)) for hours in (40, 60)]


def test_a_feed_that_has_moved_on_further_than_it_shows_is_a_gap(site: Web) -> None:
    clock = Clock()
    site.pages["/rss"] = rss(item(2), item(1))
    source = puller(site, clock=clock)
    source.pull()
    clock.after(days=3)
    site.pages["/rss"] = rss(item(90), item(89))
    (gap,) = source.pull().gaps
    assert (gap.start, gap.reason) == (NOW, "more was published between two readings than it shows")
    assert gap.end == NOW - timedelta(days=2) + timedelta(hours=89)


def test_ids_that_change_at_every_reading_make_nothing_new(site: Web) -> None:
    site.pages["/rss"] = rss(item(1, guid="https://nieuws.example/x?session=1"))
    source = puller(site)
    source.pull()
    site.pages["/rss"] = rss(item(1, guid="https://nieuws.example/x?session=2"))
    came = source.pull()
    assert (came.messages, came.gaps) == ([], [])


def test_entities_do_not_swell_and_open_no_files(site: Web) -> None:
    bomb = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10 if at else "lol" * 100}">' for at in range(9))
    outside = '<!ENTITY f SYSTEM "file:///etc/passwd">'
    kind = f'<?xml version="1.0"?><!DOCTYPE rss [{bomb}{outside}]>'
    body = f'{kind}<rss version="2.0"><channel><title>x</title>{item(1, "a &l8; b &f; c")}</channel></rss>'
    site.pages["/rss"] = Reply(body.encode())
    (message,) = puller(site).pull().messages
    assert len(message.text) < 1000
    assert "root:" not in message.text


def test_a_feed_that_was_cut_short_gives_what_is_whole(site: Web) -> None:
    whole = rss(item(1), item(2)).body
    site.pages["/rss"] = Reply(whole[: whole.index(b"<title>Bericht 2") + 10])
    assert "Bericht 1\n\nDe tekst van bericht 1" in puller(site).pull().texts


def test_killed_between_two_feeds_it_brings_the_same_again(site: Web) -> None:
    site.pages |= {"/a": rss(item(1)), "/b": rss(item(2))}
    source = puller(site, "/a", "/b")
    cut = source.pull(until=0)
    again = source.pull()
    assert cut.ids == again.ids[:1]
    assert again.count("kept") == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=6)), min_size=1, max_size=5))
def test_damaged_feeds_are_read_or_told_of(site: Web, damage: list[tuple[int, bytes]]) -> None:
    body = rss(item(1, author="Marie Zonneveld"), item(2)).body
    for at, change in damage:
        body = body[:at] + change + body[at + len(change) :]
    site.pages |= {"/rss": Reply(body), "/good": rss(item(3))}
    came: Came = puller(site, "/rss", "/good").pull()
    assert came.messages
    assert came.count("read") == came.count("kept") + came.count("rejected") + came.count("duplicate") + sum(
        came.others.values()
    )
