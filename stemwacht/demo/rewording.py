"""Campaigns whose senders all say the same thing, each in other words."""

import random

from stemwacht.demo.grammar import Node, derive, realise
from stemwacht.demo.hand import mistype, paragraphs, reword, sentence, slip
from stemwacht.demo.letter import Truth
from stemwacht.demo.organic import Pen, arguments, frame, speak

Made = list[tuple[str, Truth]]


def mad_lib(pen: Pen, campaign: str, names: list[str], rng: random.Random) -> Made:
    """Fixed sentences in a fixed order, each phrase chosen from alternatives anew for every sender."""
    nodes = _argument(pen, rng, fewest=7, most=10)
    variants = [rng.randrange(4) for _ in nodes]
    breaks = rng.randint(2, 4)
    out = []
    for name in names:
        said = [sentence(realise(node, rng, variant=variant)) for node, variant in zip(nodes, variants, strict=True)]
        body = "\n\n".join(" ".join(said[at : at + breaks]) for at in range(0, len(said), breaks))
        out.append((frame(pen, body, name, rng), Truth(campaign=campaign, kind="mad_lib")))
    return out


def light_edit(pen: Pen, campaign: str, names: list[str], rng: random.Random) -> Made:
    """One letter in which each sender changes a few words, moves a sentence or leaves one out."""
    source = [speak(pen, node, rng) for node in _argument(pen, rng, fewest=7, most=11)]
    template = " ".join(source)
    out = []
    for name in names:
        said = [reword(text, pen.thesaurus, 0.25, rng) for text in source]
        if rng.random() < 0.5:
            said.insert(rng.randrange(len(said)), said.pop(rng.randrange(len(said))))
        if rng.random() < 0.6:
            said.pop(rng.randrange(len(said)))
        words = " ".join(said).split(" ")
        for place in rng.sample(range(len(words)), rng.randint(0, 4)):
            words[place] = mistype(words[place], rng)
        text = frame(pen, " ".join(words), name, rng)
        out.append((text, Truth(campaign=campaign, kind="light_edit", template=template)))
    return out


def paraphrase(pen: Pen, campaign: str, names: list[str], rng: random.Random) -> Made:
    """One letter that each sender says again, sentence by sentence, in other words and another order."""
    nodes = _argument(pen, rng, fewest=9, most=12, free=True)
    out = []
    for name in names:
        order = list(nodes)
        for place in range(1, len(order)):
            if rng.random() < 0.3:
                order[place - 1], order[place] = order[place], order[place - 1]
        said = [reword(speak(pen, node, rng), pen.thesaurus, 0.5, rng) for node in order]
        text = slip(frame(pen, paragraphs(said, rng), name, rng), rng)
        out.append((text, Truth(campaign=campaign, kind="paraphrase")))
    return out


def phrase_bank(pen: Pen, bank: str, groups: list[list[str]], rng: random.Random) -> Made:
    """Sub-campaigns that each draw their letter from one bank of sentences; `groups` holds the senders of each."""
    memory: dict[str, Node] = {}
    nodes = arguments(pen, 24, rng, memory, stance=0.2)
    wordings = [tuple(sentence(realise(node, rng)) for _ in range(3)) for node in nodes]
    out = []
    for number, names in enumerate(groups, start=1):
        chosen = rng.sample(wordings, rng.randint(9, 12))
        truth = Truth(campaign=f"{bank}-{number}", kind="phrase_bank", umbrella=bank)
        for name in names:
            said = [rng.choice(wording) for wording in chosen]
            for _ in range(rng.randint(0, 3)):
                said.pop(rng.randrange(len(said)))
            out.append((slip(frame(pen, paragraphs(said, rng), name, rng), rng), truth))
    return out


def _argument(pen: Pen, rng: random.Random, *, fewest: int, most: int, free: bool = False) -> list[Node]:
    """One sender's line of argument; `free` keeps to what the grammar can say in more than one order."""
    memory: dict[str, Node] = {}
    count = rng.randint(fewest, most)
    nodes = arguments(pen, 2 * count if free else count, rng, memory, stance=0.2)
    if free:
        nodes.sort(key=lambda node: len(node.production.variants) < 2)
        nodes = nodes[:count]
        rng.shuffle(nodes)
    return [*nodes, derive(pen.grammar, "close", rng, memory)]
