"""The finding: what a detector saw, why it belongs together, and what chance alone would give."""

from datetime import datetime
from typing import Literal

import msgspec

Relation = Literal["copy", "template", "paraphrase", "translation", "co-share", "activity"]
Variant = Literal["number", "date", "negation"]
Measure = Literal["jaccard", "cosine", "identity"]
Trace = Literal["link", "family", "hashtags", "repost", "media", "object"]
Subject = Literal["link", "family", "hashtags", "channel", "topic", "waking", "first comments"]


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


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Two accounts, as pseudonyms in order, that shared the same things within the window.

    `shared` counts distinct objects, `closest_seconds` is the smallest delay among them; q is after Benjamini-Hochberg
    over every pair that was tested, seen or not.
    """

    account_a: str
    account_b: str
    shared: int
    first: datetime
    last: datetime
    closest_seconds: float
    p: float
    q: float


class SharedObject(msgspec.Struct, frozen=True, kw_only=True):
    """Something that members of a community shared close together: what it is, by how many of them, and when."""

    trace: Trace
    value: str
    accounts: int
    shares: int
    first: datetime
    last: datetime


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """A community of accounts tied by co-sharing.

    `objects` are what ties it, by most accounts first. `stability` is the mean adjusted Rand index of the communities
    over seeds, 0 to 1. `labels` name the benign kinds it looks like (`newsroom`, `automated feed`, …). `source_known`
    is False where an object's origin is not in the data: then a common source is not excluded.
    """

    accounts: tuple[str, ...]
    ties: tuple[Tie, ...]
    objects: tuple[SharedObject, ...]
    window_seconds: float
    stability: float
    source_known: bool
    labels: tuple[str, ...] = ()


class Burst(msgspec.Struct, frozen=True, kw_only=True):
    """Something that switched on against its own rhythm, in [start, end).

    `rhythm` is (start of a step, count) around it. `accounts` are the pseudonyms that took part, sorted. `labels` name
    the benign kinds it looks like (`spreads by reposts and replies`, `all talk rose`, …).
    """

    subject: Subject
    value: str
    start: datetime
    end: datetime
    observed: int
    expected: float
    accounts: tuple[str, ...]
    rhythm: tuple[tuple[datetime, int], ...] = ()
    labels: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Messages that belong together, with the explanation: a family, a network's shares, a burst.

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
    network: Network | None = None
    burst: Burst | None = None


class Narrative(msgspec.Struct, frozen=True, kw_only=True):
    """The looser layer above families: messages that tell one story; used by the report, never by an alert."""

    id: str
    label: tuple[str, ...]
    families: tuple[str, ...]
    message_ids: tuple[str, ...]
    messages: int
