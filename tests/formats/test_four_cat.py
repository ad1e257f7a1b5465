"""4CAT: its CSV of X and Telegram, and of sources with other columns."""

from pathlib import Path

import pytest

from tests.formats.taking_in import SAMPLES, Taken, pseudonym, same_when_packed, sample, written

X, TELEGRAM = "07_4cat_twitterv2.csv", "07_4cat_telegram.csv"
LINK = "https://redwaterhoek.example/teken"
FIRST = "Ze sluiten stiekem ons zwembad De Waterhoek! De gemeente luistert niet. Teken nu: " + LINK + " #RedDeWaterhoek"
X_EXPECTED = [  # id, last digit of the account, time on 20 March 2025, language
    ("1902700000000000123", "0", "18:00:00", "nl"),
    ("1902700007919000123", "1", "18:00:41", "nl"),
    ("1902700015838000123", "2", "18:01:03", "nl"),
    ("1902700023757000123", "3", "18:01:35", "nl"),
    ("1902700031676000123", "4", "18:02:00", "en"),
    ("1902700039595000123", "5", "18:02:30", "de"),
    ("1902700047514000123", "6", "19:06:40", "nl"),
    ("1902700055433000123", "7", "20:30:00", "de"),
    ("1902700063352000123", "3", "18:03:20", "nl"),
    ("1902700071271000123", "6", "18:15:00", "nl"),
    ("1902700079190000123", "4", "18:20:00", "en"),
]
TELEGRAM_TIMES = ["18:00:00", "18:00:41", "18:01:03", "18:01:35", "19:06:40", "18:02:30", "20:30:00"]
NAMES = ["waterrat_ans", "buurtboef", "plonsjes", "maartje_dv_x", "lesley_lane", "fietsvriend9", "t.co/", "1700000000"]


def test_every_post_of_x_is_read(tmp_path: Path) -> None:
    taken = sample(X, tmp_path)
    assert taken.format == "four_cat"
    for message, time, expected in zip(taken.messages, taken.times, X_EXPECTED, strict=True):
        number, account, clock, language = expected
        assert (message.native_id, message.language, message.kind) == (number, language, "post")
        assert message.author == pseudonym("170000000000000000" + account)
        assert time == f"2025-03-20T{clock}"
    assert taken.messages[-1].text == "Sad to read this & true"
    assert taken.in_clear(NAMES) == set()


def test_reposts_and_replies_of_x(tmp_path: Path) -> None:
    taken = sample(X, tmp_path)
    original, repost, reply = taken.messages[0], taken.messages[8], taken.messages[9]
    assert original.text == repost.text == FIRST
    assert original.links == repost.links == (LINK,)
    assert original.hashtags == ("reddewaterhoek",)
    assert (repost.repost_of, repost.repost_author) == (original.id, original.author)
    assert repost.author == taken.messages[3].author
    assert (reply.reply_to, reply.channel) == (original.id, original.native_id)


def test_who_is_mentioned_is_who_wrote(tmp_path: Path) -> None:
    posts = sample(X, tmp_path).messages
    assert posts[9].mentions == (posts[0].author,)
    table = (SAMPLES / TELEGRAM).read_text().replace("\nDe gemeente", "\n@Waterrat_Ans @iemand De gemeente")
    first, *_ = Taken(written(tmp_path, "telegram", table), tmp_path).messages
    assert first.mentions == (first.author, pseudonym("iemand"))


def test_reposts_of_what_is_not_in_the_table_agree(tmp_path: Path) -> None:
    lines = (SAMPLES / X).read_text().splitlines()
    again = lines[9].replace("1902700063352000123", "1902700063352000999").replace("maartje_dv_x,", "plonsjes,", 1)
    taken = Taken(written(tmp_path, "reposts", "\n".join([lines[0], lines[9], again]) + "\n"), tmp_path)
    one, other = taken.messages
    assert one.repost_of is not None
    assert one.repost_of == other.repost_of
    assert one.repost_author == other.repost_author == pseudonym("waterrat_ans")


def test_every_message_of_telegram_is_read(tmp_path: Path) -> None:
    taken = sample(TELEGRAM, tmp_path)
    assert taken.format == "four_cat"
    assert [message.native_id for message in taken.messages] == [f"waterhoekpraat-{510 + at}" for at in range(7)]
    assert taken.times == [f"2025-03-20T{time}" for time in TELEGRAM_TIMES]
    assert [message.author for message in taken.messages] == [pseudonym(f"710000000{at}") for at in range(7)]
    assert {message.channel for message in taken.messages} == {"waterhoekpraat"}
    first, forwarded, third, _, reply, *_ = taken.messages
    assert first.text.startswith("Ze sluiten stiekem ons zwembad De Waterhoek!\nDe gemeente")
    assert first.links == (LINK,)
    assert reply.reply_to == third.id
    assert forwarded.repost_of is not None
    assert forwarded.repost_author == pseudonym("redwaterhoek")
    assert taken.in_clear([*NAMES[:6], "71000000", "Maartje DV"]) == set()


def test_a_message_forwarded_within_the_table(tmp_path: Path) -> None:
    table = (SAMPLES / TELEGRAM).read_text()
    moved = table.replace(
        ",redwaterhoek,,,,redwaterhoek,2025-03-20 17:59:00,1742493540", ",waterrat_ans,,,,,,1742493600"
    )
    first, forwarded, *_ = Taken(written(tmp_path, "moved", moved), tmp_path).messages
    assert forwarded.repost_of == first.id


BLUESKY = (
    "collected_at,query,rank,id,thread_id,created_at,author,author_id,body,link,tags,like_count,quoted_post,"
    "replied_to_post,mentions,links,images,languages,author_display_name,timestamp\n"
    "2025-03-21T10:00:00,zwembad,1,at://did:plc:een/app.bsky.feed.post/3a,at://did:plc:een/app.bsky.feed.post/3a,"
    "2025-03-20T18:00:00,ans.zwemt.example,did:plc:een,Teken nu,https://bsky.app/profile/ans.zwemt.example/post/3a,"
    '"RedDeWaterhoek,zwembad",3,,,,"https://redwaterhoek.example/a,b,https://raad.example/agenda",'
    "https://cdn.bsky.app/img/feed_fullsize/plain/did:plc:een/bafkreidemodemodemodemodemodemodemodemodemodemo@jpeg,nl,"
    "Ans,1742493600\n"
    "2025-03-21T10:00:00,zwembad,2,at://did:plc:twee/app.bsky.feed.post/3b,at://did:plc:een/app.bsky.feed.post/3a,"
    "2025-03-20T18:01:00,bo.zwemt.example,did:plc:twee,Mee eens,https://bsky.app/profile/bo.zwemt.example/post/3b,,0,,"
    "https://bsky.app/profile/ans.zwemt.example/post/3a,ans.zwemt.example,,,nl,Bo,1742493660\n"
)
TIKTOK = (
    "id,thread_id,author,author_full,body,timestamp,unix_timestamp,is_duet,tiktok_url,hashtags,challenges,likes\n"
    "7480000000000000123,7480000000000000123,plonsjes,Plons!,Red het bad,2025-03-20 18:00:00,1742493600,False,"
    "https://www.tiktok.com/@plonsjes/video/7480000000000000123,zwembad,redhetbad,5\n"
)


def test_bluesky(tmp_path: Path) -> None:
    post, reply = (taken := Taken(written(tmp_path, "bluesky", BLUESKY), tmp_path)).messages
    assert (taken.format, post.author) == ("four_cat", pseudonym("did:plc:een"))
    assert taken.times == ["2025-03-20T18:00:00", "2025-03-20T18:01:00"]
    assert post.links == ("https://redwaterhoek.example/a,b", "https://raad.example/agenda")
    assert post.hashtags == ("reddewaterhoek", "zwembad")
    assert post.media == ("bafkreidemodemodemodemodemodemodemodemodemodemo",)
    assert reply.reply_to == post.id
    assert reply.mentions == (post.author,)


def test_tiktok_and_rounded_ids(tmp_path: Path) -> None:
    (video,) = (taken := Taken(written(tmp_path, "tiktok", TIKTOK), tmp_path)).messages
    assert (taken.format, taken.times) == ("four_cat", ["2025-03-20T18:00:00"])
    assert (video.author, video.hashtags) == (pseudonym("plonsjes"), ("zwembad", "redhetbad"))
    damaged = TIKTOK + TIKTOK.splitlines()[1].replace("7480000000000000123,", "7.48E+18,", 1) + "\n"
    (refused,) = Taken(written(tmp_path, "damaged", damaged), tmp_path).rejects
    assert "keep the ids as text" in refused["fix"]


def test_the_name_of_an_account_is_taken_out_of_its_text(tmp_path: Path) -> None:
    table = (SAMPLES / X).read_text().replace("Sad to read this", "I am Lesley Lane and sad to read this")
    assert (
        Taken(written(tmp_path, "named", table), tmp_path).messages[-1].text
        == "I am [name] and sad to read this & true"
    )


def test_withheld_authors_are_nobody(tmp_path: Path) -> None:
    table = TIKTOK.replace(",plonsjes,Plons!,", ",REDACTED,REDACTED,")
    assert Taken(written(tmp_path, "withheld", table), tmp_path).messages[0].author is None


def test_several_short_links_leave_the_text(tmp_path: Path) -> None:
    table = (SAMPLES / X).read_text()
    more = table.replace("https://t.co/rwh0AbCdEf #Red", "https://t.co/a https://t.co/b #Red", 1)
    both = more.replace(f"RedDeWaterhoek,{LINK},", f'RedDeWaterhoek,"{LINK},https://raad.example/agenda",', 1)
    first = Taken(written(tmp_path, "several", both), tmp_path).messages[0]
    assert first.text.endswith("Teken nu: #RedDeWaterhoek")
    assert first.links == (LINK, "https://raad.example/agenda")


@pytest.mark.parametrize("name", [X, TELEGRAM])
def test_packed(name: str, tmp_path: Path) -> None:
    same_when_packed(name, tmp_path)


def test_long_runs_of_blanks_and_commas_take_no_time(tmp_path: Path) -> None:
    head, *_ = (SAMPLES / X).read_text().splitlines()
    cells = dict.fromkeys(head.split(","), "")
    cells.update(id="1", thread_id="1", author="ans", body=f'"{" " * 90_000}https://t.co/a x"')
    cells.update(urls=f'"{"," * 90_000}x://"', hashtags=f'"{"," * 90_000}"', unix_timestamp="1742493600")
    taken = Taken(written(tmp_path, "runs", f"{head}\n{','.join(cells.values())}\n"), tmp_path)
    assert len(taken.messages) == 1
