"""`stemwacht alerts`: read them; what is done with them stands in `deciding`."""

from datetime import UTC, datetime
from typing import Annotated, get_args

import typer

from alerts import Alert, Status, dutch, is_current
from stemwacht import wiring
from stemwacht.alerting import standing_alerts
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from
from stemwacht.cli.words import q_words
from store import Store

alerts_app = typer.Typer(no_args_is_help=True, help="Read alerts and say what became of them.")
app.add_typer(alerts_app, name="alerts")

AlertId = Annotated[str, typer.Argument(help="the id of the alert, as `stemwacht alerts list` shows it")]


@alerts_app.command("list")
def list_alerts(
    status: Annotated[str | None, typer.Option(help="open, acknowledged, confirmed or dismissed")] = None,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """The alerts that stand, newest first."""
    statuses = get_args(Status)
    if status is not None and status not in statuses:
        raise ValueError(f"no status '{status}'; there are: {', '.join(statuses)}")
    settings = settings_from(config)
    store = wiring.open_store(settings)
    told = [alert for alert in standing_alerts(store) if is_current(alert) and status in (None, alert.status)]
    told.sort(
        key=lambda alert: alert.history[-1].at if alert.history else datetime.min.replace(tzinfo=UTC), reverse=True
    )
    store.close()
    if as_json:
        print_json(told)
        return
    for alert in told:
        typer.echo(f"{alert.id}  {alert.status:<12} {alert.title} (q {q_words(alert.chance.q)})")
    if not told:
        typer.echo("No alerts.")


@alerts_app.command("show")
def show_alert(alert_id: AlertId, as_json: JsonFlag = False, config: ConfigOption = None) -> None:
    """One alert, as it is read in a minute."""
    settings = settings_from(config)
    store = wiring.open_store(settings)
    alert = alert_with_id(store, alert_id)
    store.close()
    if as_json:
        print_json(alert)
    else:
        typer.echo(_told(alert, settings.report.lang))


def _told(alert: Alert, lang: str) -> str:
    say = dutch if lang == "nl" else str
    lines = [
        alert.title,
        f"{alert.id} · {alert.status} · rule {alert.rule} {alert.rule_version}",
        f"{alert.messages} messages, {alert.senders if alert.senders is not None else 'unknown'} senders, "
        f"{alert.window_start or 'unknown'} to {alert.window_end or 'unknown'}",
        f"by chance: {alert.chance.expected:.2g} such families expected; q {q_words(alert.chance.q)}",
        f"confidence: {alert.confidence_word} ({alert.confidence} of 100); attribution: {alert.attribution}",
        *(f"  {check.name}: {check.verdict}. {say(check.reason)}" for check in alert.benign),
        *(f"  could not be judged: {say(reason)}" for reason in alert.not_judged),
        *([f"reply of those concerned: {alert.reply}"] if alert.reply else []),
        *(f"\n> {example}" for example in alert.examples),
        "",
        *(
            f"{change.at:%Y-%m-%d %H:%M} UTC {change.event} by {change.by}: {say(change.summary)}"
            for change in alert.history
        ),
    ]
    return "\n".join(lines)


def alert_with_id(store: Store, alert_id: str) -> Alert:
    """The alert of this id, or the one that it was merged into; ValueError names the list."""
    for alert in standing_alerts(store):
        if alert.id == alert_id or alert_id in alert.aliases:
            return alert
    raise ValueError(f"no alert '{alert_id}'; `stemwacht alerts list` shows those that stand")
