"""`stemwacht replay`: what was set aside as a dead letter is tried again."""

from contextlib import closing

import typer

from stemwacht import wiring
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from
from stemwacht.cli.words import counted
from stemwacht.replaying import replay


@app.command("replay")
def replay_command(as_json: JsonFlag = False, config: ConfigOption = None) -> None:
    """Put records that were set aside back on the log, once their cause is mended."""
    with closing(wiring.open_log(settings_from(config))) as log:
        done = replay(log)
    if as_json:
        print_json(done)
        return
    typer.echo(f"{counted(done.replayed, 'record', 'records')} back on the log.")
    if done.gone:
        typer.echo(f"{counted(done.gone, 'record is', 'records are')} kept no longer: read their source again.")
    if done.unreadable:
        typer.echo(f"{counted(done.unreadable, 'dead letter', 'dead letters')} could not be read and went.")
