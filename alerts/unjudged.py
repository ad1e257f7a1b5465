"""What the data did not allow to judge, in plain words: it stands on the alert beside what was judged."""

from collections.abc import Sequence

from alerts.rules import Rule
from alerts.timing import is_fine, moment
from analysis import Finding
from ingest import Message


def not_judged(finding: Finding, messages: Sequence[Message], rule: Rule, *, evidence_cap: int) -> tuple[str, ...]:
    """The limits of this alert: senders, times, identity, missing messages, and what the detector noted."""
    return (
        *_senders(finding, messages, rule),
        *_times(messages),
        "Identity: whether the senders are who they say they are was not checked.",
        *_missing(finding, messages, evidence_cap),
        *finding.notes,
    )


def _senders(finding: Finding, messages: Sequence[Message], rule: Rule) -> list[str]:
    if finding.senders is None:
        return [f"Senders: the data name none, so whether at least {rule.min_senders} sent this could not be judged."]
    unnamed = sum(message.author is None for message in messages)
    return [f"Senders: {unnamed} of {len(messages)} messages name none."] if unnamed else []


def _times(messages: Sequence[Message]) -> list[str]:
    undated = sum(moment(message) is None for message in messages)
    if not messages:
        return []
    if undated == len(messages):
        return ["Times: the data have none, so order, window and bursts could not be judged."]
    lines = [f"Times: {undated} of {len(messages)} messages have none."] if undated else []
    if not any(is_fine(message) for message in messages):
        lines.append("Times: known to the day only, so bursts within a day could not be judged.")
    return lines


def _missing(finding: Finding, messages: Sequence[Message], evidence_cap: int) -> list[str]:
    gone = len(finding.members) - len(messages)
    lines = [f"Messages: {gone} of {len(finding.members)} are no longer kept and not in the evidence."] if gone else []
    if len(messages) > evidence_cap:
        lines.append(f"Evidence: the oldest {evidence_cap} of {len(messages)} messages are listed.")
    return lines
