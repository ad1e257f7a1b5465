"""From a source to the log and the store: what is safe, what is counted, when silence is told."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from alerts.report import render_html
from ingest import MESSAGES, Coverage, Deletion, Message, received, week_of
from ingest.log import Log, Record, SqliteLog
from stemwacht import wiring
from stemwacht.config import Settings
from stemwacht.ledgers import coverage_of, stored_coverage
from stemwacht.pulling import Pulled, pull_source, scheduled
from stemwacht.weekly import iso_week
from store import Document, Store, StoreError
from tests.alerts_out.examples import week
from tests.sources.relay import account, deletion, post, relay
from tests.sources.test_feeds import Clock, item, rss
from tests.sources.web import Reply, Web, web
from tests.stemwacht.house import COMMAND, ROOT, House

START = datetime(2026, 11, 3, 12, tzinfo=UTC)


class Pulls:
    """Log, store and settings, and a clock."""

    def __init__(self, folder: Path, **sources: dict[str, object]) -> None:
        told = {name: dict(table) for name, table in sources.items()}
        paths = {
            "key_file": str(folder / "key"),
            "log": str(folder / "log.sqlite"),
            "store": str(folder / "store.sqlite"),
        }
        self.settings = msgspec.convert(
            {"sources": told, "paths": paths}, Settings, dec_hook=lambda kind, value: kind(value)
        )
        self.log: Log = SqliteLog()
        self.store: Store = wiring.file_store(None)
        self.clock = Clock()

    def pull(self, name: str | None = None) -> Pulled:
        (source,) = scheduled(self.settings, [name] if name else [])
        return pull_source(source, self.log, self.store, self.settings, clock=self.clock)

    def on_the_log(self) -> list[Message | Deletion]:
        return [received(record) for record in self.log.read(MESSAGES, "test", 10_000)]

    def coverage(self) -> dict[str, Coverage]:
        return {ledger.source: ledger for ledger in stored_coverage(self.store)}


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as one:
        yield one


@pytest.fixture
def news(site: Web, tmp_path: Path) -> Iterator[Pulls]:
    """Feeds of one site, that expect to bring something every six hours."""
    table: dict[str, object] = {"kind": "feeds", "urls": (site.at("/rss"),), "quiet_hours": 6}
    pulls = Pulls(tmp_path, news=table)
    yield pulls
    pulls.log.close()
    pulls.store.close()


def test_messages_go_to_the_log_and_the_account_to_the_store(news: Pulls, site: Web) -> None:
    site.pages["/rss"] = rss(item(1), item(2))
    told = news.pull()
    assert (told.error, told.notes, len(told.coverage)) == (None, (), 1)
    assert [record.source for record in news.on_the_log()] == ["news", "news"]
    ledger = news.coverage()["news"]
    assert (ledger.read, ledger.kept, ledger.gaps) == (2, 2, ())
    assert (ledger.first, ledger.last) == (START - timedelta(days=2) + timedelta(hours=1), START - timedelta(hours=46))


def test_many_pulls_add_up_in_one_document_a_day(news: Pulls, site: Web) -> None:
    for number in range(1, 13):
        site.pages["/rss"] = rss(item(number), item(number - 1))
        news.pull()
        news.clock.after(hours=6)
    assert (
        news.coverage()["news"].kept
        == len({record.id for record in news.on_the_log() if isinstance(record, Message)})
        == 13
    )
    assert news.store.count("coverage") == 4


def in_week(news: Pulls, name: str) -> Coverage | None:
    week = iso_week(name, news.settings.ingest.zone)
    return next(iter(coverage_of(news.store, week.start, week.end)), None)


def test_what_is_pulled_of_other_weeks_leaves_the_account_of_a_week_as_it_was(news: Pulls, site: Web) -> None:
    imported = item(5, pubDate="Mon, 02 Mar 2020 12:00:00 GMT")
    site.pages["/rss"] = rss(item(9), item(10), item(11))
    news.pull()
    sunday, monday = in_week(news, "2026-W44"), in_week(news, "2026-W45")
    assert sunday is not None
    assert monday is not None
    assert (sunday.read, sunday.last, monday.read) == (2, START - timedelta(hours=38), 1)
    site.pages["/rss"] = rss(item(11), item(12), imported, item(300, pubDate=""))
    news.pull()
    news.clock.after(days=7)
    site.pages["/rss"] = rss(item(12), item(200))
    news.pull()
    assert in_week(news, "2026-W44") == sunday
    read = {name: in_week(news, name) for name in ("2020-W10", "2026-W45", "2026-W46")}
    assert {name: told and told.read for name, told in read.items()} == {"2020-W10": 1, "2026-W45": 3, "2026-W46": 1}
    assert news.coverage()["news"].read == 7


def test_what_cannot_be_read_counts_in_the_week_of_the_pull(tmp_path: Path) -> None:
    with relay(["kapot", post(2, "Een")]) as network:
        pulls = Pulls(tmp_path, bluesky={"kind": "bluesky", "relay": network.url, "seconds": 4})
        pulls.clock = network.now  # type: ignore[assignment]
        pulls.pull()
        told = in_week(pulls, week_of(network.now(), "Europe/Amsterdam"))
    assert told is not None
    assert (told.read, told.kept, told.rejected) == (2, 1, 1)


def test_in_another_zone_what_follows_is_counted_apart_and_nothing_twice(news: Pulls, site: Web) -> None:
    site.pages["/rss"] = rss(item(10))
    news.pull()
    ingest = msgspec.structs.replace(news.settings.ingest, zone="America/Bogota")
    news.settings = msgspec.structs.replace(news.settings, ingest=ingest)
    site.pages["/rss"] = rss(item(11), item(10))
    news.pull()
    assert news.coverage()["news"].read == 2


class Failing:
    """A log or a store that dies at the nth write, as a process does that is killed there."""

    def __init__(self, real: Log | Store, writes: int) -> None:
        self._real, self._left = real, writes

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def append(self, topic: str, records: list[Record]) -> int:
        self._count()
        return self._real.append(topic, records)  # type: ignore[union-attr]

    def upsert(self, collection: str, documents: list[Document]) -> int:
        self._count()
        return self._real.upsert(collection, documents)  # type: ignore[union-attr]

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise StoreError("died")


@pytest.mark.parametrize("writes", range(6))
@pytest.mark.parametrize("part", ["log", "store"])
def test_a_kill_at_any_write_loses_nothing_and_counts_nothing_twice(
    news: Pulls, site: Web, part: str, writes: int
) -> None:
    site.pages["/rss"] = rss(item(1))
    news.pull()
    site.pages["/rss"] = rss(item(3), item(2), item(1))
    log, store = news.log, news.store
    setattr(news, part, Failing(getattr(news, part), writes))
    with suppress(StoreError):
        news.pull()
    news.log, news.store = log, store
    news.pull()
    ids = [record.id for record in news.on_the_log() if isinstance(record, Message)]
    assert len(set(ids)) == 3
    assert (news.coverage()["news"].kept, news.coverage()["news"].read) == (3, 3)


def test_silence_is_a_gap_that_grows_and_ends(news: Pulls, site: Web) -> None:
    site.pages["/rss"] = rss(item(1))
    news.pull()
    for _ in range(3):
        news.clock.after(hours=5)
        news.pull()
    (gap,) = news.coverage()["news"].gaps
    assert (gap.source, gap.start, gap.end, gap.reason) == (
        "news",
        START,
        START + timedelta(hours=15),
        "nothing came in",
    )
    site.pages["/rss"] = rss(item(2), item(1))
    news.clock.after(hours=5)
    news.pull()
    news.clock.after(hours=5)
    news.pull()
    assert news.coverage()["news"].gaps == (gap,)


def test_a_source_that_never_brought_anything_is_silent_since_it_was_set_up(news: Pulls, site: Web) -> None:
    site.pages["/rss"] = rss()
    news.pull()
    assert news.coverage() == {}
    news.clock.after(hours=7)
    news.pull()
    (gap,) = news.coverage()["news"].gaps
    assert (gap.start, gap.end) == (START, START + timedelta(hours=7))


def test_out_of_reach_is_a_gap_until_what_was_missed_has_come(news: Pulls, site: Web) -> None:
    site.pages["/rss"] = rss(item(1))
    news.pull()
    site.pages["/rss"] = Reply(status=503)
    for _ in range(2):
        news.clock.after(hours=7)
        assert "HTTP 503" in (news.pull().error or "")
    (gap,) = news.coverage()["news"].gaps
    assert (gap.start, gap.end, gap.reason) == (START, START + timedelta(hours=14), "it could not be reached")
    site.pages["/rss"] = rss(item(3), item(2), item(1))
    news.clock.after(hours=7)
    news.pull()
    assert (news.coverage()["news"].gaps, news.coverage()["news"].kept) == ((), 3)


def test_what_could_not_be_read_stands_beside_the_log(tmp_path: Path) -> None:
    with relay([post(1, "Een"), "kapot", post(3, "Drie")]) as network:
        pulls = Pulls(tmp_path, bluesky={"kind": "bluesky", "relay": network.url, "seconds": 8})
        pulls.clock = network.now  # type: ignore[assignment]
        pulls.pull()
    (line,) = (tmp_path / "rejects-bluesky.jsonl").read_text().splitlines()
    told = json.loads(line)
    assert (told["file"], told["row"], told["reason"]) == ("bluesky", 2, "the frame is no JSON")


def test_two_workers_do_not_pull_one_source(news: Pulls, site: Web) -> None:
    site.pages["/rss"] = rss(item(1))
    news.store.claim("pull news", "another machine/1/1", 60)
    assert "another worker is pulling 'news'" in (news.pull().error or "")
    assert site.asked == []


@pytest.mark.parametrize(
    ("sources", "names", "words"),
    [
        ({}, [], "no source is configured; add a table [sources.NAME]"),
        ({"news": {"kind": "feeds", "urls": ("https://a.example",)}}, ["nwes"], "no source 'nwes'; there are: news"),
        ({"news": {"kind": "feedz"}}, [], "no kind of source 'feedz'; did you mean 'feeds'? there are: bluesky"),
        ({"news": {"urls": ("https://a.example",)}}, [], "does not say of which kind it is"),
        (
            {"inbox": {"kind": "folder", "path": "x", "every_minutes": 0}},
            [],
            "every_minutes: expected a number above 0",
        ),
        (
            {"inbox": {"kind": "folder", "path": "x", "quiet_hours": "veel"}},
            [],
            "quiet_hours: expected a number above 0",
        ),
    ],
)
def test_a_mistake_in_the_configuration(
    tmp_path: Path, sources: dict[str, dict[str, object]], names: list[str], words: str
) -> None:
    with pytest.raises(ValueError, match="source") as error:
        scheduled(Pulls(tmp_path, **sources).settings, names)
    assert words in str(error.value)


def test_how_often_and_how_long_silent_come_from_the_table_or_the_kind(tmp_path: Path) -> None:
    pulls = Pulls(
        tmp_path,
        a={"kind": "folder", "path": "x"},
        b={"kind": "folder", "path": "x", "every_minutes": 1, "quiet_hours": 2},
    )
    assert [(one.name, one.every_minutes, one.quiet_hours) for one in scheduled(pulls.settings)] == [
        ("a", 15.0, 168.0),
        ("b", 1.0, 2.0),
    ]


def house_with(folder: Path, **sources: dict[str, object]) -> House:
    environment = {f"STEMWACHT_SOURCES__{name.upper()}": json.dumps(table) for name, table in sources.items()}
    return House(folder, **environment)


def test_the_command(tmp_path: Path, site: Web) -> None:
    site.pages["/rss"] = rss(item(1), item(2))
    (tmp_path / "inbox").mkdir()
    sources: dict[str, dict[str, object]] = {
        "news": {"kind": "feeds", "urls": [site.at("/rss")]},
        "inbox": {"kind": "folder", "path": "inbox"},
    }
    house = house_with(tmp_path, **sources)
    told = house.well("pull")
    assert "news: Read 2 = 2 kept" in told.out
    assert "On the log." in told.out
    again = house.well("pull", "news", "--json").json
    assert [(one["source"], one["coverage"], one["error"]) for one in again] == [("news", [], None)]
    house.well("watch", "--once")
    assert "news: 2 read, 2 kept" in house.well("status").out
    failed = house.run("pull", "nwes")
    assert (failed.code, failed.complaint) == (4, "stemwacht: no source 'nwes'; there are: inbox, news")
    site.pages.clear()
    house.folder.joinpath("inbox").rename(tmp_path / "elsewhere")
    failed = house.run("pull")
    assert failed.code == 3
    assert "stemwacht: inbox: no folder inbox; make it" in failed.err


def test_what_is_taken_back_leaves_the_store(tmp_path: Path) -> None:
    with relay([post(1, "Een bericht dat blijft", did="did:plc:a"), post(2, "Een bericht dat gaat")]) as network:
        network.frames.append(post(3, "Van wie vertrekt", did="did:plc:weg"))
        table: dict[str, object] = {"kind": "bluesky", "relay": network.url, "seconds": 4}
        house = house_with(tmp_path, bluesky=table)
        house.well("pull")
        house.well("watch", "--once")
        store = wiring.file_store(tmp_path / "data" / "store.sqlite")
        assert store.count("messages") == 3
        network.frames += [deletion(4, "r2"), account(5, "did:plc:weg", active=False, status="deleted")]
        house.well("pull")
        house.well("watch", "--once")
        (left,) = store.find("messages")
        assert left.text == "Een bericht dat blijft"
        store.close()


@pytest.mark.slow
def test_killed_while_it_follows_and_started_again_it_has_everything_once(tmp_path: Path) -> None:
    with relay([post(number, f"Bericht {number}") for number in range(1, 40)]) as network:
        table: dict[str, object] = {"kind": "bluesky", "relay": network.url, "seconds": 3}
        house = house_with(tmp_path, bluesky=table)
        for _ in range(2):
            running = house.start("pull", "--follow")
            asked = len(network.asked)
            deadline = time.monotonic() + 60
            while len(network.asked) == asked and time.monotonic() < deadline:
                time.sleep(0.05)
            time.sleep(0.3)
            network.frames += [post(len(network.frames) + 1, f"Bericht {len(network.frames) + 1}")]
            running.send_signal(signal.SIGKILL)
            running.wait()
        house.well("pull")
        house.well("watch", "--once")
        store = wiring.file_store(tmp_path / "data" / "store.sqlite")
        assert store.count("messages") == 41
        assert {ledger.kept for ledger in stored_coverage(store)} == {41}
        store.close()


def test_following_tells_of_every_batch_and_goes_on_past_a_dead_source(tmp_path: Path) -> None:
    with relay([post(1, "Een")]) as network:
        sources: dict[str, dict[str, object]] = {
            "bluesky": {"kind": "bluesky", "relay": network.url},
            "inbox": {"kind": "folder", "path": "nergens"},
        }
        house = house_with(tmp_path, **sources)
        with subprocess.Popen(
            [sys.executable, "-c", COMMAND, "pull", "--follow", "--json"],
            cwd=tmp_path,
            env={**os.environ, **house.environment, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        ) as running:
            assert running.stdout is not None
            lines = [json.loads(running.stdout.readline()) for _ in range(2)]
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=60) == 130
    by_source = {line["source"]: line for line in lines}
    assert "no folder nergens" in by_source["inbox"]["error"]
    assert by_source["bluesky"]["coverage"][0]["kept"] == 1


def test_gaps_of_a_source_are_in_the_report(news: Pulls, site: Web) -> None:
    site.pages["/rss"] = rss(item(1))
    news.pull()
    news.clock.after(hours=30)
    news.pull()
    page = render_html(week((), lang="en", coverage=tuple(news.coverage().values())))
    for words in ("nothing came in", "3 Nov 2026, 13:00", "4 Nov 2026, 19:00"):
        assert words in page
