"""`stemwacht ingest FILE`: put messages on the log, for the watcher to analyse."""

from pathlib import Path
from typing import Annotated

import typer

from stemwacht import wiring
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from, told_console
from stemwacht.cli.scan import INPUTS, FormatOption, KindOption, MapOption, SourceOption, YesFlag, understand_all
from stemwacht.cli.words import coverage_words
from stemwacht.ingesting import ingest_files
from stemwacht.stages import Stages


@app.command()
def ingest(
    files: Annotated[list[Path], typer.Argument(help=INPUTS)],
    mapping: MapOption = None,
    kind: KindOption = None,
    source: SourceOption = None,
    wanted: FormatOption = None,
    yes: YesFlag = False,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Read files onto the log; the same file again adds nothing to what is found."""
    settings = settings_from(config)
    console = told_console(as_json)
    inputs = understand_all(
        files, settings, mapping=mapping, kind=kind, source=source, wanted=wanted, yes=yes, console=console
    )
    log, store = wiring.open_log(settings), wiring.open_store(settings)
    try:
        coverage = ingest_files(inputs.understood, log, store, settings, Stages(console), unopened=inputs.unopened)
    finally:
        log.close()
        store.close()
    if as_json:
        print_json(coverage)
    else:
        typer.echo(coverage_words(coverage))
        typer.echo("On the log. `stemwacht watch --once` analyses what waits there.")
