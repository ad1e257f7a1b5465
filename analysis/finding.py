"""The finding: what a detector saw, why it belongs together, and what chance alone would give."""

from datetime import datetime
from typing import Literal

import msgspec

Relation = Literal["copy", "template", "paraphrase", "translation"]
Variant = Literal["number", "date", "negation"]
Measure = Literal["jaccard", "cosine"]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """How one message belongs: its relation to its nearest member, by which similarity.

    `variants` names what makes it say something else than the family's medoid: another number, date, or a "not".
    `own_words` are the runs of words that this sender alone wrote (letters).
    """

    message_id: str
    relation: Relation
    nearest_id: str | None
    similarity: float
    measure: Measure
    variants: tuple[Variant, ...] = ()
    own_words: tuple[str, ...] = ()


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A blank of a template: `values` with how many messages fill it so, most frequent first; "" is left empty.

    `fillings` counts the different values where `values` holds only some of them, else None.
    """

    index: int
    values: tuple[tuple[str, int], ...]
    fillings: int | None = None


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """The letter behind the letters: fixed text as strings, slots as their index.

    `fixed_share` is the mean share of a member's words that are fixed text, 0 to 1.
    """

    parts: tuple[str | int, ...]
    slots: tuple[Slot, ...]
    fixed_share: float
    letters: int


class Chance(msgspec.Struct, frozen=True, kw_only=True):
    """The statistic against chance: what was observed, what independent senders would give, and how likely that is."""

    statistic: str
    observed: float
    expected: float
    p: float
    q: float
    null: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A family of messages with its explanation.

    `id` follows from its earliest message; `aliases` are ids that merged into it. `umbrella` is the id shared by
    families that draw on one phrase bank, None when it stands alone. `messages` counts weight, `texts` distinct
    wordings, `senders` distinct pseudonyms (None when the data name no sender). `peak` is the largest number of
    messages within an hour (None when times are not that fine). Times are aware UTC.
    """

    id: str
    detector: str
    detector_version: str
    members: tuple[Member, ...]
    chance: Chance
    medoid_id: str
    messages: int
    texts: int
    senders: int | None
    first: datetime | None
    last: datetime | None
    peak: int | None
    languages: tuple[tuple[str, int], ...]
    channels: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]
    shared: tuple[str, ...]
    differs: tuple[str, ...]
    template: Template | None = None
    aliases: tuple[str, ...] = ()
    umbrella: str | None = None
    notes: tuple[str, ...] = ()


class Narrative(msgspec.Struct, frozen=True, kw_only=True):
    """The looser layer above families: messages that tell one story; used by the report, never by an alert."""

    id: str
    label: tuple[str, ...]
    families: tuple[str, ...]
    message_ids: tuple[str, ...]
    messages: int
