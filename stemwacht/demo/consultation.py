"""A consultation on one topic: independent letters, and campaigns planted among them."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from stemwacht.demo.letter import Campaigns, Kind, Language, Letter, Truth
from stemwacht.demo.mail_merge import mail_merge
from stemwacht.demo.organic import Pen, organic_letter, read_pen, sender
from stemwacht.demo.people import organisation
from stemwacht.demo.rewording import Made, light_edit, mad_lib, paraphrase, phrase_bank

KINDS: tuple[Kind, ...] = ("mail_merge", "mad_lib", "light_edit", "paraphrase", "phrase_bank")
OPEN_DAYS = 42
_MAKERS: dict[str, Callable[[Pen, str, list[str], random.Random], Made]] = {
    "mail_merge": mail_merge,
    "mad_lib": mad_lib,
    "light_edit": light_edit,
    "paraphrase": paraphrase,
}


def plan(
    seed: int, letters: int, *, kinds: Sequence[Kind] = KINDS, smallest: int = 8, largest: int = 60
) -> tuple[Campaigns, ...]:
    """Campaigns of `smallest` to `largest` letters that share about `letters` evenly over the kinds.

    A phrase bank has up to four sub-campaigns; where its share holds more, more banks are planned.
    """
    rng = random.Random(f"plan {seed}")
    out: list[Campaigns] = []
    for kind in kinds:
        sizes = list(_sizes(letters // len(kinds), smallest, largest, rng))
        step = 4 if kind == "phrase_bank" else len(sizes) or 1
        out += [Campaigns(kind, tuple(sizes[at : at + step])) for at in range(0, len(sizes), step)]
    return tuple(out)


def consultation(
    seed: int,
    organic: int,
    planted: Sequence[Campaigns] = (),
    *,
    language: Language = "en",
    last_day: date = date(2026, 11, 13),
) -> list[Letter]:
    """`organic` independent letters and the planted campaigns, by date; the same arguments give the same letters.

    Campaign ids are `<kind>-<number>`, a phrase bank's sub-campaigns `<bank>-<number>` under one umbrella.
    """
    pen = read_pen(language)
    rng = random.Random(f"organic {seed}")
    letters = [_organic(pen, last_day, rng) for _ in range(organic)]
    for number, campaigns in enumerate(planted):
        letters += _planted(pen, campaigns, f"{number + 1:02}", last_day, random.Random(f"planted {seed} {number}"))
    rng.shuffle(letters)
    letters.sort(key=lambda letter: letter.date)
    return [msgspec.structs.replace(letter, id=f"L{row:06}") for row, letter in enumerate(letters, start=1)]


def _organic(pen: Pen, last_day: date, rng: random.Random) -> Letter:
    name = sender(pen, rng)
    days_left = min(OPEN_DAYS - 1, int(rng.expovariate(1 / 12)))
    return _letter(pen, name, organic_letter(pen, name, rng), last_day - timedelta(days=days_left), rng)


def _planted(pen: Pen, campaigns: Campaigns, number: str, last_day: date, rng: random.Random) -> Iterator[Letter]:
    groups = [[sender(pen, rng) for _ in range(size)] for size in campaigns.sizes]
    names = [name for group in groups for name in group]
    if campaigns.kind == "phrase_bank":
        made = phrase_bank(pen, f"phrase_bank-{number}", groups, rng)
    else:
        make = _MAKERS[campaigns.kind]
        made = []
        for row, group in enumerate(groups, start=1):
            made += make(pen, f"{campaigns.kind}-{number}-{row}", group, rng)
    starts: dict[str, int] = {}
    for name, (text, truth) in zip(names, made, strict=True):
        start = starts.setdefault(truth.campaign, rng.randrange(6, OPEN_DAYS))
        day = last_day - timedelta(days=max(0, start - int(rng.expovariate(0.5))))
        yield _letter(pen, name, text, day, rng, truth=truth)


def _letter(pen: Pen, name: str, text: str, day: date, rng: random.Random, *, truth: Truth | None = None) -> Letter:
    city = rng.choice(pen.people.city)
    org = "" if truth else organisation(pen.people, rng)
    return Letter(id="", date=day, name=name, city=city, organisation=org, text=text, truth=truth)


def _sizes(total: int, smallest: int, largest: int, rng: random.Random) -> Iterator[int]:
    """Sizes that add up to about `total`, small ones more often than large ones."""
    left = total
    while left >= smallest:
        size = min(left, int(smallest * (largest / smallest) ** rng.random()))
        yield size
        left -= size
