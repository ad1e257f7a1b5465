"""What the store keeps: one collection for each kind of document."""

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
BAND_INDEX = "wordings"


class StoredMessage(Message, frozen=True, kw_only=True):
    """A message with its annotation, as the store keeps it."""

    text_id: str
    words: int
    spoken: str


class StoredMember(msgspec.Struct, frozen=True, kw_only=True):
    """To which family a message belongs at present."""

    family_id: str


_message_fields = Message.__struct_fields__


def message_document(message: Message, annotation: Annotation) -> Document:
    """The message as a document."""
    known = {name: getattr(message, name) for name in _message_fields}
    stored = StoredMessage(**known, text_id=annotation.text_id, words=annotation.words, spoken=annotation.language)
    return Document(id=message.id, body=msgspec.json.encode(stored), at=message.published, text=message.text)


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


def coverage_document(run: str, coverage: Coverage) -> Document:
    """The ledger of one source in one run; the same run again replaces it."""
    return Document(id=f"{run}:{coverage.source}", body=msgspec.json.encode(coverage), at=coverage.last)


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
