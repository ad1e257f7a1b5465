"""`stemwacht setup`: topics, templates, roles, dashboards: what the servers need before the first message."""

from collections.abc import Iterable
from typing import Annotated

import typer

from stemwacht import setting_up
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from


@app.command("setup")
def setup_command(as_json: JsonFlag = False, config: ConfigOption = None) -> None:
    """Make on log and store what is missing there; run it at first, and after each upgrade."""
    _tell(setting_up.set_up(settings_from(config)), as_json=as_json)


@app.command("migrate")
def migrate_command(as_json: JsonFlag = False, config: ConfigOption = None) -> None:
    """Copy what Elasticsearch holds into indices of this release's version; stop all workers before."""
    _tell(setting_up.migrate(settings_from(config)), as_json=as_json)


@app.command("api-key")
def api_key_command(
    role: Annotated[str, typer.Argument(help="writer, analyst, duty_officer or auditor")],
    name: Annotated[str, typer.Option(help="whose key it is; shown in the server's list of keys")],
    days: Annotated[int | None, typer.Option(min=1, help="how long it holds; by default until it is revoked")] = None,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Make a key for Elasticsearch with the rights of a role. It is shown once and kept nowhere."""
    made = setting_up.api_key(settings_from(config), role, name=name, days=days)
    if as_json:
        print_json(made)
        return
    typer.echo(f"{made.name} ({role}), until {made.expires or 'it is revoked'}; its id is {made.id}", err=True)
    typer.echo(made.encoded)


def _tell(lines: Iterable[str], *, as_json: bool) -> None:
    told = []
    for line in lines:
        told.append(line)
        if not as_json:
            typer.echo(line)
    if as_json:
        print_json(told)
