"""X (Twitter): pages of the API v2 as twarc2 stores them, the same flattened, the same as CSV."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.formats.taking_in import SAMPLES, Taken, pseudonym, same_when_packed, sample, written

FORMATS = {
    "08_x_api_v2_pages.jsonl": "x_api_v2_pages",
    "08_twarc2_flattened.jsonl": "twarc2_flattened",
    "08_twarc2_flat.csv": "twarc_csv",
}
LINK = "https://redwaterhoek.example/teken"
FIRST = "Ze sluiten stiekem ons zwembad De Waterhoek! De gemeente luistert niet. Teken nu: " + LINK + " #RedDeWaterhoek"
EXPECTED = {  # id: time on 20 March 2025, last digits of the account, language, start of the text
    "1902700000000000123": ("18:00:00", "00", "nl", "Ze sluiten stiekem"),
    "1902700007919000123": ("18:00:41", "01", "nl", "Stiekem gaat"),
    "1902700015838000123": ("18:01:03", "02", "nl", "Ze sluiten stiekem"),
    "1902700023757000123": ("18:01:35", "03", "nl", "Stiekem gaat"),
    "1902700031676000123": ("18:02:00", "04", "en", "They are quietly"),
    "1902700039595000123": ("18:02:30", "05", "de", "Das Freibad"),
    "1902700047514000123": ("19:06:40", "06", "nl", "Vanmorgen 40 baantjes"),
    "1902700055433000123": ("20:30:00", "07", "de", "Heute Abend Chorprobe"),
    "1902700063352000123": ("18:03:20", "03", "nl", "Ze sluiten stiekem"),
    "1902700071271000123": ("18:15:00", "06", "nl", "@p_"),
    "1902700079190000123": ("18:20:00", "04", "en", "Sad to read this & true"),
}
NAMES = ["waterrat_ans", "buurtboef", "plonsjes", "maartje_dv_x", "lesley_lane", "fietsvriend9", "Maartje DV", "t.co/"]


@pytest.fixture(params=FORMATS)
def taken(request: pytest.FixtureRequest, tmp_path: Path) -> Taken:
    taken = sample(request.param, tmp_path)
    assert taken.format == FORMATS[request.param]
    return taken


def test_every_post_is_read(taken: Taken) -> None:
    assert taken.by_id.keys() == EXPECTED.keys()
    for name, (time, account, language, start) in EXPECTED.items():
        message = taken.by_id[name]
        assert message.kind == "post"
        assert message.published is not None
        assert message.published.isoformat() == f"2025-03-20T{time}+00:00"
        assert message.author == pseudonym("17000000000000000" + account)
        assert message.language == language
        assert message.text.startswith(start)
        assert message.weight == 1
    assert taken.in_clear(NAMES) == set()


def test_a_repost_has_the_text_of_the_original(taken: Taken) -> None:
    original, repost = taken.by_id["1902700000000000123"], taken.by_id["1902700063352000123"]
    assert repost.text == original.text == FIRST
    assert repost.repost_of == original.id
    assert repost.repost_author == original.author
    assert repost.links == original.links == (LINK,)
    assert repost.hashtags == ("reddewaterhoek",)


def test_replies_and_quotes_point_to_what_they_answer(taken: Taken) -> None:
    reply, quote = taken.by_id["1902700071271000123"], taken.by_id["1902700079190000123"]
    assert reply.reply_to == taken.by_id["1902700000000000123"].id
    assert reply.channel == "1902700000000000123"
    assert "\n" in reply.text
    assert quote.links == ("https://x.com/i/status/1902700007919000123",)
    assert quote.repost_of is None


def test_who_is_mentioned_is_who_wrote(taken: Taken) -> None:
    """The samples mention accounts by handle alone; authors have numbers."""
    reply = taken.by_id["1902700071271000123"]
    assert reply.mentions == (taken.by_id["1902700000000000123"].author,)
    assert taken.by_id["1902700000000000123"].mentions == ()


@pytest.mark.parametrize("name", FORMATS)
def test_packed(name: str, tmp_path: Path) -> None:
    same_when_packed(name, tmp_path)


def post(**fields: Any) -> dict[str, Any]:
    return {"id": "1", "author_id": "2", "text": "Hallo", "created_at": "2025-03-20T18:00:00Z", **fields}


def page(tmp_path: Path, *posts: dict[str, Any]) -> Taken:
    return Taken(written(tmp_path, "page", json.dumps({"data": posts, "meta": {}})), tmp_path)


def test_a_repost_whose_original_is_missing_keeps_its_cut_text(tmp_path: Path) -> None:
    mention = {"start": 3, "end": 7, "username": "ans_x", "id": "9"}
    repost = post(
        text="RT @ans_x: Teken nu de petitie…",
        referenced_tweets=[{"type": "retweeted", "id": "5"}],
        entities={"mentions": [mention]},
    )
    (message,) = page(tmp_path, repost).messages
    assert message.text == "Teken nu de petitie…"
    assert message.repost_author == pseudonym("9")


def test_mentions_without_a_number_are_looked_up_among_the_users_of_the_page(tmp_path: Path) -> None:
    listed = [{"username": "Ans_x"}, {"username": "bo_y"}, {"username": "old", "id": "9"}, {}]
    answer = {
        "data": [post(text="@ans_x @bo_y", entities={"mentions": listed})],
        "includes": {"users": [{"id": "77", "username": "ans_x"}, {"username": "bo_y"}, 3]},
        "meta": {},
    }
    (message,) = Taken(written(tmp_path, "page", json.dumps(answer)), tmp_path).messages
    assert message.mentions == (pseudonym("77"), pseudonym("bo_y"), pseudonym("9"))


def test_mentions_in_the_table_are_looked_up_in_all_of_it(tmp_path: Path) -> None:
    header, first, *others = (SAMPLES / "08_twarc2_flat.csv").read_text().splitlines()
    assert header.split(",")[34] == "entities.mentions"
    cells = next(csv.reader([first]))
    cells[34] = '["@fietsvriend9", "@nobody_here"]'
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerow(cells)
    table = "\n".join([header, made.getvalue().strip(), *others]) + "\n"
    taken = Taken(written(tmp_path, "table", table), tmp_path)
    assert taken.messages[0].mentions == (pseudonym("1700000000000000006"), pseudonym("nobody_here"))


def test_the_links_of_own_pictures_are_no_links(tmp_path: Path) -> None:
    urls = [
        {"url": "https://t.co/a1", "expanded_url": "https://krant.example/stuk?utm_source=x"},
        {"url": "https://t.co/b2", "expanded_url": "https://twitter.com/ans_x/status/1/photo/1", "media_key": "3_7"},
    ]
    entities = {"urls": urls}
    taken = page(
        tmp_path,
        post(text="Lees https://t.co/a1 https://t.co/b2", entities=entities, attachments={"media_keys": ["3_7"]}),
    )
    (message,) = taken.messages
    assert message.text == "Lees https://krant.example/stuk"
    assert message.links == ("https://krant.example/stuk",)
    assert message.media == ("3_7",)


def test_a_rounded_id_is_refused(tmp_path: Path) -> None:
    taken = page(tmp_path, post(id=1.9027e18), post(id="1.9027E+18"), post())
    assert [reject["row"] for reject in taken.rejects] == [1, 2]
    assert "as text" in taken.rejects[0]["fix"]
    header, *lines = (SAMPLES / "08_twarc2_flat.csv").read_text().splitlines()
    lines[0] = lines[0].replace("1902700000000000123", "1.9027E+18", 1)
    assert Taken(written(tmp_path, "rounded", "\n".join([header, *lines])), tmp_path).coverage.rejected == 1


def test_the_options_of_twarc_csv(tmp_path: Path) -> None:
    header, line, *_ = (SAMPLES / "08_twarc2_flat.csv").read_text().splitlines()
    encoded = ",".join('"""' + cell + '"""' if cell and '"' not in cell else cell for cell in line.split(","))
    (message,) = Taken(written(tmp_path, "encoded", f"{header}\n{encoded}\n"), tmp_path).messages
    assert (message.native_id, message.text) == ("1902700000000000123", FIRST)


def test_values_of_the_wrong_kind_are_no_error(tmp_path: Path) -> None:
    odd = post(entities=[1], referenced_tweets="x", attachments=3, lang=None, conversation_id={}, public_metrics=None)
    assert len(page(tmp_path, odd, post(id="2", entities={"urls": [None, {"url": 4}], "mentions": {}})).messages) == 2
