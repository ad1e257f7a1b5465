"""What accounts do in step: the planted groups, and the crowds that only look like them."""

from collections import Counter, defaultdict
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from stemwacht.demo import Post, World, election_week

EARLIER = 1_200


@pytest.fixture(scope="module")
def world() -> World:
    return election_week(4, posts=4_000, letters=1_000, earlier=EARLIER)


def posts_of(world: World, kind: str) -> list[Post]:
    ids = {row.id for row in world.truth if row.kind == kind}
    return [post for post in world.posts if post.id in ids]


def ordinary(world: World) -> list[Post]:
    known = {row.id for row in world.truth}
    return [post for post in world.posts if post.id not in known]


def by_link(posts: list[Post]) -> dict[str, list[Post]]:
    found: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        for link in post.links:
            found[link].append(post)
    return found


def span(posts: list[Post]) -> timedelta:
    return posts[-1].created_at - posts[0].created_at


def site(link: str) -> str:
    return urlsplit(link).netloc


def test_the_link_network_shares_each_link_within_a_minute_in_words_of_its_own(world: World) -> None:
    network = posts_of(world, "link_network")
    links = by_link(network)
    assert 14 <= len({post.author for post in network}) <= 20
    assert 12 <= len(links) <= 15
    assert all(timedelta(seconds=10) <= span(shared) <= timedelta(seconds=50) for shared in links.values())
    assert all(len({post.author for post in shared}) == len(shared) > 10 for shared in links.values())
    assert len({post.text for post in network}) == len(network)


def test_the_sites_that_the_network_shares_are_shared_by_others_too(world: World) -> None:
    sites = {site(link) for link in by_link(posts_of(world, "link_network"))}
    sharers: dict[str, set[str]] = defaultdict(set)
    for post in ordinary(world):
        for link in post.links:
            sharers[site(link)].add(post.author)
    assert len(sites) >= 6
    assert all(len(sharers[name]) >= 10 for name in sites)


@pytest.mark.parametrize("kind", ["link_network", "hashtag_wave", "relay"])
def test_accounts_that_act_in_step_have_posts_of_their_own(world: World, kind: str) -> None:
    own = Counter(post.author for post in ordinary(world))
    assert all(own[post.author] >= 2 for post in posts_of(world, kind))


def test_the_wave_has_one_order_of_hashtags_and_thirty_voices_within_twenty_minutes(world: World) -> None:
    wave = posts_of(world, "hashtag_wave")
    tags = {post.hashtags for post in wave}
    assert len(wave) == len({post.author for post in wave}) == 30
    assert len({post.text for post in wave}) >= 28
    assert len(tags) == 1
    assert len(next(iter(tags))) == 3
    assert span(wave) <= timedelta(minutes=20)
    assert not any(tags & {post.hashtags} for post in ordinary(world))


def test_sleeping_accounts_posted_long_ago_and_wake_in_one_hour(world: World) -> None:
    awake = posts_of(world, "waking")
    accounts = {post.author for post in awake}
    past: dict[str, list[Post]] = defaultdict(list)
    for post in ordinary(world):
        past[post.author].append(post)
    assert 12 <= len(accounts) <= 18
    assert len({post.created_at.replace(minute=0, second=0) for post in awake}) == 1
    assert all(len(past[account]) >= 3 for account in accounts)
    assert all(awake[0].created_at - past[account][-1].created_at > timedelta(days=35) for account in accounts)


def test_without_a_past_nobody_is_said_to_wake(world: World) -> None:
    week = election_week(4, posts=4_000, letters=1_000)
    assert not posts_of(week, "waking")
    assert len(week.posts) == 4_000
    assert span(list(week.posts)) < timedelta(days=7)


def test_the_relay_repeats_stories_minutes_later_on_another_platform_in_another_language(world: World) -> None:
    stories: dict[str | None, list[Post]] = defaultdict(list)
    told = {post.id: post for post in posts_of(world, "relay")}
    for row in world.truth:
        if row.id in told:
            stories[row.variant].append(told[row.id])
    assert 6 <= len(stories) <= 8
    for source, *relays in stories.values():
        assert len({post.author for post in relays} - {source.author}) == len(relays) == 8
        assert {post.platform for post in relays}.isdisjoint({source.platform})
        assert source.lang not in {post.lang for post in relays}
        assert timedelta(minutes=1) < relays[0].created_at - source.created_at
        assert relays[-1].created_at - source.created_at < timedelta(minutes=4)
    assert len({post.lang for post in told.values()}) >= 3
    assert len({post.author for post in told.values()}) == 10


def test_the_newsroom_is_three_accounts_with_one_site_within_seconds_on_every_day(world: World) -> None:
    newsroom = posts_of(world, "newsroom")
    links = by_link(newsroom)
    assert len({post.author for post in newsroom}) == 3
    assert len({site(link) for link in links}) == 1
    assert all(len(shared) == 3 and span(shared) <= timedelta(seconds=25) for shared in links.values())
    assert len({post.created_at.date() for post in newsroom}) == 7


def test_the_viral_link_is_shared_less_and_less_within_a_day_and_a_bit(world: World) -> None:
    viral = posts_of(world, "viral_link")
    start = viral[0].created_at
    ages = [post.created_at - start for post in viral]
    early, late = (sum(low <= age.total_seconds() / 3600 < low + 4 for age in ages) for low in (0, 12))
    assert len({post.author for post in viral}) == len(viral) >= 100
    assert len(by_link(viral)) == 1
    assert max(ages) <= timedelta(hours=25)
    assert early > 3 * late > 0


def test_a_larger_week_has_a_more_viral_link() -> None:
    assert len(posts_of(election_week(4, posts=15_000, letters=1_000), "viral_link")) == 300


def test_fans_of_the_debate_post_in_the_same_minutes_in_their_own_words_as_they_do_each_week(world: World) -> None:
    fans = posts_of(world, "debate_fans")
    evening = [post for post in fans if fans[-1].created_at - post.created_at < timedelta(hours=2)]
    minutes = Counter(post.created_at.replace(second=0) for post in evening)
    assert len({post.author for post in evening}) == len(evening) >= 100
    assert all("Stadsdebat" in post.hashtags for post in fans)
    assert len({post.hashtags for post in evening}) > 5
    assert max(minutes.values()) >= 12
    assert len({post.text for post in fans}) > 0.98 * len(fans)
    assert len({post.created_at.date() for post in fans}) == 11


def test_the_weeks_before_have_the_posts_asked_for_by_accounts_that_are_seldom_silent(world: World) -> None:
    monday = election_week(4, posts=2_000, letters=1_000).posts[0].created_at.date()
    before = [post for post in world.posts if post.created_at.date() < monday]
    last: dict[str, Post] = {}
    silences = []
    for post in before:
        if post.author in last:
            silences.append(post.created_at - last[post.author].created_at)
        last[post.author] = post
    assert len(before) == EARLIER
    assert timedelta(days=68) < span(before) < timedelta(days=70)
    assert sum(silence > timedelta(days=30) for silence in silences) < 0.06 * len(silences)


def test_few_earlier_posts_are_refused() -> None:
    with pytest.raises(ValueError, match="500 or more"):
        election_week(1, posts=2_000, letters=1_000, earlier=100)


def test_a_few_outlets_and_articles_are_shared_by_many(world: World) -> None:
    links = Counter(link for post in ordinary(world) for link in post.links)
    sites = Counter(site(link) for link in links.elements())
    shares = sorted(sites.values())
    assert shares[-1] > 2 * shares[len(shares) // 2]  # by rank: a tenth outlet of Zipf's has a tenth of the first
    assert shares[-1] > 3 * shares[0]
    assert sum(count for _, count in links.most_common(len(links) // 10)) > 0.25 * links.total()
    assert 0.1 < links.total() / len(ordinary(world)) < 0.3


def test_times_are_to_the_second(world: World) -> None:
    assert all(post.created_at.microsecond == 0 for post in world.posts)
