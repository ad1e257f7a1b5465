"""What an alert shows of its messages: evidence that can be checked, and two texts to read."""

import hashlib
from collections.abc import Iterable, Sequence

from alerts.alert import Evidence
from alerts.judging import Judged
from alerts.timing import moment
from analysis import Finding, mask_names
from ingest import Message

EVIDENCE_CAP = 5000
EXAMPLE_CHARS = 600


def evidence_of(items: Sequence[Judged]) -> tuple[Evidence, ...]:
    """The messages of all these findings, each once, as the first of them holds it."""
    rows: dict[str, Evidence] = {}
    for item in items:
        for row in evidence(item.finding, item.messages):
            rows.setdefault(row.message_id, row)
    return _oldest_first(rows.values())


def evidence(finding: Finding, messages: Sequence[Message]) -> tuple[Evidence, ...]:
    """Every member whose message is at hand, oldest first, `EVIDENCE_CAP` at most."""
    by_id = {message.id: message for message in messages}
    rows = [
        Evidence(
            message_id=member.message_id,
            text_sha256=hashlib.sha256(by_id[member.message_id].text.encode("utf-8", "surrogatepass")).hexdigest(),
            relation=member.relation,
            similarity=round(member.similarity, 4),
            published=moment(by_id[member.message_id]),
            source=by_id[member.message_id].source,
        )
        for member in finding.members
        if member.message_id in by_id
    ]
    return _oldest_first(rows)


def _oldest_first(rows: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(rows, key=lambda row: (row.published is None, row.published, row.message_id))[:EVIDENCE_CAP])


def examples(finding: Finding, messages: Sequence[Message]) -> tuple[str, ...]:
    """Two texts as read: the medoid, and of the other wordings the one least like its neighbour.

    Names of persons that a trained pipeline finds are masked, where one is installed for the family's language.
    """
    by_id = {message.id: message.text for message in messages}
    central = by_id.get(finding.medoid_id)
    ranked = sorted(finding.members, key=lambda member: (member.similarity, member.message_id))
    others = [by_id[member.message_id] for member in ranked if member.message_id in by_id]
    chosen = [central] if central is not None else others[-1:]
    chosen += [text for text in others if text not in chosen][:1]
    language = finding.languages[0][0] if finding.languages else "und"
    return tuple(_cut(mask_names(text, language)) for text in chosen)


def _cut(text: str) -> str:
    if len(text) <= EXAMPLE_CHARS:
        return text
    return text[: EXAMPLE_CHARS - 1].rsplit(None, 1)[0] + " …"
