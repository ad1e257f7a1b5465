"""What a detector of accounts took a finding for: its labels name the benign kinds that it looks like."""

from alerts.benign.case import Case


def labels_of(case: Case) -> tuple[str, ...] | None:
    """The labels of the network or burst; None where the finding is about texts."""
    seen = case.finding.network or case.finding.burst
    return None if seen is None else seen.labels
