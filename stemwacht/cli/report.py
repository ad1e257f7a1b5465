"""`stemwacht report --week 2026-W47`: the weekly integrity report from the store."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from stemwacht import wiring
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from, told_console
from stemwacht.publishing import publish
from stemwacht.stages import Stages
from stemwacht.weekly import iso_week, weekly_edition


@app.command()
def report(
    week: Annotated[str | None, typer.Option(help="ISO week like 2026-W47; by default the one before this")] = None,
    out: Annotated[Path | None, typer.Option(help="folder to write into; by default a folder of the week")] = None,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Write the report, feeds and exports of one week."""
    settings = settings_from(config)
    asked = iso_week(week or last_week(datetime.now(UTC)), settings.ingest.zone)
    folder = out or settings.paths.out / asked.name
    folder.mkdir(parents=True, exist_ok=True)
    store, embedder = wiring.open_store(settings), wiring.embedder(settings)
    try:
        edition = weekly_edition(
            store, wiring.annotator(settings), embedder, settings, Stages(told_console(as_json)), asked
        )
    finally:
        if embedder is not None:
            embedder.close()
        store.close()
    files = publish(edition, folder)
    if as_json:
        print_json({"week": asked.name, "messages": len(edition.messages), "files": [str(path) for path in files]})
    else:
        typer.echo(f"{asked.name}: {len(edition.messages):,} messages. Report: {folder / 'report.html'}")


def last_week(now: datetime) -> str:
    """The ISO week before this moment's, as 2026-W47."""
    year, number, _ = (now - timedelta(days=7)).isocalendar()
    return f"{year}-W{number:02}"
