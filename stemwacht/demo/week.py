"""An election week: posts on several platforms, a consultation, campaigns and controls, and the truth."""

import random
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from stemwacht.demo.consultation import OPEN_DAYS, consultation, plan
from stemwacht.demo.grammar import derive, read_grammar, realise
from stemwacht.demo.letter import Campaigns, Letter
from stemwacht.demo.organic import read_pen
from stemwacht.demo.people import TEXTS, full_name
from stemwacht.demo.planted_posts import DECLARED_LINK
from stemwacht.demo.post import Post
from stemwacht.demo.truth import Group, TruthRow
from stemwacht.demo.week_posts import week_posts

LAST_DAY = date(2026, 11, 20)
DECLARED_LETTERS = "mail_merge-01-1"
PLACEHOLDERS = 0.013  # share of letters that only point to an attachment
PLANTED_LETTERS = 0.12  # share of letters in campaigns besides the declared one
_BLANK = re.compile(r"\{\w+\}")


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the registry of declared campaigns."""

    id: str
    name: str
    organisation: str
    since: date
    channels: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class World(msgspec.Struct, frozen=True, kw_only=True):
    """The week and what is known about it.

    `posts` are in order of time, those of the weeks before first. `consulted` is the text of the draft clause that the
    consultation is about.
    """

    posts: tuple[Post, ...]
    letters: tuple[Letter, ...]
    truth: tuple[TruthRow, ...]
    declared: tuple[Declared, ...]
    consulted: str


def election_week(seed: int, posts: int = 20_000, letters: int = 3_000, earlier: int = 0) -> World:
    """A week with so many posts and letters, campaigns and controls among them; the same seed, the same week.

    `earlier` is the number of posts of the ten weeks before the week, by the accounts that always post; without them
    nobody's silence can be known, and no sleeping accounts are planted. ValueError when the week is too small to hold
    its campaigns, or the time before it to hold what belongs to them.
    """
    if posts < 2_000 or letters < 1_000:
        raise ValueError(
            f"{posts} posts and {letters} letters cannot hold the campaigns: ask for 2000 and 1000 or more"
        )
    if earlier and earlier < 500:
        raise ValueError(f"{earlier} earlier posts are no background: ask for 500 or more, or for none")
    all_posts, post_truth = week_posts(seed, posts, earlier)
    all_letters, letter_truth = _letters(seed, letters)
    clause = realise(derive(read_pen("nl").grammar, "clause", random.Random(seed), {}), random.Random(seed))
    return World(
        posts=tuple(all_posts),
        letters=tuple(all_letters),
        truth=(*post_truth, *letter_truth),
        declared=_registry(all_letters),
        consulted=clause,
    )


def _letters(seed: int, count: int) -> tuple[list[Letter], list[TruthRow]]:
    planted = (Campaigns("mail_merge", (60,)), *plan(seed, round(count * PLANTED_LETTERS), smallest=20))
    campaign_letters = sum(sum(campaigns.sizes) for campaigns in planted)
    empty = round(count * PLACEHOLDERS)
    written = consultation(seed, count - campaign_letters - empty, planted, language="nl", last_day=LAST_DAY)
    rows: list[tuple[Letter, Group | None]] = [(letter, _letter_group(letter)) for letter in written]
    rows += _placeholders(random.Random(f"placeholders {seed}"), empty)
    rows.sort(key=lambda row: row[0].date)
    numbered = [msgspec.structs.replace(letter, id=f"L{n:06}") for n, (letter, _) in enumerate(rows, start=1)]
    return numbered, _rows((letter.id, group) for letter, (_, group) in zip(numbered, rows, strict=True))


def _letter_group(letter: Letter) -> Group | None:
    truth = letter.truth
    if truth is None:
        return None
    declared = truth.campaign == DECLARED_LETTERS
    return Group(name=f"letter-{truth.campaign}", kind=truth.kind, declared=declared, umbrella=truth.umbrella)


def _placeholders(rng: random.Random, count: int) -> list[tuple[Letter, Group | None]]:
    shared, people = read_grammar(TEXTS / "posts_planted.txt"), read_pen("nl").people
    group = Group(name="control-placeholder", kind="placeholder", planted=False)
    return [
        (
            Letter(
                id="",
                date=LAST_DAY - timedelta(days=rng.randrange(OPEN_DAYS)),
                name=full_name(people, rng),
                city=rng.choice(people.city),
                organisation="",
                text=realise(derive(shared, "placeholder", rng, {}), rng),
            ),
            group,
        )
        for _ in range(count)
    ]


def _rows(groups: Iterable[tuple[str, Group | None]]) -> list[TruthRow]:
    return [group.row(message_id) for message_id, group in groups if group is not None]


def _registry(letters: Sequence[Letter]) -> tuple[Declared, ...]:
    truths = (letter.truth for letter in letters if letter.truth is not None)
    template = next(truth.template or "" for truth in truths if truth.campaign == DECLARED_LETTERS)
    since = LAST_DAY - timedelta(days=OPEN_DAYS)
    return (
        Declared(
            id="ouderenbond-stembureaus",
            name="Houd het stembureau in de buurt",
            organisation="Ouderenbond Oostervliet",
            since=since,
            texts=(_BLANK.sub("...", template),),
        ),
        Declared(
            id="droge-voeten",
            name="Droge Voeten",
            organisation="Stichting Droge Voeten",
            since=since,
            links=(DECLARED_LINK,),
        ),
    )
