"""`stemwacht config`: what is in force."""

from typing import Annotated

import typer

from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from
from stemwacht.config import as_data, example, render


@app.command()
def config(
    template: Annotated[bool, typer.Option("--example", help="print a commented stemwacht.toml to start from")] = False,
    as_json: JsonFlag = False,
    file: ConfigOption = None,
) -> None:
    """Print the settings in force, secrets masked."""
    if template:
        typer.echo(example())
        return
    settings = settings_from(file)
    if as_json:
        print_json(as_data(settings))
    else:
        typer.echo(render(settings))
