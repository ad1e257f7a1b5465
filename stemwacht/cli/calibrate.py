"""`stemwacht calibrate FILE`: does the test for accounts that share together hold what it says, on these data?"""

from pathlib import Path
from typing import Annotated

import typer

from stemwacht.calibrating import calibration_of
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from, told_console
from stemwacht.cli.scan import INPUTS, FormatOption, MapOption, YesFlag, understand_all
from stemwacht.stages import Stages


@app.command()
def calibrate(
    files: Annotated[list[Path], typer.Argument(help=INPUTS)],
    permutations: Annotated[int, typer.Option(min=1, max=1000, help="how often each null is permuted")] = 10,
    seed: Annotated[int, typer.Option(help="another number permutes otherwise")] = 0,
    mapping: MapOption = None,
    wanted: FormatOption = None,
    yes: YesFlag = False,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Permute who shared when, so that only chance is left: p must then be uniform, and no tie must stand."""
    settings = settings_from(config)
    console = told_console(as_json)
    inputs = understand_all(
        files, settings, mapping=mapping, kind=None, source=None, wanted=wanted, yes=yes, console=console
    )
    found = calibration_of(inputs.understood, settings, Stages(console), permutations=permutations, seed=seed)
    if as_json:
        print_json(found)
    else:
        typer.echo("\n".join(found.words()))
