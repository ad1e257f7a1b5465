"""Families and their messages for the tests of the alerts room."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from alerts import Alert, Outcome, load_rules, raise_alerts
from analysis import Chance, Finding, Member, Relation, Slot, Template
from ingest import Coverage, Message

START = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
RULES = load_rules()
SLOGAN = "De stembureaus in het noorden zijn gisteren te vroeg gesloten en niemand legt uit waarom"


def message(number: int, text: str, **fields: Any) -> Message:
    """One post of its own sender, three hours after the one before."""
    kept: dict[str, Any] = {
        "id": hashlib.sha256(f"m{number}".encode()).hexdigest()[:12],
        "source": "demo",
        "native_id": str(number),
        "kind": "post",
        "text": text,
        "text_written": text,
        "author": f"p{number}",
        "published": START + timedelta(hours=3 * number),
        "published_precision": "second",
        "language": "nl",
        "channel": "wonen",
    }
    return Message(**{**kept, **fields})


def finding(messages: Sequence[Message], relation: Relation = "copy", **fields: Any) -> Finding:
    """The family that these messages are, at q = 1e-5."""
    times = [item.published for item in messages if item.published]
    authors = {item.author for item in messages if item.author}
    kept: dict[str, Any] = {
        "id": "f_" + min(messages, key=lambda item: (item.published or NOW, item.id)).id,
        "detector": "families",
        "detector_version": "1.0.0",
        "members": tuple(
            Member(
                message_id=item.id,
                relation=relation,
                nearest_id=messages[0].id,
                similarity=0.95,
                measure="jaccard",
            )
            for item in messages
        ),
        "chance": Chance(statistic="similarity", observed=0.95, expected=0.2, p=1e-6, q=1e-5, null="topic"),
        "medoid_id": messages[0].id,
        "messages": sum(item.weight for item in messages),
        "texts": len({item.text for item in messages}),
        "senders": len(authors) or None,
        "first": min(times, default=None),
        "last": max(times, default=None),
        "peak": None,
        "languages": tuple(Counter(item.language or "" for item in messages).items()),
        "channels": (("wonen", len(messages)),),
        "sources": (("demo", len(messages)),),
        "shared": ("stembureaus te vroeg gesloten",),
        "differs": (),
    }
    return Finding(**{**kept, **fields})


def campaign_posts(count: int = 8, first: int = 0, **fields: Any) -> list[Message]:
    """An undeclared campaign: the same post by as many senders."""
    return [message(first + number, SLOGAN, **fields) for number in range(count)]


def template_of(text: str) -> Template:
    """A template with one slot at the end."""
    return Template(parts=(text, 0), slots=(Slot(index=0, values=(("Assen", 3),)),), fixed_share=0.9, letters=8)


def run(
    findings: Sequence[Finding], messages: Sequence[Message], existing: Sequence[Alert] = (), **options: Any
) -> Outcome:
    """`raise_alerts` with the built-in rules and nothing declared."""
    kept: dict[str, Any] = {"rules": RULES, "registry": (), "coverage": (), "now": NOW}
    by_id = {item.id: item for item in messages}
    return raise_alerts(findings, by_id, existing=existing, **{**kept, **options})


def every(outcome: Outcome) -> tuple[Alert, ...]:
    """All alerts of an outcome."""
    return (*outcome.new, *outcome.updated, *outcome.unchanged)


def grown(before: Finding, messages: Sequence[Message], **fields: Any) -> Finding:
    """The same family with these messages."""
    return msgspec.structs.replace(finding(messages), id=before.id, **fields)


def ledger(**fields: Any) -> Coverage:
    """Coverage of the source of these families."""
    return Coverage(**{"source": "demo", "read": 10, "kept": 10, "rejected": 0, "duplicate": 0, **fields})
