"""Independent letter writers: they share a topic and a language, not a wording."""

import random
import tomllib
from collections.abc import Mapping, Sequence

import msgspec

from stemwacht.demo.grammar import Grammar, Node, derive, read_grammar, realise
from stemwacht.demo.hand import after, paragraphs, sentence, slip
from stemwacht.demo.people import TEXTS, People, full_name, read_people

QUOTE_SHARE = 0.02  # writers who quote the clause under consultation
STOCK_SHARE = 0.12  # writers who use a slogan that is in everybody's mouth


class Pen(msgspec.Struct, frozen=True):
    """All that letters in one language are made of."""

    grammar: Grammar
    people: People
    thesaurus: Mapping[str, Sequence[str]]
    proper: frozenset[str]


def read_pen(language: str) -> Pen:
    """The grammar, names and thesaurus of a language; FileNotFoundError where the demo does not know it."""
    grammar = read_grammar(TEXTS / f"letters_{language}.txt")
    thesaurus = tomllib.loads((TEXTS / f"thesaurus_{language}.toml").read_text(encoding="utf-8"))
    names = {str(p.variants[0][0]).split(" ")[0] for r in ("vname", "sname") for p in grammar[r].productions}
    return Pen(grammar, read_people(language), thesaurus, frozenset(names | {"I", "I'm"}))


def organic_letter(pen: Pen, name: str, rng: random.Random) -> str:
    """A letter by one writer with a life, a view and a hand of his own."""
    memory: dict[str, Node] = {}
    sentences = [speak(pen, node, rng) for node in _plan(pen, rng, memory)]
    if rng.random() < QUOTE_SHARE:
        sentences.insert(1 + int(rng.random() * len(sentences)), _say(pen, "quote", rng, memory))
    if rng.random() < STOCK_SHARE:
        sentences.insert(int(rng.random() * (len(sentences) + 1)), _say(pen, "stock", rng, memory))
    return slip(frame(pen, paragraphs(sentences, rng), name, rng), rng)


def speak(pen: Pen, node: Node, rng: random.Random, *, variant: int | None = None) -> str:
    """One thing said, with or without an opening and a closing turn of phrase."""
    text = realise(node, rng, variant=variant)
    if rng.random() < 0.12 and text[-1] not in '?!"':
        text += realise(derive(pen.grammar, "tailpiece", rng, {}), rng).replace("(", " (")
    if rng.random() < 0.22:
        text = after(realise(derive(pen.grammar, "opener", rng, {}), rng), text, pen.proper)
    return sentence(text)


def arguments(pen: Pen, count: int, rng: random.Random, memory: dict[str, Node], stance: float) -> list[Node]:
    """`count` different things to say; `stance` is the share of those that take a side that speak for the draft."""
    side = "for" if rng.random() < stance else "against"
    nodes: list[Node] = []
    used: set[int] = set()
    while len(nodes) < count:
        node = derive(pen.grammar, side if rng.random() < 0.45 else "any", rng, memory)
        if id(node.production) not in used:
            used.add(id(node.production))
            nodes.append(node)
    return nodes


def frame(pen: Pen, body: str, name: str, rng: random.Random) -> str:
    """The body between a salutation and a signature, for writers who keep to such forms."""
    parts = [body]
    if rng.random() < 0.75:
        parts.insert(0, realise(derive(pen.grammar, "salutation", rng, {}), rng))
    if rng.random() < 0.7:
        parts.append(realise(derive(pen.grammar, "signoff", rng, {}), rng) + "\n" + name)
    return "\n\n".join(parts)


def sender(pen: Pen, rng: random.Random) -> str:
    """A sender's name."""
    return full_name(pen.people, rng)


def _plan(pen: Pen, rng: random.Random, memory: dict[str, Node]) -> list[Node]:
    count = min(14, max(2, round(rng.lognormvariate(1.55, 0.45))))
    nodes = arguments(pen, count, rng, memory, stance=0.45)
    if rng.random() < 0.85:
        nodes.insert(0, derive(pen.grammar, "intro", rng, memory))
    if rng.random() < 0.7:
        nodes.append(derive(pen.grammar, "close", rng, memory))
    return nodes


def _say(pen: Pen, symbol: str, rng: random.Random, memory: dict[str, Node]) -> str:
    return sentence(realise(derive(pen.grammar, symbol, rng, memory), rng))
