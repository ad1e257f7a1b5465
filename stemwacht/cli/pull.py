"""`stemwacht pull [NAME...]`: what is new in the sources that are configured, onto the log."""

import sys
from contextlib import closing
from typing import Annotated

import msgspec
import typer

from stemwacht import wiring
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from
from stemwacht.cli.failures import INPUT, INTERRUPTED
from stemwacht.cli.words import counted, coverage_words
from stemwacht.following import follow as follow_sources
from stemwacht.pulling import Pulled, pull_source, scheduled


@app.command()
def pull(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="sources; all that are set up")] = None,
    follow: Annotated[bool, typer.Option("--follow", help="go on: streams stay open, others are read in turn")] = False,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Pull what is new from the sources under [sources.NAME], for the watcher to analyse."""
    settings = settings_from(config)
    items = scheduled(settings, names or [])
    if follow:
        try:
            follow_sources(items, settings, _tell_line if as_json else _tell)
        except KeyboardInterrupt:
            typer.echo("Stopped; the next pull goes on where this one ended.", err=True)
            raise typer.Exit(INTERRUPTED) from None
    told = []
    with closing(wiring.open_store(settings)) as store, closing(wiring.open_log(settings)) as log:
        for item in items:
            told.append(pull_source(item, log, store, settings))
            if not as_json:
                _tell(told[-1])
    if as_json:
        print_json(told)
    elif any(one.coverage or one.taken_back for one in told):
        typer.echo("On the log. `stemwacht watch --once` analyses what waits there.")
    if any(one.error for one in told):
        raise typer.Exit(INPUT)


def _tell(one: Pulled) -> None:
    """What came of a pull, in words; nothing of a batch in which nothing came."""
    if any(ledger.read for ledger in one.coverage):
        typer.echo(f"{one.source}: {coverage_words(one.coverage)}")
    if one.taken_back:
        typer.echo(f"{one.source}: {counted(one.taken_back, 'deletion', 'deletions')} passed on.")
    for gap in (gap for ledger in one.coverage for gap in ledger.gaps):
        start, end = (f"{at:%Y-%m-%d %H:%M} UTC" if at else "unknown" for at in (gap.start, gap.end))
        typer.echo(f"{gap.source}: a gap from {start} to {end}: {gap.reason}.")
    for note in one.notes:
        typer.echo(f"{one.source}: {note}.")
    if one.error:
        typer.echo(f"stemwacht: {one.source}: {one.error}", err=True)


def _tell_line(one: Pulled) -> None:
    """The same as one line of JSON."""
    sys.stdout.write(msgspec.json.encode(one).decode() + "\n")
    sys.stdout.flush()
