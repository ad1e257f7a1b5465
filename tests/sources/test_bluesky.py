"""Bluesky by the Jetstream: cursors, what breaks off, what is chosen, what is taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.atmosphere import Selection
from tests.formats.taking_in import SAMPLES, Taken
from tests.sources.pulled import Puller, pseudonym
from tests.sources.relay import Relay, account, deletion, event, post, present, relay, time_us

SAMPLE = SAMPLES / "09_bluesky_jetstream.jsonl"


@pytest.fixture
def network() -> Iterator[Relay]:
    with relay() as one:
        yield one


def puller(network: Relay, *, follow: bool = False, **options: object) -> Puller:
    return Puller("bluesky", {"relay": network.url, "seconds": 8.0, **options}, follow=follow, clock=network.now)


def moment(number: int) -> datetime:
    return datetime.fromtimestamp(time_us(number) / 1e6, UTC)


def test_a_stream_gives_the_messages_that_a_file_of_it_gives(network: Relay, tmp_path: Path) -> None:
    network.frames = [line for line in SAMPLE.read_text().splitlines() if line]
    came = puller(network, reposts=True).pull()
    taken = Taken(SAMPLE, tmp_path)
    assert [(one.text, one.author, one.published, one.links, one.hashtags) for one in came.messages] == [
        (one.text, one.author, one.published, one.links, one.hashtags) for one in taken.messages
    ]
    assert [one.native_id for one in came.messages] == [one.native_id for one in taken.messages]
    assert {one.source for one in came.messages} == {"test"}


def test_only_posts_are_asked_for_and_reposts_on_request(network: Relay) -> None:
    network.frames = [post(1, "Een")]
    puller(network).pull()
    puller(network, reposts=True).pull()
    assert network.asked[0]["wantedCollections"] == ["app.bsky.feed.post"]
    assert network.asked[1]["wantedCollections"] == ["app.bsky.feed.post", "app.bsky.feed.repost"]
    assert "cursor" not in network.asked[0]


def test_the_next_pull_rewinds_a_little_and_takes_nothing_twice(network: Relay) -> None:
    network.frames = [post(number, f"Bericht {number}") for number in range(1, 8)]
    source = puller(network)
    first = source.pull()
    network.frames += [post(8, "Bericht 8"), deletion(9, "r7")]
    second = source.pull()
    assert (len(first.messages), second.texts) == (7, ["Bericht 8"])
    assert network.asked[1]["cursor"] == [str(time_us(7) - 5_000_000)]
    assert (first.count("read"), second.count("read"), second.count("kept")) == (7, 2, 1)


def test_what_comes_late_within_the_rewound_time_is_taken(network: Relay) -> None:
    network.frames = [post(1, "Een"), post(4, "Vier")]
    source = puller(network)
    source.pull()
    network.frames = [post(1, "Een"), post(3, "Drie, te laat"), post(4, "Vier"), post(5, "Vijf")]
    assert source.pull().texts == ["Drie, te laat", "Vijf"]


@pytest.mark.parametrize("breaks", [[0], [3], [1, 2, 5]])
def test_a_stream_that_breaks_off_loses_and_doubles_nothing(network: Relay, breaks: list[int]) -> None:
    network.frames = [post(number, f"Bericht {number}") for number in range(1, 7)]
    network.breaks = list(breaks)
    came = puller(network, seconds=60.0).pull()
    assert sorted(came.texts) == [f"Bericht {number}" for number in range(1, 7)]
    assert (came.count("kept"), came.count("duplicate"), len(network.asked)) == (6, 0, len(breaks) + 1)


def test_killed_before_its_cursor_was_kept_it_brings_the_same_again(network: Relay) -> None:
    network.frames = [post(number, f"Bericht {number}") for number in range(1, 4)]
    source = puller(network)
    cut, again = source.pull(until=0), source.pull()
    assert cut.ids == again.ids
    assert again.count("kept") == 3


def test_deletions_bear_the_id_and_the_pseudonym_of_what_they_take_back(network: Relay) -> None:
    network.frames = [post(1, "Hallo"), deletion(2, "r1"), account(3, "did:plc:demo", active=False, status="deleted")]
    came = puller(network).pull()
    (message,) = came.messages
    one, every = came.deletions
    assert (one.message_ids, one.author, one.every_message) == ((message.id,), message.author, False)
    assert (every.message_ids, every.author, every.every_message) == ((), message.author, True)
    assert came.batches[0].records == (message, one, every)
    assert came.others == {"deletion": 1, "account event": 1}


@pytest.mark.parametrize(
    ("active", "status", "taken_back"),
    [(False, "takendown", 1), (False, "deactivated", 0), (False, "suspended", 0), (True, None, 0), (False, None, 0)],
)
def test_an_account_that_may_come_back_is_left(
    network: Relay, active: bool, status: str | None, taken_back: int
) -> None:
    network.frames = [account(1, "did:plc:demo", active=active, status=status)]
    came = puller(network).pull()
    assert (len(came.deletions), came.others) == (taken_back, {"account event": 1})


def test_a_newer_version_replaces_the_message_and_counts_once(network: Relay) -> None:
    text = {"$type": "app.bsky.feed.post", "createdAt": "2025-03-20T18:00:00Z", "text": "Verbeterd"}
    network.frames = [post(1, "Verbeetrd"), event(2, "update", "r1", text, did="did:plc:demo")]
    came = puller(network).pull()
    assert came.ids == [came.ids[0]] * 2
    assert (came.count("kept"), came.others) == (1, {"newer version": 1})


def test_a_cursor_older_than_what_the_relay_keeps_is_a_gap(network: Relay) -> None:
    network.frames = [post(1, "Een")]
    source = puller(network)
    source.pull()
    network.frames.append(post(4000, "Veel later"))
    network.keeps_from = time_us(2000)
    came = source.pull()
    (gap,) = came.gaps
    assert (gap.start, gap.end, gap.reason) == (
        moment(1),
        moment(4000),
        "what was published then is kept there no longer",
    )
    assert came.texts == ["Veel later"]


def test_a_moment_of_silence_is_no_gap(network: Relay) -> None:
    network.frames = [post(1, "Een")]
    source = puller(network)
    source.pull()
    network.frames.append(post(200, "Drie minuten later"))
    assert source.pull().gaps == []


BROKEN = [
    "geen json",
    "[1, 2]",
    '{"did":"did:plc:geheim","kind":"commit"}',
    '{"did":"did:plc:geheim","time_us":"1742493600000000","kind":"commit"}',
    '{"did":"did:plc:geheim","time_us":true,"kind":"commit"}',
    '{"did":"did:plc:geheim","time_us":1742493602000000,"kind":"commit","commit":{"operation":"create"}}',
    b"\x28\xb5\x2f\xfdpacked",
    event(2, "create", "x", None, did="did:plc:geheim"),
    event(2, "create", "x", {"$type": "app.bsky.feed.like", "text": "geheim"}, did="did:plc:geheim"),
    post(2, "geheim" * 200_000, did="did:plc:geheim"),
    "[" * 100_000,
    '{"did": "\\ud800", "time_us": NaN}',
]


@pytest.mark.parametrize("frame", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_frame_is_a_reject_without_its_content(network: Relay, frame: str | bytes) -> None:
    network.frames = [post(1, "Ervoor"), frame, post(3, "Erna")]
    came = puller(network).pull()
    assert came.texts == ["Ervoor", "Erna"]
    assert [(one.file, one.row) for one in came.rejects] == [("test", 2)]
    assert came.count("rejected") == 1
    assert "geheim" not in came.leaving


def test_a_frame_that_no_memory_should_hold_ends_the_pull_with_what_to_do(network: Relay) -> None:
    network.frames = [post(1, "Ervoor"), "x" * (17 << 20), post(3, "Erna")]
    source = puller(network)
    came = source.pull(fails=True)
    assert "larger than 16 MB" in came.error


def test_identity_events_and_heartbeats_are_passed_over(network: Relay) -> None:
    network.frames = [
        f'{{"did":"did:plc:demo","time_us":{time_us(1)},"kind":"identity","identity":{{"handle":"marie.example"}}}}',
        '{"kind":"heartbeat","payload":""}',
    ]
    came = puller(network).pull()
    assert (came.messages, came.deletions, came.rejects, came.others) == ([], [], [], {"identity event": 1})
    assert "marie" not in came.leaving


def test_it_ends_when_it_has_caught_up(network: Relay) -> None:
    network.frames = [post(1, "Een"), present(), present()]
    came = Puller("bluesky", {"relay": network.url, "seconds": 600.0}).pull()
    assert (came.texts, came.count("read")) == (["Een"], 2)


def test_nothing_at_all_is_no_trouble(network: Relay) -> None:
    source = puller(network, seconds=0.6)
    came = source.pull()
    assert (came.messages, came.gaps, came.notes) == ([], [], [])
    network.frames = [post(60, "Een minuut later")]
    assert source.pull().texts == ["Een minuut later"]
    assert network.asked[1]["cursor"] == [str(time_us(0) - 5_000_000)]


@pytest.mark.parametrize(
    ("status", "words"), [(404, "refuses (HTTP 404)"), (400, "refuses (HTTP 400)"), (503, "answers with HTTP 503")]
)
def test_a_relay_that_refuses(network: Relay, status: int, words: str) -> None:
    network.status = status
    assert words in puller(network, seconds=0.9).pull(fails=True).error


def test_a_relay_that_is_not_there() -> None:
    with relay() as gone:
        source = puller(gone, seconds=0.9)
    came = source.pull(fails=True)
    assert "check `relay`" in came.error
    assert gone.url in came.error


def test_what_was_heard_before_the_relay_died_is_kept(network: Relay) -> None:
    network.frames = [post(1, "Een"), post(2, "Twee")]
    network.breaks = [2] + [0] * 20
    source = puller(network, seconds=0.9)
    network.frames.append(post(3, "Drie"))
    came = source.pull(fails=True)
    assert came.texts == ["Een", "Twee"]
    assert source.cursor


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "abcdef"),
        ({"languages": ("nl",)}, "abe"),
        ({"keywords": ("verkiezing",)}, "a"),
        ({"keywords": ("TWEEDE kamer",)}, "b"),
        ({"keywords": ("coordinatie",)}, "c"),
        ({"hashtags": ("#tk2026",)}, "bd"),
        ({"hashtags": ("TK2026",), "keywords": ("verkiezing",), "languages": ("nl",)}, "ab"),
        ({"keywords": ("kamer verkiezing",)}, ""),
    ],
)
def test_what_is_chosen(network: Relay, options: dict[str, tuple[str, ...]], expected: str) -> None:
    tag = {"features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "TK2026"}]}
    network.frames = [
        post(1, "De verkiezing van morgen", did="did:plc:a"),
        post(2, "In de Tweede  Kamer! #TK2026", did="did:plc:b", langs=["nl-NL"]),
        post(3, "La coördinatie", did="did:plc:c", langs=["fr"]),
        post(4, "Élection", did="did:plc:d", langs=["fr"], facets=[tag]),
        post(5, "Verkiezingen en tweede-huis", did="did:plc:e"),
        post(6, "Zonder taal", did="did:plc:f", langs=None),
    ]
    came = puller(network, **options).pull()
    by_pseudonym = {pseudonym(f"did:plc:{letter}"): letter for letter in "abcdef"}
    assert "".join(by_pseudonym[one.author or ""] for one in came.messages) == expected
    assert came.others.get("outside the selection", 0) == 6 - len(expected)


def test_a_choice_of_no_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="keywords: "):
        Puller("bluesky", {"keywords": ("!!!",)})


@given(words=st.lists(st.text("abcé", min_size=1, max_size=4), min_size=1, max_size=6), at=st.integers(0, 5))
def test_every_whole_word_of_a_text_is_found_in_any_case_and_accent(words: list[str], at: int) -> None:
    word = words[at % len(words)]
    text = " — ".join(words)
    for written in (word, word.upper(), word.replace("é", "e"), word.replace("é", "e\u0301")):
        assert Selection((), (written,), ()).takes({"text": text})
    assert Selection((), (word + "z",), ()).takes({"text": text}) is False


def test_following_goes_on_after_it_has_caught_up(network: Relay) -> None:
    network.frames = [post(1, "Een"), post(2, "Twee")]
    network.breaks = [1]
    first, second = islice(puller(network, follow=True).batches(), 2)
    assert [one.text for one in first.messages] == ["Een"]
    assert [one.text for one in second.messages] == ["Twee"]
