"""Mail-merge campaigns: one text with blanks, filled in by each sender."""

import random
import re

import msgspec

from stemwacht.demo.grammar import Node, derive, realise
from stemwacht.demo.hand import sentence
from stemwacht.demo.letter import Truth
from stemwacht.demo.organic import Pen, arguments, frame, speak

ADDS = 0.4  # senders who write something of their own
DROPS = 0.25  # senders who leave a paragraph out
_SLOT = re.compile(r"<(\w+)>")


class Template(msgspec.Struct, frozen=True):
    """Paragraphs with their blanks as `{slot}`."""

    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def template(pen: Pen, rng: random.Random) -> Template:
    """An opening with blanks, six to nine sentences of argument with a paragraph of blanks among them, and an end."""
    memory: dict[str, Node] = {}
    nodes = arguments(pen, rng.randint(6, 9), rng, memory, stance=0.2)
    said = [speak(pen, node, rng) for node in nodes]
    opening, middle = (_blanks(pen, symbol, rng) for symbol in ("merge_opening", "merge_middle"))
    half = len(said) // 2
    end = sentence(realise(derive(pen.grammar, "close", rng, memory), rng))
    return Template((opening, " ".join(said[:half]), middle, " ".join(said[half:]), end))


def fill_in(pen: Pen, form: Template, name: str, rng: random.Random) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """The letter of one sender: its text, the slot values in it, and the sentences of the sender's own."""
    values = _values(pen, name, rng)
    kept = list(form.paragraphs)
    if rng.random() < DROPS:
        kept.pop(rng.randrange(1, len(kept)))
    paragraphs = [paragraph.format_map(values) for paragraph in kept]
    own: tuple[str, ...] = ()
    if rng.random() < ADDS:
        own = tuple(speak(pen, node, rng) for node in arguments(pen, rng.randint(1, 3), rng, {}, stance=0.2))
        paragraphs.insert(rng.randint(1, len(paragraphs)), " ".join(own))
    used = {slot for paragraph in kept for slot in values if f"{{{slot}}}" in paragraph}
    return "\n\n".join(paragraphs), {slot: values[slot] for slot in sorted(used)}, own


def mail_merge(pen: Pen, campaign: str, names: list[str], rng: random.Random) -> list[tuple[str, Truth]]:
    """The letters of one campaign, one for each name, with the truth about each."""
    form = template(pen, rng)
    out = []
    for name in names:
        body, slots, own = fill_in(pen, form, name, rng)
        truth = Truth(campaign=campaign, kind="mail_merge", template=form.text, slots=slots, own_words=own)
        out.append((frame(pen, body, name, rng), truth))
    return out


def _blanks(pen: Pen, symbol: str, rng: random.Random) -> str:
    return sentence(_SLOT.sub(r"{\1}", realise(derive(pen.grammar, symbol, rng, {}), rng)))


def _values(pen: Pen, name: str, rng: random.Random) -> dict[str, str]:
    def say(symbol: str) -> str:
        return realise(derive(pen.grammar, symbol, rng, {}), rng)

    age = rng.randint(24, 88)
    return {
        "name": name,
        "age": str(age),
        "street": say("street"),
        "years": str(rng.randint(2, age - 20)),
        "station": say("venue"),
        "child": rng.choice(pen.people.child),
        "school": say("school"),
    }
