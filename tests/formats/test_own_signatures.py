"""Each sample is known by exactly one system's format, and hardly anything disturbs a reader."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import Bundle, ReadError, UnknownFormat, formats, understand
from ingest.formats import opening
from tests.formats.taking_in import SAMPLES, Taken, written

OWN = {
    "08_x_api_v2_pages.jsonl": "x_api_v2_pages",
    "08_twarc2_flattened.jsonl": "twarc2_flattened",
    "08_twarc2_flat.csv": "twarc_csv",
    "09_bluesky_jetstream.jsonl": "bluesky_jetstream",
    "09_bluesky_getPosts.json": "bluesky_posts",
    "10_mastodon_statuses.json": "mastodon_statuses",
    "12_letters.mbox": "mbox",
    "12_letter.eml": "eml",
    "13_internetconsultatie/reactie_1.html": "internetconsultatie",
    "13_internetconsultatie_responses.ods": "internetconsultatie_ods",
    "14_youtube_commentThreads.json": "youtube_comment_threads",
    "14_youtube_comment_downloader.jsonl": "youtube_comment_downloader",
}


@pytest.mark.parametrize(("name", "own"), OWN.items())
def test_one_format_is_sure(name: str, own: str) -> None:
    file = opening(SAMPLES / name)
    assert [known for known, module in formats().items() if module.recognise(file) >= 0.96] == [own]


TWO_SYSTEMS = {  # the second pair is not equally sure
    "coortweet or as twarc_csv": "id,conversation_id,author_id,created_at,text,lang,referenced_tweets.quoted.id,"
    "object_id,account_id,content_id,timestamp_share\n1,1,2,2025-03-20T18:00:00Z,Hallo,nl,,#a,2,1,1742493600\n",
    "four_cat or as twarc_csv": "id,conversation_id,author_id,created_at,text,lang,referenced_tweets.quoted.id,"
    "thread_id,timestamp,body,author\n1,1,2,2025-03-20T18:00:00Z,Hallo,nl,,1,2025-03-20 18:00:00,Hallo,ans\n",
}


@pytest.mark.parametrize("both", TWO_SYSTEMS)
def test_two_that_fit_are_named_with_the_flag_that_decides(both: str, tmp_path: Path) -> None:
    path = written(tmp_path, "export.csv", TWO_SYSTEMS[both])
    first, second = both.split(" or as ")
    with pytest.raises(UnknownFormat) as told:
        understand(path)
    assert str(told.value) == f"export.csv can be read as {both}; say which with --format, as --format {first}"
    for name in (first, second):
        assert understand(path, wanted=name).format == name
    assert Taken(path, tmp_path, wanted=second).messages[0].native_id == "1"


@pytest.mark.parametrize("own", ["eml", "internetconsultatie"])
def test_a_folder_of_something_else_is_not_taken(own: str) -> None:
    mixed = Bundle("mixed", (SAMPLES / "12_letter.eml", SAMPLES / "14_youtube_commentThreads.json"))
    assert formats()[own].recognise(opening(mixed)) == 0


@pytest.mark.parametrize(("name", "own"), OWN.items())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_damage_is_a_bad_row_or_an_error_that_says_so(name: str, own: str, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray((SAMPLES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    path = tmp_path / "damaged"
    path.write_bytes(content)
    with contextlib.suppress(ReadError):
        assert all(row.number > 0 for row in formats()[own].read(path).rows)
