"""CooRTweet: who shared what and when, without a text."""

from pathlib import Path

import pytest

from ingest import ReadError, understand
from tests.formats.taking_in import SAMPLES, Taken, pseudonym, same_when_packed, sample, written

TABLE, ROUNDED = "11_coortweet_input.csv", "11_coortweet_r_numeric_ids.csv"
LINK = "https://redwaterhoek.example/teken"
EXPECTED = [  # id, last digit of the account, time on 20 March 2025, object
    ("1902700000000000123", "0", "18:00:00", LINK),
    ("1902700007919000123", "1", "18:00:41", LINK),
    ("1902700015838000123", "2", "18:01:03", LINK),
    ("1902700023757000123", "3", "18:01:35", LINK),
    ("1902700031676000123", "4", "18:02:00", LINK),
    ("1902700039595000123", "5", "18:02:30", LINK),
    ("1902700166299000123", "1", "18:03:23", "1902700000000000123"),
    ("1902700174218000123", "2", "18:03:26", "1902700000000000123"),
    ("1902700182137000123", "3", "18:03:29", "1902700000000000123"),
    ("1902700047514000123", "6", "19:06:40", "https://raad.example/agenda"),
    ("1902700055433000123", "7", "20:30:00", "https://koor.example"),
]
HEADER = "object_id,account_id,content_id,timestamp_share\n"


def test_every_share_is_read(tmp_path: Path) -> None:
    taken = sample(TABLE, tmp_path)
    assert taken.format == "coortweet"
    for message, found, (number, account, time, thing) in zip(taken.messages, taken.times, EXPECTED, strict=True):
        assert (message.native_id, found) == (number, f"2025-03-20T{time}")
        assert message.author == pseudonym("170000000000000000" + account)
        assert (message.kind, message.text, message.placeholder) == ("share", "", None)
        assert message.objects == (thing,)
        assert message.links == ((thing,) if "://" in thing else ())
    assert {message.repost_of for message in taken.messages[6:9]} == {taken.messages[0].id}
    assert taken.in_clear(["17000000000000000"]) == set()


def test_ids_that_r_rounded_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="export again and keep the ids as text"):
        understand(SAMPLES / ROUNDED)
    mixed = (SAMPLES / TABLE).read_text() + "\n".join((SAMPLES / ROUNDED).read_text().splitlines()[1:]) + "\n"
    taken = Taken(written(tmp_path, "mixed", mixed), tmp_path)
    assert (taken.coverage.kept, taken.coverage.rejected) == (11, 6)


def test_a_post_that_shared_several_things_is_one_message(tmp_path: Path) -> None:
    rows = ["#zwembad,9,77,1742493600", f"{LINK},9,78,1742493601", f"{LINK},9,77,1742493600", "#Bad,9,77,1742493600"]
    taken = Taken(written(tmp_path, "several", HEADER + "\n".join(rows) + "\n"), tmp_path)
    assert taken.coverage.not_messages == (("further record of the same post", 2),)
    post = taken.by_id["77"]
    assert post.objects == ("#zwembad", LINK, "#Bad")
    assert (post.links, post.hashtags) == ((LINK,), ("zwembad", "bad"))


@pytest.mark.parametrize("account", ["id_account", "id_user"])
def test_older_names_and_times_in_words(account: str, tmp_path: Path) -> None:
    table = f'"","object_id","{account}","content_id","timestamp_share"\n"1","{LINK}","9","78","2025-03-20 18:00:00"\n'
    taken = Taken(written(tmp_path, "older", table), tmp_path)
    assert (taken.format, taken.times) == ("coortweet", ["2025-03-20T18:00:00"])
    assert taken.messages[0].author == pseudonym("9")


def test_rows_without_a_post_or_object(tmp_path: Path) -> None:
    rows = f"{LINK},9,78,1742493601\n,9,79,1742493602\n{LINK},9,,1742493603\n"
    taken = Taken(written(tmp_path, "gaps", HEADER + rows), tmp_path)
    assert (taken.coverage.kept, taken.coverage.rejected) == (1, 2)


def test_packed(tmp_path: Path) -> None:
    same_when_packed(TABLE, tmp_path)
