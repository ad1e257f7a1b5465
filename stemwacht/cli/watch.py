"""`stemwacht watch`: analyse what waits on the log, keep the feeds current, and go on."""

import time
from datetime import UTC, datetime
from typing import Annotated

import typer

from alerts import is_current
from stemwacht import alerting, wiring
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from, told_console
from stemwacht.cli.words import outcome_words
from stemwacht.config import Settings
from stemwacht.publishing import FEEDS, clear_unfinished, write_feeds
from stemwacht.stages import Stages
from stemwacht.watching import Reconciled, drain, reconcile, rounds
from store import Store


@app.command()
def watch(
    once: Annotated[
        bool, typer.Option("--once", help="analyse what waits, compare the whole window, and stop")
    ] = False,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Analyse messages as they come in; alerts and feeds follow."""
    settings = settings_from(config)
    stages = Stages(told_console(as_json))
    log, store = wiring.open_log(settings), wiring.open_store(settings)
    annotator, embedder = wiring.annotator(settings), wiring.embedder(settings)
    try:
        if once:
            done = drain(log, store, annotator, settings)
            result = reconcile(store, annotator, embedder, settings, stages)
            publish_feeds(store, settings)
            _tell(done, result, as_json=as_json)
        else:
            for busy in rounds(log, store, annotator, embedder, settings, stages):
                if busy:
                    publish_feeds(store, settings)
                else:
                    time.sleep(settings.watch.interval_seconds)
    except KeyboardInterrupt:
        typer.echo("Stopped; what waits on the log is analysed at the next start.", err=True)
        raise typer.Exit(130) from None
    finally:
        if embedder is not None:
            embedder.close()
        log.close()
        store.close()


def publish_feeds(store: Store, settings: Settings) -> None:
    """Write feed.atom and feed.json into the out folder."""
    settings.paths.out.mkdir(parents=True, exist_ok=True)
    clear_unfinished(settings.paths.out, FEEDS)
    current = [alert for alert in alerting.standing_alerts(store) if is_current(alert)]
    write_feeds(
        current,
        settings.paths.out,
        title=settings.report.title,
        feed_url=settings.report.feed_url,
        lang=settings.report.lang,
        rules=alerting.rules(settings),
        updated=datetime.now(UTC),
    )


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
    typer.echo(f"{done:,} messages from the log; {len(result.messages):,} in the window.")
    typer.echo(outcome_words(result.outcome))
