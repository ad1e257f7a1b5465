"""A small generative grammar that keeps what is said apart from how it is said.

A line of a grammar file is one thing that can be said under its heading. `{symbol}` is content: another thing said.
`[a|b]` and `||` are wording: other words, or another order, for the same thing. A derivation fixes the content;
realising it twice gives two texts that say the same.
"""

import random
import re
from bisect import bisect
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

import msgspec

TAIL = 0.6  # content choice falls off as a power of the rank: a few things are said by many, most by few
_TOKEN = re.compile(r"\{([^{}]*)\}|([\[\]|])|([^\[\]{}|]+)")
_RANGE = re.compile(r"(\d+)\.\.(\d+)")


class Choice(msgspec.Struct, frozen=True):
    """Wordings of one phrase, any of which will do."""

    options: tuple["Phrase", ...]


Part: TypeAlias = "str | int | Choice"
Phrase: TypeAlias = "tuple[Part, ...]"


class Production(msgspec.Struct, frozen=True):
    """One thing to say: its equivalent wordings, and the symbols that its numbered slots stand for."""

    variants: tuple[Phrase, ...]
    slots: tuple[str, ...]


class Rule(msgspec.Struct, frozen=True):
    """All that can be said under one heading; a sticky rule says the same thing throughout one derivation."""

    productions: tuple[Production, ...]
    cumulative: tuple[float, ...]
    sticky: bool


class Node(msgspec.Struct, frozen=True):
    """A derivation: the thing said and what fills its slots (a string for a number)."""

    production: Production
    children: tuple["Node | str", ...]


Grammar: TypeAlias = Mapping[str, Rule]


def read_grammar(*paths: Path) -> Grammar:
    """The rules of grammar files; `== name` opens a heading, `== name *` a sticky one, `#` a comment."""
    lines: dict[str, list[str]] = {}
    sticky: set[str] = set()
    heading = ""
    for raw in "\n".join(path.read_text(encoding="utf-8") for path in paths).splitlines():
        line = raw.strip()
        if line.startswith("=="):
            heading, _, star = line[2:].strip().partition(" ")
            lines[heading] = []
            sticky |= {heading} if star else set()
        elif line and not line.startswith("#"):
            lines[heading].append(line)
    grammar = {name: _rule(texts, name in sticky) for name, texts in lines.items()}
    _check(grammar, paths[-1].name)
    return grammar


def derive(grammar: Grammar, symbol: str, rng: random.Random, memory: dict[str, Node]) -> Node:
    """One thing to say under `symbol`; `memory` holds what the sticky rules have said so far."""
    rule = grammar[symbol]
    if rule.sticky and symbol in memory:
        return memory[symbol]
    production = rule.productions[bisect(rule.cumulative, rng.random())]
    node = fill(grammar, production, rng, memory)
    if rule.sticky:
        memory[symbol] = node
    return node


def fill(grammar: Grammar, production: Production, rng: random.Random, memory: dict[str, Node]) -> Node:
    """The production with something said in each of its slots."""
    children: list[Node | str] = []
    for slot in production.slots:
        bounds = _RANGE.fullmatch(slot)
        if bounds:
            low, high = int(bounds[1]), int(bounds[2])
            children.append(str(low + int(rng.random() * (high - low + 1))))
        else:
            children.append(derive(grammar, slot, rng, memory))
    return Node(production, tuple(children))


def realise(node: Node, rng: random.Random, *, variant: int | None = None) -> str:
    """The derivation in words; `variant` holds the top wording to one of its equivalents."""
    out: list[str] = []
    variants = node.production.variants
    phrase = variants[int(rng.random() * len(variants))] if variant is None else variants[variant % len(variants)]
    _speak(phrase, node.children, rng, out)
    return " ".join("".join(out).split())


def _speak(phrase: Phrase, children: tuple[Node | str, ...], rng: random.Random, out: list[str]) -> None:
    for part in phrase:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Choice):
            _speak(part.options[int(rng.random() * len(part.options))], children, rng, out)
        else:
            child = children[part]
            if isinstance(child, str):
                out.append(child)
            else:
                variants = child.production.variants
                _speak(variants[int(rng.random() * len(variants))], child.children, rng, out)


def _rule(texts: list[str], sticky: bool) -> Rule:
    weights = [(rank + 4) ** -TAIL for rank in range(len(texts))]
    total = sum(weights)
    cumulative = tuple(accumulate(weight / total for weight in weights))
    return Rule(tuple(_production(text) for text in texts), (*cumulative[:-1], 1.0), sticky)


def _production(text: str) -> Production:
    slots: list[str] = []
    variants = tuple(_phrase(variant.strip(), slots) for variant in text.split("||"))
    return Production(variants, tuple(name.partition("#")[0] for name in slots))


def _phrase(text: str, slots: list[str]) -> Phrase:
    """Parse one wording; its second `{x}` is another slot than its first, `{x.1}` the first again."""
    seen: dict[str, int] = {}
    stack: list[list[list[Part]]] = [[[]]]
    for slot, mark, words in _TOKEN.findall(text):
        if slot:
            key = _key(slot, seen)
            if key not in slots:
                slots.append(key)
            stack[-1][-1].append(slots.index(key))
        elif mark == "[":
            stack.append([[]])
        elif mark == "|":
            stack[-1].append([])
        elif mark == "]":
            options = stack.pop()
            stack[-1][-1].append(Choice(tuple(tuple(option) for option in options)))
        else:
            stack[-1][-1].append(words)
    if len(stack) != 1 or len(stack[0]) != 1:
        raise ValueError(f"unbalanced brackets in the grammar line {text!r}: close every [ with ]")
    return tuple(stack[0][0])


def _key(slot: str, seen: dict[str, int]) -> str:
    name, _, ordinal = slot.partition(".")
    if ordinal.isdigit():
        return f"{name}#{ordinal}"
    seen[slot] = seen.get(slot, 0) + 1
    return f"{slot}#{seen[slot]}"


def _check(grammar: Grammar, name: str) -> None:
    asked = {slot for rule in grammar.values() for production in rule.productions for slot in production.slots}
    missing = sorted(slot for slot in asked if slot not in grammar and not _RANGE.fullmatch(slot))
    if missing:
        raise ValueError(f"{name} uses symbols without a heading: {', '.join(missing)}")
