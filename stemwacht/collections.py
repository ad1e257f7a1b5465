"""What the store keeps: one collection for each kind of document."""

from datetime import datetime

import msgspec

from alerts import Alert
from analysis import Annotation, Finding
from ingest import Coverage, Message
from store import Collection, Document

MESSAGES = Collection(
    name="messages", fields=("text_id", "kind", "source", "channel", "author", "published"), searchable=True, dated=True
)
FAMILIES = Collection(name="families", fields=("detector", "umbrella"))
ACTIVITY = Collection(name="activity", fields=("detector",))
MEMBERS = Collection(name="members", fields=("family_id",))
ALERTS = Collection(name="alerts", fields=("status", "finding_id", "rule"))
COVERAGE = Collection(name="coverage", fields=("source",))
WORDINGS = Collection(name="wordings", fields=("family",))
STATE = Collection(name="state")
ALL = (MESSAGES, FAMILIES, ACTIVITY, MEMBERS, ALERTS, COVERAGE, WORDINGS, STATE)
# What one run keeps for itself is fetched by id and by time alone.
OF_ONE_RUN = tuple(Collection(name=collection.name) for collection in ALL)
BAND_INDEX = "wordings"


class _Notes(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored of a message beside its own fields."""

    text_id: str
    words: int
    spoken: str


class StoredMessage(Message, frozen=True, kw_only=True, gc=False):
    """A message with its annotation, as the store keeps it."""

    text_id: str
    words: int
    spoken: str


class StoredMember(msgspec.Struct, frozen=True, kw_only=True):
    """To which family a message belongs at present."""

    family_id: str


def message_document(message: Message, annotation: Annotation) -> Document:
    """The message as a document."""
    notes = _Notes(text_id=annotation.text_id, words=annotation.words, spoken=annotation.language)
    # One object out of two, without building the StoredMessage that it is read back as.
    body = msgspec.json.encode(message)[:-1] + b"," + msgspec.json.encode(notes)[1:]
    return Document(id=message.id, body=body, at=message.published, text=message.text)


def finding_document(finding: Finding) -> Document:
    """The finding as a document."""
    return Document(id=finding.id, body=msgspec.json.encode(finding), at=finding.first)


def member_documents(finding: Finding) -> list[Document]:
    """Where each member of a family belongs."""
    body = msgspec.json.encode(StoredMember(family_id=finding.id))
    return [Document(id=member.message_id, body=body) for member in finding.members]


def alert_document(alert: Alert) -> Document:
    """The alert as a document, dated by its last change."""
    latest = max((change.at for change in alert.history), default=alert.window_end)
    return Document(id=alert.id, body=msgspec.json.encode(alert), at=latest)


def coverage_document(run: str, coverage: Coverage, *, read_at: datetime | None = None) -> Document:
    """The ledger of one source in one run; the same run again replaces it.

    It is dated by its newest message, one without times by when it was read.
    """
    at = coverage.last or read_at
    return Document(id=f"{run}:{coverage.source}", body=msgspec.json.encode(coverage), at=at)


def stored_message(document: Document) -> StoredMessage:
    """Back from a document."""
    return msgspec.json.decode(document.body, type=StoredMessage)


def stored_alert(document: Document) -> Alert:
    """Back from a document."""
    return msgspec.json.decode(document.body, type=Alert)


def stored_finding(document: Document) -> Finding:
    """Back from a document."""
    return msgspec.json.decode(document.body, type=Finding)


def stored_coverage(document: Document) -> Coverage:
    """Back from a document."""
    return msgspec.json.decode(document.body, type=Coverage)
