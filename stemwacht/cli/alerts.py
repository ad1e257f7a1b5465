"""`stemwacht alerts`: read them, and say what became of them."""

import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, get_args

import typer

from alerts import (
    Action,
    Alert,
    ReviewEntry,
    Status,
    acknowledge,
    confirm,
    dismiss,
    dutch,
    is_current,
    reopen,
    review_log,
)
from stemwacht import collections, wiring
from stemwacht.alerting import standing_alerts
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from
from stemwacht.cli.words import counted, q_words
from stemwacht.config import Settings
from stemwacht.turns import FAMILIES, turn
from store import Store

alerts_app = typer.Typer(no_args_is_help=True, help="Read alerts and say what became of them.")
app.add_typer(alerts_app, name="alerts")

ByOption = Annotated[str | None, typer.Option(help="who decides; by default your user name on this machine")]
ReasonOption = Annotated[str | None, typer.Option(help="why")]
AlertId = Annotated[str, typer.Argument(help="the id of the alert, as `stemwacht alerts list` shows it")]
_DECISIONS: dict[Action, Callable[[Alert, str, str | None, datetime], Alert]] = {
    "acknowledged": acknowledge,
    "confirmed": confirm,
    "dismissed": dismiss,
    "reopened": reopen,
}


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
    alert = _alert(store, alert_id)
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
        *(f"\n> {example}" for example in alert.examples),
        "",
        *(
            f"{change.at:%Y-%m-%d %H:%M} UTC {change.event} by {change.by}: {say(change.summary)}"
            for change in alert.history
        ),
    ]
    return "\n".join(lines)


@alerts_app.command("acknowledge")
def acknowledge_alert(
    alert_id: AlertId,
    by: ByOption = None,
    reason: ReasonOption = None,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Say that somebody is looking into it."""
    _decide("acknowledged", alert_id, by, reason, settings_from(config), as_json=as_json)


@alerts_app.command("confirm")
def confirm_alert(
    alert_id: AlertId,
    by: ByOption = None,
    reason: ReasonOption = None,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Say that it is what it seems."""
    _decide("confirmed", alert_id, by, reason, settings_from(config), as_json=as_json)


@alerts_app.command("dismiss")
def dismiss_alert(
    alert_id: AlertId,
    by: ByOption = None,
    reason: ReasonOption = None,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Say that it is not, and why."""
    _decide("dismissed", alert_id, by, reason, settings_from(config), as_json=as_json)


@alerts_app.command("reopen")
def reopen_alert(
    alert_id: AlertId,
    by: ByOption = None,
    reason: ReasonOption = None,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Take a decision back."""
    _decide("reopened", alert_id, by, reason, settings_from(config), as_json=as_json)


@alerts_app.command("log")
def decisions(as_json: JsonFlag = False, config: ConfigOption = None) -> None:
    """Every decision, by whom and why, and whether the log is whole."""
    settings = settings_from(config)
    path: Path = settings.paths.reviews
    entries, chain = review_log.read(path), review_log.verify(path)
    if as_json:
        print_json({"entries": entries, "chain": chain})
        return
    for entry in entries:
        typer.echo(
            f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.alert_id}  {entry.action} by {entry.by}: {entry.reason or '-'}"
        )
    state = "whole" if chain.whole else f"broken: {chain.why}"
    typer.echo(f"{counted(chain.entries, 'decision', 'decisions')}; the log is {state}; head {chain.head}")


def _decide(
    action: Action, alert_id: str, by: str | None, reason: str | None, settings: Settings, *, as_json: bool
) -> None:
    store = wiring.open_store(settings)
    try:
        with turn(store, FAMILIES):
            alert = _alert(store, alert_id)
            who, now = by or getpass.getuser(), datetime.now(UTC)
            decided = _DECISIONS[action](alert, who, reason, now)
            settings.paths.reviews.parent.mkdir(parents=True, exist_ok=True)
            entry = ReviewEntry(alert_id=alert.id, action=action, by=who, reason=reason, at=now)
            review_log.append(settings.paths.reviews, entry)
            store.upsert("alerts", [collections.alert_document(decided)])
    finally:
        store.close()
    if as_json:
        print_json({"id": alert.id, "before": alert.status, "status": decided.status, "by": who, "reason": reason})
    else:
        typer.echo(f"{alert.id}: {alert.status} → {decided.status}")


def _alert(store: Store, alert_id: str) -> Alert:
    for alert in standing_alerts(store):
        if alert.id == alert_id or alert_id in alert.aliases:
            return alert
    raise ValueError(f"no alert '{alert_id}'; `stemwacht alerts list` shows those that stand")
