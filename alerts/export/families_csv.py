"""families.csv: every message with its family, so that people can go back to the rows of their own file."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from alerts.export.guarded import guarded
from alerts.export.replacing import replacing
from analysis import Finding, Member, Narrative
from ingest import Message

COLUMNS = ("message_id", "native_id", "family_id", "relation", "nearest_id", "similarity", "cluster")
_Memberships = dict[str, list[tuple[str, Member]]]


def write(
    path: Path, messages: Iterable[Message], findings: Iterable[Finding], narratives: Iterable[Narrative] = ()
) -> int:
    """Writes a row for every message (one per family it is in; empty columns outside families); returns the rows.

    `native_id` is the id as the file had it, with pseudonyms for accounts, or the row. A cell that a spreadsheet would
    run as a formula gets an apostrophe in front; plain numbers do not. UTF-8, comma, CRLF, as RFC 4180 has it.
    Raises OSError when it cannot be written.
    """
    families = _memberships(findings)
    clusters = {message_id: narrative.id for narrative in narratives for message_id in narrative.message_ids}
    rows = 0
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for message in messages:
            for row in _rows(message, families, clusters.get(message.id, "")):
                writer.writerow([guarded(cell) for cell in row])
                rows += 1
        text.detach()
    return rows


def _memberships(findings: Iterable[Finding]) -> _Memberships:
    families: _Memberships = {}
    for finding in findings:
        for member in finding.members:
            families.setdefault(member.message_id, []).append((finding.id, member))
    return families


def _rows(message: Message, families: _Memberships, cluster: str) -> list[tuple[str, ...]]:
    member_of = families.get(message.id)
    if member_of is None:
        return [(message.id, message.native_id, "", "", "", "", cluster)]
    return [
        (
            message.id,
            message.native_id,
            family_id,
            member.relation,
            member.nearest_id or "",
            f"{member.similarity:.4f}",
            cluster,
        )
        for family_id, member in member_of
    ]
