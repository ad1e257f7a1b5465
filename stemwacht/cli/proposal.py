"""What an unknown file is proposed to be read as, with a few of its rows, and the question whether that is right."""

import sys
from collections.abc import Mapping

import typer

from ingest import Understanding
from stemwacht.cli.words import understood_words

_NO = 2


def proposal_words(one: Understanding) -> str:
    """What a file is taken for; of a format without fixed columns also its first rows as they will be read."""
    lines = [understood_words(one)]
    if one.guessed:
        lines.append(f"  found by content: {', '.join(f'{role} = {one.mapping[role]}' for role in one.guessed)}")
    if not one.native:
        lines += [f"  row: {_row_words(row)}" for row in one.samples]
    return "\n".join(lines)


def _row_words(row: Mapping[str, str]) -> str:
    known = [f"{role} {value}" for role, value in row.items() if role != "text"]
    return ", ".join([f"«{row.get('text', '')}»", *known])


def confirm(one: Understanding) -> None:
    """Asks whether a guess is right. Raises `ValueError`, with what to type instead, where there is no terminal."""
    if not sys.stdin.isatty():
        raise ValueError(
            f"{one.path.name}: the columns are a guess; accept it with --yes, or say which they are: {one.proposal}"
        )
    if not typer.confirm(f"Read {one.path.name} like this?", default=True, err=True):
        typer.echo(f"Say which columns they are, for example: {one.proposal}", err=True)
        raise typer.Exit(_NO)
