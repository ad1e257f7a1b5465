"""The posts of the week, of campaigns, look-alikes and everybody else, with the truth about them."""

import random
from collections.abc import Sequence

from msgspec.structs import replace

from stemwacht.demo.accounts import MONDAY, crowd
from stemwacht.demo.controls import Stage, controls
from stemwacht.demo.coordinated import coordinated_posts
from stemwacht.demo.grammar import read_grammar
from stemwacht.demo.lookalikes import lookalike_posts
from stemwacht.demo.news import published_news
from stemwacht.demo.organic import read_pen
from stemwacht.demo.organic_posts import earlier_posts, organic_posts
from stemwacht.demo.people import TEXTS
from stemwacht.demo.planted_posts import Desk, planted_posts
from stemwacht.demo.post import LANGUAGES, Post, post_grammar, read_dress, step_grammar
from stemwacht.demo.scene import Cast, Casting, Scene
from stemwacht.demo.threads import threads
from stemwacht.demo.truth import TruthRow


def week_posts(seed: int, count: int, earlier: int) -> tuple[list[Post], list[TruthRow]]:
    """`count` posts of the week and `earlier` ones of the ten weeks before it, by time to the second, and the truth."""
    rng = random.Random(f"posts {seed}")
    scene = _scene(seed, count, rng)
    made = _made(scene, seed, count, rng, history=earlier > 0)
    before = sum(post.created_at < MONDAY for post, _ in made)
    ordinary = [
        *organic_posts(scene, count - len(made) + before, rng),
        *earlier_posts(scene, max(0, earlier - before), random.Random(f"earlier {seed}")),
    ]
    return _numbered([*made, *((post, None) for post in ordinary)], rng)


def _scene(seed: int, count: int, rng: random.Random) -> Scene:
    dress = read_dress()
    return Scene(
        dress=dress,
        grammars={language: post_grammar(language) for language in LANGUAGES},
        step=step_grammar(),
        people=crowd(dress, count, rng),
        news=published_news(dress, random.Random(f"news {seed}")),
    )


def _made(scene: Scene, seed: int, count: int, rng: random.Random, *, history: bool) -> list[Cast]:
    """Everything that does not happen by itself."""
    shared = read_grammar(TEXTS / "posts_planted.txt")
    desk = Desk(scene.dress, shared, read_pen("nl").thesaurus, scene.people)
    return [
        *planted_posts(desk, rng),
        *controls(Stage(scene.dress, shared, scene.grammars["nl"], scene.people), rng),
        *coordinated_posts(scene, Casting(scene.people), seed, history=history),
        *lookalike_posts(scene, seed, count, history=history),
    ]


def _numbered(rows: Sequence[Cast], rng: random.Random) -> tuple[list[Post], list[TruthRow]]:
    """The posts in order of time with ids, replies and reposts tied to earlier ones; and the truth by id."""
    timed = [(replace(post, created_at=post.created_at.replace(microsecond=0)), group) for post, group in rows]
    timed.sort(key=lambda row: row[0].created_at)
    posts = list(threads([replace(post, id=f"P{number:06}") for number, (post, _) in enumerate(timed, start=1)], rng))
    truth = [group.row(post.id) for post, (_, group) in zip(posts, timed, strict=True) if group is not None]
    return posts, truth
