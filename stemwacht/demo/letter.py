"""What the generator makes: letters, and for the planted ones the truth about each."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

Kind = Literal["mail_merge", "mad_lib", "light_edit", "paraphrase", "phrase_bank"]
Language = Literal["en", "nl"]


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """How a planted text was made.

    `umbrella` is the phrase bank that several campaigns draw on. `template` has its slots as `{name}`, `slots` their
    values in this text, `own_words` what the sender wrote besides.
    """

    campaign: str
    kind: str
    umbrella: str | None = None
    template: str | None = None
    slots: Mapping[str, str] = {}
    own_words: tuple[str, ...] = ()


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One letter to the consultation; `truth` is None when an independent writer wrote it."""

    id: str
    date: date
    name: str
    city: str
    organisation: str
    text: str
    truth: Truth | None = None


class Campaigns(msgspec.Struct, frozen=True):
    """Campaigns to plant: one of `kind` for each size in `sizes`; for a phrase bank these are its sub-campaigns."""

    kind: Kind
    sizes: tuple[int, ...]
