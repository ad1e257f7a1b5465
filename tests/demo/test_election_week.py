import csv
import json
import tomllib
from collections import Counter, defaultdict
from datetime import datetime

import pytest

from stemwacht.demo import TruthRow, World, WorldFiles, election_week, read_truth, write_world


@pytest.fixture(scope="module")
def world() -> World:
    return election_week(5, posts=3000, letters=1200)


@pytest.fixture(scope="module")
def files(world: World, tmp_path_factory: pytest.TempPathFactory) -> WorldFiles:
    return write_world(world, tmp_path_factory.mktemp("week"))


def groups(world: World) -> dict[str, list[TruthRow]]:
    found: dict[str, list[TruthRow]] = defaultdict(list)
    for row in world.truth:
        found[row.group].append(row)
    return found


def test_the_same_seed_gives_the_same_week(world: World) -> None:
    assert election_week(5, posts=3000, letters=1200) == world
    assert election_week(6, posts=3000, letters=1200).posts != world.posts


def test_the_week_has_the_size_asked_for_and_unique_ids(world: World) -> None:
    ids = [post.id for post in world.posts] + [letter.id for letter in world.letters]
    assert len(world.posts) == 3000
    assert len(world.letters) == 1200
    assert len(set(ids)) == len(ids)
    assert {row.id for row in world.truth} <= set(ids)


def test_a_week_too_small_for_its_campaigns_is_refused() -> None:
    with pytest.raises(ValueError, match="ask for"):
        election_week(1, posts=100, letters=100)


def test_every_kind_of_campaign_and_control_is_planted(world: World) -> None:
    planted = {row.kind for row in world.truth if row.planted}
    controls = {row.kind for row in world.truth if row.control}
    texts = {"mail_merge", "mad_lib", "light_edit", "paraphrase", "phrase_bank", "translation"}
    assert planted == texts | {"link_network", "hashtag_wave", "relay"}
    look_alikes = {"viral_quote", "headline", "polite_phrase", "opposite_opinions", "placeholder"}
    assert controls == look_alikes | {"newsroom", "viral_link", "debate_fans"}
    assert all(row.planted != row.control for row in world.truth)
    assert {row.group for row in world.truth if row.declared} == {"letter-mail_merge-01-1", "post-merge-declared"}


def test_campaigns_of_texts_come_from_distinct_accounts(world: World) -> None:
    author = {post.id: post.author for post in world.posts}
    for rows in groups(world).values():
        repeated = rows[0].kind in {"link_network", "relay", "newsroom"}
        authors = [author[row.id] for row in rows if row.id in author and not repeated]
        assert len(set(authors)) == len(authors)


def test_the_slogan_is_said_in_five_languages_in_more_than_one_wording(world: World) -> None:
    slogan = {row.id for row in groups(world)["post-slogan-translated"]}
    wordings: dict[str, set[str]] = defaultdict(set)
    for post in world.posts:
        if post.id in slogan:
            wordings[post.lang].add(post.text.split(" #")[0])
    assert set(wordings) == {"nl", "en", "de", "fr", "ro"}
    assert all(len(said) >= 2 for said in wordings.values())
    assert len(slogan) >= 20


def test_opposite_opinions_are_marked_by_side(world: World) -> None:
    sides = Counter(row.variant for row in groups(world)["control-opposites"])
    assert sides["support"] == sides["oppose"] > 5


def test_posts_are_in_order_of_time_and_replies_answer_earlier_ones(world: World) -> None:
    times = {post.id: post.created_at for post in world.posts}
    assert list(times.values()) == sorted(times.values())
    assert all(moment.tzinfo is not None for moment in times.values())
    replies = [post for post in world.posts if post.reply_to]
    assert len(replies) > 100
    assert all(times[post.reply_to] <= post.created_at and post.reply_to != post.id for post in replies)


def test_reposts_have_no_words_of_their_own_and_name_an_earlier_post_and_its_author(world: World) -> None:
    earlier = {post.id: post for post in world.posts}
    reposts = [post for post in world.posts if post.repost_of]
    assert 0.02 * len(world.posts) < len(reposts) < 0.1 * len(world.posts)
    for post in reposts:
        passed_on = earlier[post.repost_of]
        assert passed_on.created_at <= post.created_at
        assert (passed_on.author, passed_on.lang) == (post.repost_author, post.lang)
        assert post.author != passed_on.author
        assert (post.text, post.links, post.hashtags, passed_on.repost_of) == ("", (), (), "")


def test_nights_are_quiet_and_a_few_accounts_post_much(world: World) -> None:
    hours = Counter(post.created_at.hour for post in world.posts)
    assert sum(hours[hour] for hour in range(1, 5)) < 0.2 * sum(hours[hour] for hour in range(18, 22))
    activity = sorted(Counter(post.author for post in world.posts).values(), reverse=True)
    assert sum(activity[:50]) > 0.1 * len(world.posts)


def test_organic_posts_are_hardly_ever_the_same(world: World) -> None:
    known = {row.id for row in world.truth}
    texts = [post.text for post in world.posts if post.id not in known and not post.repost_of]
    assert len(set(texts)) > 0.998 * len(texts)


def test_every_written_file_can_be_read_again(world: World, files: WorldFiles) -> None:
    posts = [json.loads(line) for line in files.posts.read_text(encoding="utf-8").splitlines()]
    assert [post["id"] for post in posts] == [post.id for post in world.posts]
    assert all(datetime.fromisoformat(post["created_at"]).tzinfo for post in posts)
    with files.letters.open(encoding="utf-8", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == [letter.text for letter in world.letters]
    assert read_truth(files.truth) == world.truth
    assert "2.500 meter" in files.consulted.read_text(encoding="utf-8")


def test_the_registry_names_what_the_declared_campaigns_share(world: World, files: WorldFiles) -> None:
    registry = tomllib.loads(files.campaigns.read_text(encoding="utf-8"))["campaign"]
    text, link = registry[0]["texts"][0], registry[1]["links"][0]
    declared = {row.id for row in world.truth if row.declared}
    longest = max(text.split("\n\n"), key=lambda paragraph: 0 if "..." in paragraph else len(paragraph))
    letters = [letter for letter in world.letters if letter.id in declared]
    assert sum(longest in letter.text for letter in letters) > 0.7 * len(letters)
    assert all(link in post.links and link in post.text for post in world.posts if post.id in declared)
    assert all(letter.date >= registry[0]["since"] for letter in letters)
