"""`stemwacht formats`: what can be read, with an example line of each."""

import typer

from ingest import formats as known_formats
from stemwacht.cli.app import JsonFlag, app, print_json


@app.command()
def formats(as_json: JsonFlag = False) -> None:
    """List the formats that are read, with an example line of each."""
    examples = {name: " ".join(module.EXAMPLE.split()) for name, module in known_formats().items()}
    if as_json:
        print_json([{"name": name, "example": example} for name, example in examples.items()])
        return
    width = max(map(len, examples))
    for name, example in examples.items():
        typer.echo(f"{name:<{width}}  {example}")
    typer.echo("Each is known by its shape, also inside .gz, .zst and .zip; --format NAME decides where two could be.")
