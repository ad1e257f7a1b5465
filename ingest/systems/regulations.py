"""A submission to a docket of the United States' federal government, whichever way regulations.gov gave it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec

from ingest.rows import NotMessage, Record, Row

_EASTERN = ZoneInfo("America/New_York")
_SUBMISSION = "public submission"
_AGENCY_PAPERS = {"rule": "the rule itself", "proposed rule": "the rule itself", "notice": "notice"}
_SENDER, _CAMPAIGN, _SPONSOR = "comment from ", "mass comment campaign", " sponsored by "


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What both exports tell of one record, as it stands there; times are in UTC, in fact midnight in Washington."""

    number: int
    id: str
    document_type: str
    text: str
    first_name: str
    last_name: str
    title: str
    organisation: str
    docket: str
    received: str
    posted: str
    copies: str
    links: Sequence[str]
    withdrawn: bool


def submission_row(paper: Submission) -> Record:
    """The record as a row; the agency's own papers and what its sender withdrew are no messages.

    The day is that on which the agency received it, else the one on which it was posted. A mass campaign stands for
    many senders and has no author; who organised it is its declared campaign.
    """
    kind = paper.document_type.strip().casefold()
    if kind and kind != _SUBMISSION:
        return NotMessage(paper.number, _AGENCY_PAPERS.get(kind, "document of the agency"))
    if paper.withdrawn:
        return NotMessage(paper.number, "withdrawn submission")
    campaign = _campaign(paper)
    day = _day(paper.received)
    return Row(
        paper.number,
        {
            "id": paper.id,
            "text": paper.text,
            "author": None if campaign else _sender(paper),
            "published": day or _day(paper.posted),
            "received": day,
            "channel": paper.docket,
            "links": list(paper.links),
            "organisation": paper.organisation,
            "declared_campaign": campaign,
            "weight": paper.copies,
        },
        enclosed=bool(paper.links),
    )


def _campaign(paper: Submission) -> str | None:
    if not paper.title.strip().casefold().startswith(_CAMPAIGN):
        return None
    _, _, sponsor = paper.title.partition(_SPONSOR)
    return sponsor.strip() or paper.organisation.strip() or paper.title.strip()


def _sender(paper: Submission) -> str | None:
    """The name in its own columns, else the one in the title, where the last name goes first."""
    name = " ".join(filter(None, (paper.first_name.strip(), paper.last_name.strip())))
    if name or not paper.title.strip().casefold().startswith(_SENDER):
        return name or paper.organisation.strip() or None
    last, comma, first = paper.title.strip()[len(_SENDER) :].partition(", ")
    return f"{first} {last}" if comma and last.count(" ") < 2 and "," not in first else last + comma + first


def _day(moment: str) -> str | None:
    """The day in Washington: the clock time of these exports is always its midnight, give or take summer time."""
    text = moment.strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text or None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(_EASTERN).date().isoformat() if len(text) > 10 else text
