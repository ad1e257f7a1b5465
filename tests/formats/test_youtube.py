"""YouTube comments: of the Data API, and of youtube-comment-downloader."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.formats.taking_in import SAMPLES, Taken, pseudonym, same_when_packed, sample, written

THREADS, DOWNLOADED = "14_youtube_commentThreads.json", "14_youtube_comment_downloader.jsonl"
TOP = "Ugxdemo0000000000000000000"
EXPECTED = [  # end of the id, account, time on 20 March 2025
    ("", "0", "18:00:00"),
    (".9replyA", "6", "18:10:00"),
    (".9replyB", "4", "18:11:40"),
    *((str(at), str(at), time) for at, time in enumerate(("18:00:41", "18:01:03", "18:01:35", "18:02:00"), 1)),
    *(("5", "5", "18:02:30"), ("6", "6", "19:06:40"), ("7", "7", "20:30:00")),
]
NAMES = ["waterrat_ans", "fietsvriend9", "lesley_lane", "buurtboef", "plonsjes", "UCdemoAuthor"]


@pytest.mark.parametrize(
    ("name", "format_name"), [(THREADS, "youtube_comment_threads"), (DOWNLOADED, "youtube_comment_downloader")]
)
def test_every_comment_is_read(name: str, format_name: str, tmp_path: Path) -> None:
    taken = sample(name, tmp_path)
    assert taken.format == format_name
    assert list(taken.by_id) == [
        TOP[: len(TOP) - len(end)] + end if end.isdigit() else TOP + end for end, *_ in EXPECTED
    ]
    assert [m.author for m in taken.messages] == [pseudonym("UCdemoAuthor" + who.zfill(12)) for _, who, _ in EXPECTED]
    top, reply, *_ = taken.messages
    assert reply.reply_to == top.id
    assert top.links == ("https://redwaterhoek.example/teken",)
    assert taken.messages[8].text == "Ik zwem er al sinds '78 & het water was nooit te koud\n❤"
    assert taken.in_clear(NAMES) == set()


@pytest.mark.parametrize("name", [THREADS, DOWNLOADED])
def test_who_is_mentioned_is_who_wrote(name: str, tmp_path: Path) -> None:
    top, reply, *_ = sample(name, tmp_path).messages
    assert reply.mentions == (top.author,)


def test_times_and_video_of_the_api(tmp_path: Path) -> None:
    taken = sample(THREADS, tmp_path)
    assert taken.times == [f"2025-03-20T{time}" for *_, time in EXPECTED]
    assert {message.channel for message in taken.messages} == {"demoVid0001"}


def test_a_time_in_words_is_known_to_the_day(tmp_path: Path) -> None:
    taken = sample(DOWNLOADED, tmp_path)
    assert taken.times == [None if at == 5 else "2025-03-23" for at in range(10)]


@pytest.mark.parametrize("name", [THREADS, DOWNLOADED])
def test_packed(name: str, tmp_path: Path) -> None:
    same_when_packed(name, tmp_path)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *[
            (words, "2025-03-23")
            for words in ("3 days ago", "2 uur geleden", "vor 1 Tag", "il y a 5 jours", "acum 3 zile")
        ],
        *[(words, None) for words in ("1 week ago", "2 months ago (edited)", "1 year ago", "3 weken geleden")],
        *[
            (words, None)
            for words in ("2 maanden geleden", "1 jaar geleden", "vor 2 Wochen", "vor 1 Jahr", "vor 3 Monaten")
        ],
        *[
            (words, None)
            for words in ("il y a 2 semaines", "il y a 3 mois", "il y a 1 an", "acum 2 luni", "acum 3 săptămâni")
        ],
    ],
)
def test_weeks_and_more_are_no_day(words: str, day: str | None, tmp_path: Path) -> None:
    comment: dict[str, Any] = json.loads((SAMPLES / DOWNLOADED).read_text().splitlines()[0])
    line = json.dumps({**comment, "time": words})
    assert Taken(written(tmp_path, "line", line), tmp_path).times == [day]


def test_several_answers_and_lists_of_replies(tmp_path: Path) -> None:
    answer = json.loads((SAMPLES / THREADS).read_bytes())
    replies = {"kind": "youtube#commentListResponse", "items": answer["items"][0]["replies"]["comments"]}
    for several in (json.dumps([answer, replies]), json.dumps(answer) + "\n" + json.dumps(replies)):
        taken = Taken(written(tmp_path, "several", several), tmp_path)
        assert (taken.coverage.kept, taken.coverage.duplicate) == (10, 2)
    assert Taken(written(tmp_path, "replies", json.dumps(replies)), tmp_path).coverage.kept == 2


def test_comments_written_prettily(tmp_path: Path) -> None:
    comments = [json.loads(line) for line in (SAMPLES / DOWNLOADED).read_text().splitlines()]
    taken = Taken(written(tmp_path, "pretty", json.dumps({"comments": comments}, indent=4)), tmp_path)
    assert len(taken.messages) == len(EXPECTED)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_comments_in_a_table(delimiter: str, tmp_path: Path) -> None:
    comments = [json.loads(line) for line in (SAMPLES / DOWNLOADED).read_text().splitlines()]
    with (tmp_path / "table").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(comments[0]), delimiter=delimiter, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(comments)
    table, lines = Taken(tmp_path / "table", tmp_path), sample(DOWNLOADED, tmp_path)
    assert table.format == lines.format
    assert table.times == lines.times
    assert [(m.native_id, m.author, m.text, m.mentions, m.reply_to is None) for m in table.messages] == [
        (m.native_id, m.author, m.text, m.mentions, m.reply_to is None) for m in lines.messages
    ]


def test_html_is_read_where_there_is_nothing_else(tmp_path: Path) -> None:
    snippet = {"textDisplay": "Zwem &amp; teken<br>nu", "videoId": "v"}
    items = [{"kind": "youtube#comment", "id": "c", "snippet": snippet}]
    (message,) = Taken(written(tmp_path, "html", json.dumps({"items": items})), tmp_path).messages
    assert (message.text, message.author) == ("Zwem & teken\nnu", None)
