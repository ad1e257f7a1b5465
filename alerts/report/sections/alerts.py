"""The alerts: a table of all, the foremost in full."""

from alerts.alert import Alert
from alerts.report.blocks import Block, Cell, Section, Table, Text, table
from alerts.report.data import ReportData
from alerts.report.edition import Edition
from alerts.report.sections.alert import alert_group, anchor
from alerts.report.speech import Speech
from alerts.report.vocabulary import STATUS, word
from alerts.report.wording import worded

LAST = {"dismissed": 1}


def alerts_section(data: ReportData, speech: Speech, edition: Edition) -> Section:
    """All alerts in a table, surest and largest first, dismissed ones last; the first of them in full."""
    say = speech.say
    title = say("Alerts")
    if not data.alerts:
        quiet = say(
            "No alert was raised in this period. Families that were seen and why none became an alert stand below."
        )
        return Section("alerts", title, (Text(quiet),))
    ordered = [worded(alert, data.rules, speech) for alert in sorted(data.alerts, key=_rank)]
    in_full = ordered[: edition.alerts_in_full]
    rest = ordered[edition.alerts_in_full :]
    blocks: list[Block] = [
        Text(
            say(
                "Each alert says what was seen, what chance alone would give, which innocent explanations were looked "
                "at and "
                "what the data did not allow to judge. The evidence is listed so that others can check it."
            )
        ),
        _overview(in_full, say("Alerts in this report"), speech, linked=True),
    ]
    blocks.extend(alert_group(alert, speech, edition) for alert in in_full)
    if rest:
        shown = rest[: edition.rows * 2]
        caption = speech.say_n("{count} further alert, in brief", "{count} further alerts, in brief", len(rest))
        blocks.append(_overview(shown, caption, speech, linked=False))
        blocks.append(Text(say("Every alert stands in full in the file alerts.json."), "note"))
    return Section("alerts", title, tuple(blocks))


def _rank(alert: Alert) -> tuple[int, int, int, str]:
    return (LAST.get(alert.status, 0), -alert.confidence, -alert.messages, alert.id)


def _overview(alerts: list[Alert], caption: str, speech: Speech, *, linked: bool) -> Table:
    say = speech.say
    rows: list[tuple[str | Cell, ...]] = [
        (
            Cell(alert.title, anchor(alert) if linked else None),
            say("not stated") if alert.window_start is None else speech.short_day(alert.window_start),
            word(speech, STATUS, alert.status),
            speech.number(alert.messages),
            say("not stated") if alert.senders is None else speech.number(alert.senders),
            say("{number} of 100", number=str(alert.confidence)),
        )
        for alert in alerts
    ]
    columns = (say("Alert"), say("From"), say("Review"), say("Messages"), say("Senders"), say("Confidence"))
    return table(caption, columns, rows, numeric=3)
