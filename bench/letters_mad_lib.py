"""The grammar of a mad-lib campaign: read it, expand it to letters, and know which words every letter holds."""

from collections import Counter
from collections.abc import Sequence
from functools import reduce
from operator import and_
from random import Random

import msgspec
from rapidfuzz.distance import LCSseq

from analysis.letters import read_words

Node = str | list["Node"] | tuple["Node", ...]
"""A literal, a sequence, or (tuple) alternatives."""


def parse(grammar: str) -> Node:
    """Read a sequence of literals, `(a|b)` alternatives, `[Uu]` classes and escapes into a tree."""
    stack: list[list[list[Node]]] = [[[]]]
    at = 0
    while at < len(grammar):
        mark = grammar[at]
        if mark == "(":
            stack.append([[]])
        elif mark == "|":
            stack[-1].append([])
        elif mark == ")":
            choices = stack.pop()
            stack[-1][-1].append(tuple(choices))
        elif mark == "[":
            end = grammar.index("]", at)
            stack[-1][-1].append(tuple(grammar[at + 1 : end]))
            at = end
        else:
            at += mark == "\\"
            stack[-1][-1].append(grammar[at])
        at += 1
    return stack[0][0]


def expand(node: Node, random: Random) -> str:
    """One random path through the tree."""
    if isinstance(node, tuple):
        return expand(random.choice(node), random)
    return node if isinstance(node, str) else "".join(expand(child, random) for child in node)


def outside_choices(node: Node) -> str:
    """The literal text outside every alternative: fixed without doubt."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return "".join(outside_choices(child) for child in node)
    return node[0] if isinstance(node[0], str) else " "


def on_every_path(node: Node) -> Counter[str]:
    """The words on every path through the tree, whatever their order: of alternatives those that all hold."""
    if isinstance(node, str):
        return Counter()
    if isinstance(node, list):
        inner = (on_every_path(child) for child in node if isinstance(child, tuple) and not isinstance(child[0], str))
        return sum(inner, Counter(read_words(outside_choices(node)).keys))
    return reduce(and_, map(on_every_path, node))


def in_order(node: Node) -> list[str]:
    """The longest word sequence on every path that can be told by folding alternatives two by two."""
    if isinstance(node, str):
        return []
    if isinstance(node, tuple):
        return reduce(in_common, map(in_order, node))
    words: list[str] = []
    literal = ""
    for child in [*node, ()]:
        choices = isinstance(child, tuple) and not (child and isinstance(child[0], str))
        literal += "" if choices else outside_choices(child)
        if choices:
            words, literal = words + read_words(literal).keys + (in_order(child) if child else []), ""
    return words


def in_common(one: Sequence[str], two: Sequence[str]) -> list[str]:
    """The longest common subsequence of two word lists."""
    steps = LCSseq.opcodes(one, two)
    return [word for step in steps if step.tag == "equal" for word in one[step.src_start : step.src_end]]


class Mix(msgspec.Struct, frozen=True, kw_only=True):
    """What senders do with a letter: share of own words, chance that a paragraph is dropped, order kept or not."""

    own: float = 0.0
    dropped: float = 0.0
    shuffled: bool = False


def write_letter(paragraphs: Sequence[str], own: Sequence[str], random: Random, mix: Mix) -> list[str]:
    """The paragraphs that a sender keeps, with sentences of the sender's own between them."""
    kept = [text for text in paragraphs if random.random() >= mix.dropped] or [random.choice(paragraphs)]
    wanted = mix.own / (1 - mix.own) * sum(len(text.split()) for text in kept)
    while wanted > 0:
        sentence = random.choice(own)
        wanted -= len(sentence.split())
        kept.insert(random.randint(0, len(kept)), sentence)
    if mix.shuffled:
        random.shuffle(kept)
    return kept
