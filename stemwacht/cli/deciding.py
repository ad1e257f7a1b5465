"""`stemwacht alerts acknowledge`, `confirm`, `dismiss`, `reopen`, `reply`, and the log of all of these."""

import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from alerts import Action, Alert, ReviewEntry, acknowledge, confirm, dismiss, reopen, reply, review_log
from ingest import body
from stemwacht import collections, wiring
from stemwacht.cli.alerts import AlertId, alert_with_id, alerts_app
from stemwacht.cli.app import ConfigOption, JsonFlag, print_json, settings_from
from stemwacht.cli.words import counted
from stemwacht.config import Settings
from stemwacht.turns import FAMILIES, turn

ByOption = Annotated[str | None, typer.Option(help="who decides; by default your user name on this machine")]
ReasonOption = Annotated[str | None, typer.Option(help="why")]
_DECISIONS: dict[Action, Callable[[Alert, str, str | None, datetime], Alert]] = {
    "acknowledged": acknowledge,
    "confirmed": confirm,
    "dismissed": dismiss,
    "reopened": reopen,
    "replied": reply,
}


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


@alerts_app.command("reply")
def record_reply(
    alert_id: AlertId,
    text: Annotated[str | None, typer.Option(help="what those concerned answered")] = None,
    file: Annotated[Path | None, typer.Option(help="a text file with their answer, instead of --text")] = None,
    by: ByOption = None,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Record what those concerned answer; names and addresses in it are taken out as in messages."""
    settings = settings_from(config)
    safe = body(_words(text, file), (), wiring.pseudonyms(settings), letter=False).written
    _decide("replied", alert_id, by, safe, settings, as_json=as_json)


def _words(text: str | None, file: Path | None) -> str:
    """What was given in one of the two ways."""
    if (text is None) == (file is None):
        raise ValueError("give the reply either as --text or as --file")
    if file is None:
        return text or ""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{file} is no text in UTF-8; save it as such") from None
    except OSError as error:
        raise ValueError(f"{file} cannot be read ({error.strerror}); see its name and rights") from None


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
            alert = alert_with_id(store, alert_id)
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
        typer.echo(f"{alert.id}: {'reply recorded' if action == 'replied' else f'{alert.status} → {decided.status}'}")
