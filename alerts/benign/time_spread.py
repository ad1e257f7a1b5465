"""Do the messages come as ordinary talk does, spread over days without a burst? It only informs."""

from datetime import timedelta

from alerts.alert import BenignCheck
from alerts.benign.case import Case
from alerts.benign.verdict import not_judged, not_supported, supported
from alerts.timing import timing

NAME = "time_spread"
AT_LEAST = timedelta(days=3)


def check(case: Case) -> BenignCheck:
    """Supported when times are known, span three days or more, and show no burst."""
    axis = timing(case.messages)
    first, last = case.finding.first, case.finding.last
    if axis == "unknown" or first is None or last is None:
        return not_judged(NAME, "Too few messages have a time.")
    if axis == "burst":
        return not_supported(NAME, "They come in a burst.")
    days = (last - first) / timedelta(days=1)
    if last - first < AT_LEAST:
        return not_supported(NAME, f"All of it came within {max(days, 0.04):.1f} days.")
    return supported(NAME, f"Spread over {days:.0f} days without a burst.")
