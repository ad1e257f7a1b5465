"""Mastodon statuses: an array or lines; boosts, content warnings, hidden parts of links."""

import json
import re
from pathlib import Path
from typing import Any

from tests.formats.taking_in import SAMPLES, Taken, pseudonym, same_when_packed, sample, written

NAME = "10_mastodon_statuses.json"
LINK = "https://redwaterhoek.example/teken"
EXPECTED = [  # server, account, last digits of the id, time on 20 March 2025, language
    ("dorp", "waterrat_ans", "000000000000", "18:00:00", "nl"),
    ("zwem", "buurtboef", "000000131071", "18:00:41", "nl"),
    ("dorp", "plonsjes", "000000262142", "18:01:03", "nl"),
    ("dorp", "plonsjes", "000099999999/activity", "18:05:00", "nl"),
    ("zwem", "maartje_dv_x", "000000393213", "18:01:35", "nl"),
    ("dorp", "lesley_lane", "000000524284", "18:02:00", "en"),
    ("zwem", "beckenrand", "000000655355", "18:02:30", None),
    ("dorp", "fietsvriend9", "000000786426", "19:06:40", "nl"),
    ("zwem", "chorprobe", "000000917497", "20:30:00", "de"),
]


def test_every_status_is_read(tmp_path: Path) -> None:
    taken = sample(NAME, tmp_path)
    assert taken.format == "mastodon_statuses"
    assert len(taken.messages) == len(EXPECTED)
    for message, (server, account, number, time, language) in zip(taken.messages, EXPECTED, strict=True):
        shown = rf"https://{server}\.example/users/p_[0-9a-f]+/statuses/114194{number}"
        assert re.fullmatch(shown, message.native_id)
        assert message.author == pseudonym(f"https://{server}.example/@{account}")
        assert message.published is not None
        assert message.published.isoformat() == f"2025-03-20T{time}+00:00"
        assert message.language == language
    accounts = [account for _, account, *_ in EXPECTED[:-1]]  # the last is also a word of its text
    assert taken.in_clear([*accounts, "Buurtboef", "tags/RedDeWaterhoek"]) == set()


def test_boosts_warnings_links_and_replies(tmp_path: Path) -> None:
    first, _, third, boost, warned, *_, reply, _ = sample(NAME, tmp_path).messages
    assert first.text.startswith(
        "Ze sluiten stiekem ons zwembad De Waterhoek!\n\nDe gemeente luistert niet. Teken nu: "
    )
    assert first.links == (LINK,)  # neither the page of the hashtag nor halves of the link
    assert first.hashtags == ("reddewaterhoek",)
    assert (boost.text, boost.repost_of, boost.repost_author) == (first.text, first.id, first.author)
    assert boost.author == third.author
    assert "\nDe wethouder" in third.text
    assert warned.text.startswith("Zwembad, weer\n\nStiekem gaat")
    assert reply.reply_to == first.id
    assert first.author in reply.mentions


def test_packed_and_in_lines(tmp_path: Path) -> None:
    same_when_packed(NAME, tmp_path)
    statuses = json.loads((SAMPLES / NAME).read_bytes())
    newest_first = "\n".join(map(json.dumps, reversed(statuses)))
    taken = Taken(written(tmp_path, "lines", newest_first), tmp_path)
    assert taken.messages[1].reply_to == taken.messages[-1].id
    found = json.dumps({"accounts": [], "statuses": statuses, "hashtags": []})
    assert len(Taken(written(tmp_path, "found", found), tmp_path).messages) == len(EXPECTED)


def status(**fields: Any) -> dict[str, Any]:
    return {
        **{"id": "1", "uri": "https://a.example/users/x/statuses/1", "created_at": "2025-03-20T18:00:00Z"},
        **{"content": "<p>Hallo</p>", "spoiler_text": "", "reblog": None, "account": {"acct": "x"}, **fields},
    }


def test_private_statuses_and_rounded_ids_are_left_out(tmp_path: Path) -> None:
    statuses = [status(), status(visibility="direct"), status(visibility="private"), status(id=1.14e17)]
    taken = Taken(written(tmp_path, "statuses", json.dumps(statuses)), tmp_path)
    assert len(taken.messages) == 1
    assert taken.coverage.not_messages == (("private status", 2),)
    assert len(taken.rejects) == 1


def test_pictures_are_known_by_their_blurhash(tmp_path: Path) -> None:
    media = [{"blurhash": "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH"}, {"blurhash": "00OZZy"}, {"blurhash": None}, 3]
    (message,) = Taken(written(tmp_path, "x", json.dumps([status(media_attachments=media)])), tmp_path).messages
    assert message.media == ("UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH",)
