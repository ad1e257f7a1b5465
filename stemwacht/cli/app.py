"""The application that the commands add themselves to, and what they share."""

import os
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from stemwacht import __version__
from stemwacht.config import Settings, load
from stemwacht.logs import log_to_stderr
from stemwacht.schedule import CONFIG

app = typer.Typer(
    name="stemwacht",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Find coordinated campaigns and mass-fabricated letters, and say how likely each is by chance.",
    epilog="Exit codes: 0 done · 2 wrong use · 3 input cannot be read · 4 configuration · 5 disk or store · 6 model · "
    "10 done, and alerts are open (with --exit-code).",
)

JsonFlag = Annotated[bool, typer.Option("--json", help="print one JSON document instead of words")]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="stemwacht.toml to use; by default the one in this folder, if any")
]


@app.callback(invoke_without_command=True)
def _common(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="print the version")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="log what happens to standard error")] = False,
) -> None:
    log_to_stderr(verbose=verbose)
    if version:
        typer.echo(f"stemwacht {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.Exit(2)


def settings_from(config: Path | None) -> Settings:
    """The settings in force: of the file named, else of STEMWACHT_CONFIG, else of stemwacht.toml here, if any."""
    named = config or (Path(os.environ[CONFIG]) if os.environ.get(CONFIG) else None)
    found = Path("stemwacht.toml")
    return load(named or (found if found.exists() else None), os.environ)


def told_console(as_json: bool) -> Console | None:
    """Where progress is shown: standard error, so that standard output stays for results; nowhere with --json."""
    return None if as_json else Console(stderr=True)


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")
