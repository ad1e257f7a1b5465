"""The world becomes messages: formats and sources, pseudonyms, coverage, the log."""

from ingest.coverage import Coverage, Gap
from ingest.digests import Digest, digest_of
from ingest.envelopes import (
    ALERTS,
    DEAD_LETTERS,
    MESSAGES,
    TOPICS,
    DeadLetter,
    Deletion,
    RecordError,
    dead_letter,
    dead_letter_record,
    deletion_record,
    message_record,
    received,
    received_dead_letter,
)
from ingest.errors import IngestError, KeyFileError, ReadError, UnknownFormat, UnknownShape
from ingest.expanding import Expanded, Found, Unopened, expand
from ingest.formats import formats
from ingest.intake import Intake
from ingest.key_file import load_key
from ingest.ledger import Note
from ingest.message import Kind, Message, Precision
from ingest.places import Bundle, Member, Opening, Place
from ingest.pseudonyms import Pseudonyms
from ingest.rejects import Reject
from ingest.roles import ROLES, parse_map
from ingest.text.body import body
from ingest.text.placeholders import placeholder_name
from ingest.understanding import Understanding, understand
from ingest.week_ledgers import week_of

__all__ = [
    "ALERTS",
    "DEAD_LETTERS",
    "MESSAGES",
    "ROLES",
    "TOPICS",
    "Bundle",
    "Coverage",
    "DeadLetter",
    "Deletion",
    "Digest",
    "Expanded",
    "Found",
    "Gap",
    "IngestError",
    "Intake",
    "KeyFileError",
    "Kind",
    "Member",
    "Message",
    "Note",
    "Opening",
    "Place",
    "Precision",
    "Pseudonyms",
    "ReadError",
    "RecordError",
    "Reject",
    "Understanding",
    "UnknownFormat",
    "UnknownShape",
    "Unopened",
    "body",
    "dead_letter",
    "dead_letter_record",
    "deletion_record",
    "digest_of",
    "expand",
    "formats",
    "load_key",
    "message_record",
    "parse_map",
    "placeholder_name",
    "received",
    "received_dead_letter",
    "understand",
    "week_of",
]
