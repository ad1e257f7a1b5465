"""`stemwacht watch`: analyse what waits on the log, keep the feeds current, and go on."""

from contextlib import closing, nullcontext
from functools import partial
from typing import Annotated

import typer

from stemwacht import wiring
from stemwacht.announcing import announce
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from, told_console
from stemwacht.cli.words import outcome_words
from stemwacht.config import Settings
from stemwacht.current_feeds import feeds_exist, write_current_feeds
from stemwacht.slower_rhythms import catch_up
from stemwacht.stages import Stages
from stemwacht.watching import Reconciled, drain, reconcile
from stemwacht.working import Tools, keep_working, tools

_BATCHES = 20


@app.command()
def watch(
    once: Annotated[
        bool, typer.Option("--once", help="analyse what waits, compare the whole window, and stop")
    ] = False,
    batches_only: Annotated[
        bool, typer.Option("--batches-only", help="leave the whole window and the feeds to another worker")
    ] = False,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Analyse messages as they come in; alerts and feeds follow. Any number of workers may run."""
    settings = settings_from(config)
    try:
        if once:
            with tools(settings) as opened:
                done, result = _once(opened, settings, Stages(told_console(as_json)))
            _tell(done, result, as_json=as_json)
            return
        rounds = partial(_batches, settings) if batches_only else partial(_round, settings, shown=not as_json)
        keep_working(settings, rounds, partial(typer.echo, err=True))
    except KeyboardInterrupt:
        typer.echo("Stopped; what waits on the log is analysed at the next start.", err=True)
        raise typer.Exit(130) from None


def _once(opened: Tools, settings: Settings, stages: Stages) -> tuple[int, Reconciled]:
    embedder = wiring.embedder(settings)
    with nullcontext() if embedder is None else closing(embedder):
        done = drain(opened.log, opened.store, opened.annotator, settings)
        result = reconcile(opened.store, opened.annotator, embedder, settings, stages)
    _tell_others(opened, settings)
    return done, result


def _batches(settings: Settings, opened: Tools) -> bool:
    # Under a stream that never pauses the slower rhythms have their turn as well.
    return drain(opened.log, opened.store, opened.annotator, settings, most_batches=_BATCHES) > 0


def _round(settings: Settings, opened: Tools, *, shown: bool) -> bool:
    done = _batches(settings, opened)
    busy = catch_up(opened.store, settings, shown=shown) or done
    _tell_others(opened, settings)
    return busy


def _tell_others(opened: Tools, settings: Settings) -> None:
    """Also what a person decided elsewhere is told; feeds that are current already are left as they are."""
    if announce(opened.log, opened.store) or not feeds_exist(settings):
        write_current_feeds(opened.store, settings)


def _tell(done: int, result: Reconciled, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "messages": done,
                "families": len(result.analysis.findings),
                "alerts": [alert.id for alert in result.outcome.current],
            }
        )
        return
    typer.echo(f"{done:,} records from the log; {len(result.messages):,} messages in the window.")
    typer.echo(outcome_words(result.outcome))
