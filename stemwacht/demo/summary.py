"""A score in plain words."""

from collections.abc import Iterator

from stemwacht.demo.score import FOUND, FalseAlert, GroupScore, Score


def summary(result: Score) -> str:
    """The score as a few lines of text for a person at the command line."""
    return "\n".join(_lines(result))


def _lines(result: Score) -> Iterator[str]:
    sought = len(result.found) + len(result.missed)
    yield f"Campaigns found: {len(result.found)} of {sought}."
    for group in result.found:
        part = f"{group.recall:.0%} in one alert, of which it is {group.precision:.0%}"
        several = f"; {group.alerts} alerts are about it" if group.alerts > 1 else ""
        yield f"  found   {_named(group)}: {part}{several}"
    for group in result.missed:
        alone = ", though they are found together" if group.best_recall >= FOUND else ""
        yield f"  missed  {_named(group)}: at most {group.recall:.0%} of its messages in one alert{alone}"
    for group in result.declared:
        outcome = "raised an alert, and should not" if group.found else "raised no alert, as it should be"
        yield f"  declared {_named(group)}: {outcome}"
    yield f"False alerts: {len(result.false_alerts)} of {result.alerts}."
    for alert in result.false_alerts:
        yield f"  false   {alert.finding}: {_made_of(alert)}"
    yield (
        f"Messages of independent writers in alerts: {result.organic_alerted}, "
        f"and {result.control_alerted} of the controls."
    )


def _named(group: GroupScore) -> str:
    return f"{group.group} ({group.kind.replace('_', ' ')}, {group.size} messages)"


def _made_of(alert: FalseAlert) -> str:
    mostly = f", mostly {alert.mostly}" if alert.mostly else ""
    return (
        f"{alert.size} messages, of which {alert.organic} by independent writers, {alert.control} of controls "
        f"and {alert.declared} of declared campaigns{mostly}"
    )
