"""`stemwacht status`: whether the monitor works, in one look."""

from contextlib import closing
from datetime import datetime
from typing import Annotated

import typer

from stemwacht import wiring
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from
from stemwacht.standing import Standing, standing

_BEHIND = 11


@app.command("status")
def status_command(
    as_json: JsonFlag = False,
    most_waiting: Annotated[
        int | None, typer.Option("--most-waiting", help="exit with 11 if more records wait, for monitoring")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Say what waits on the log, what is kept, and when what was last done."""
    settings = settings_from(config)
    with closing(wiring.open_store(settings)) as store, closing(wiring.open_log(settings)) as log:
        now = standing(log, store)
    if as_json:
        print_json(now)
    else:
        typer.echo("\n".join(_words(now, settings.log.name, settings.store.name)))
    if most_waiting is not None and now.waiting > most_waiting:
        raise typer.Exit(_BEHIND)


def _words(now: Standing, log: str, store: str) -> list[str]:
    alerts = ", ".join(f"{count:,} {status}" for status, count in now.alerts.items()) or "none"
    lines = [
        f"Log ({log}): {now.waiting:,} records wait; {now.dead_letters:,} dead letters not replayed.",
        f"Store ({store}): {now.messages:,} messages, {now.families:,} families; alerts: {alerts}.",
        f"Last messages {_moment(now.received)}; accounts looked at {_moment(now.looked_at_accounts)}; "
        f"whole window compared {_moment(now.reconciled)}.",
    ]
    if now.dead_letters:
        lines.append("  `stemwacht replay` tries dead letters again, once their cause is mended.")
    for one in now.sources:
        gaps = f"; {one.gaps:,} gaps" if one.gaps else ""
        lines.append(
            f"  {one.source}: {one.read:,} read, {one.kept:,} kept, {one.rejected:,} rejected; "
            f"newest {_moment(one.newest)}{gaps}"
        )
    return lines


def _moment(at: datetime | None) -> str:
    return "never" if at is None else f"{at:%Y-%m-%d %H:%M} UTC"
