"""`stemwacht scan FILE... --out DIR`: from an export to a report in one command."""

import sys
from pathlib import Path
from typing import Annotated, Literal, cast

import msgspec
import typer
from rich.console import Console

from ingest import Kind, ReadError, Understanding, parse_map, understand
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from, told_console
from stemwacht.cli.words import closing_words, understood_words
from stemwacht.config import Settings
from stemwacht.scan import Scanned
from stemwacht.scan import scan as run_scan
from stemwacht.stages import Stages

MapOption = Annotated[str | None, typer.Option("--map", help="which column is what: text=Comment,author=Name,…")]
KindOption = Annotated[str | None, typer.Option(help="letter or post, when it should not be guessed")]
SourceOption = Annotated[str | None, typer.Option(help="name of the source; by default the file's name")]
YesFlag = Annotated[bool, typer.Option("--yes", help="accept the proposed columns without asking")]


@app.command()
def scan(
    files: Annotated[list[Path], typer.Argument(help="CSV, TSV, XLSX, ODS, JSON or JSONL, also .gz and .zst")],
    out: Annotated[Path, typer.Option(help="folder for the report and the working files")] = Path("out"),
    mapping: MapOption = None,
    kind: KindOption = None,
    source: SourceOption = None,
    yes: YesFlag = False,
    lang: Annotated[str | None, typer.Option(help="language of the report: nl or en")] = None,
    title: Annotated[str | None, typer.Option(help="title of the report")] = None,
    campaigns: Annotated[Path | None, typer.Option(help="registry of declared campaigns, campaigns.toml")] = None,
    consulted: Annotated[
        list[Path] | None, typer.Option(help="text under consultation: quoting it counts for nothing")
    ] = None,
    model: Annotated[bool, typer.Option("--model/--no-model", help="also look for rewordings and translations")] = True,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="exit with 10 when there are alerts")] = False,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Read files, find families and campaigns, and write report.html, report.pdf, families.csv, alerts and feeds."""
    settings = _with_choices(settings_from(config), lang, title, campaigns, model)
    console = told_console(as_json)
    texts = [_consulted_text(path) for path in consulted or []]
    understood = understand_all(files, settings, mapping=mapping, kind=kind, source=source, yes=yes, console=console)
    result = run_scan(understood, out, settings, Stages(console), consulted_texts=texts)
    tell(result, out, as_json=as_json)
    if exit_code and result.outcome.current:
        raise typer.Exit(10)


def _consulted_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ReadError(f"cannot read {path}: {error.strerror}; check its path and rights") from None


def understand_all(
    files: list[Path],
    settings: Settings,
    *,
    mapping: str | None,
    kind: str | None,
    source: str | None,
    yes: bool,
    console: Console | None,
) -> list[Understanding]:
    """What each file is taken for, said before the work starts; a guess is asked about unless `yes`."""
    if kind not in (None, "letter", "post"):
        raise ValueError(f"no kind '{kind}'; there are: letter, post")
    understood = []
    for path in files:
        one = understand(
            path,
            mapping=parse_map(mapping) if mapping else {},
            kind=cast(Kind | None, kind),
            source=source,
            zone=settings.ingest.zone,
        )
        if console is not None:
            console.print(understood_words(one), highlight=False, markup=False, soft_wrap=True)
        if not one.confident and not yes:
            _ask(one)
        understood.append(one)
    return understood


def _ask(one: Understanding) -> None:
    if not sys.stdin.isatty():
        raise ValueError(
            f"{one.path.name}: the columns are a guess; accept it with --yes, or say which they are: {one.proposal}"
        )
    if not typer.confirm(f"Read {one.path.name} like this?", default=True, err=True):
        raise typer.Exit(2)


def _with_choices(
    settings: Settings, lang: str | None, title: str | None, campaigns: Path | None, model: bool
) -> Settings:
    if lang not in (None, "nl", "en"):
        raise ValueError(f"no language '{lang}' for the report; there are: en, nl")
    report = settings.report
    if lang is not None:
        report = msgspec.structs.replace(report, lang=cast(Literal["nl", "en"], lang))
    if title is not None:
        report = msgspec.structs.replace(report, title=title)
    paths = settings.paths if campaigns is None else msgspec.structs.replace(settings.paths, campaigns=campaigns)
    embedder = settings.embedder if model else msgspec.structs.replace(settings.embedder, name="none")
    return msgspec.structs.replace(settings, report=report, paths=paths, embedder=embedder)


def tell(result: Scanned, out: Path, *, as_json: bool) -> None:
    """The closing summary, in words or as JSON."""
    if as_json:
        print_json(
            {
                "out": str(out),
                "coverage": result.coverage,
                "families": len(result.analysis.findings),
                "narratives": len(result.analysis.narratives),
                "alerts": [{"id": a.id, "title": a.title, "q": a.chance.q} for a in result.outcome.current],
                "files": [path.name for path in result.files],
            }
        )
        return
    typer.echo(closing_words(result, out))
