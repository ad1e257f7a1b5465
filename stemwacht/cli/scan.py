"""`stemwacht scan FILE... --out DIR`: from an export to a report in one command."""

from pathlib import Path
from typing import Annotated, Literal, cast

import msgspec
import typer
from rich.console import Console

from ingest import (
    Found,
    IngestError,
    Kind,
    ReadError,
    Understanding,
    UnknownShape,
    Unopened,
    expand,
    parse_map,
    understand,
)
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from, told_console
from stemwacht.cli.proposal import confirm, proposal_words
from stemwacht.cli.words import closing_words, not_read_words
from stemwacht.config import Settings
from stemwacht.scan import Scanned
from stemwacht.scan import scan as run_scan
from stemwacht.stages import Stages

INPUTS = "exports, letters, folders or zip files of them; `stemwacht formats` lists what is read"
MapOption = Annotated[str | None, typer.Option("--map", help="which column is what: text=Comment,author=Name,…")]
KindOption = Annotated[str | None, typer.Option(help="letter or post, when it should not be guessed")]
SourceOption = Annotated[str | None, typer.Option(help="name of the source; by default the file's name")]
FormatOption = Annotated[
    str | None, typer.Option("--format", help="how to read it, when that should not be told by its shape")
]
YesFlag = Annotated[bool, typer.Option("--yes", help="accept the proposed columns without asking")]


@app.command()
def scan(
    files: Annotated[list[Path], typer.Argument(help=INPUTS)],
    out: Annotated[Path, typer.Option(help="folder for the report and the working files")] = Path("out"),
    mapping: MapOption = None,
    kind: KindOption = None,
    source: SourceOption = None,
    wanted: FormatOption = None,
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
    inputs = understand_all(
        files, settings, mapping=mapping, kind=kind, source=source, wanted=wanted, yes=yes, console=console
    )
    result = run_scan(
        inputs.understood, out, settings, Stages(console), consulted_texts=texts, unopened=inputs.unopened
    )
    tell(result, out, as_json=as_json)
    if exit_code and result.outcome.current:
        raise typer.Exit(10)


def _consulted_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ReadError(f"cannot read {path}: {error.strerror}; check its path and rights") from None


class Inputs(msgspec.Struct, frozen=True):
    """What is read, and the files that are not."""

    understood: list[Understanding]
    unopened: list[Unopened]


def understand_all(
    files: list[Path],
    settings: Settings,
    *,
    mapping: str | None,
    kind: str | None,
    source: str | None,
    wanted: str | None,
    yes: bool,
    console: Console | None,
) -> Inputs:
    """What each input is taken for, said before the work starts; a guess is asked about unless `yes`.

    A file that a person named and that cannot be read is an error, one found in a folder is named and passed over.
    """
    if kind not in (None, "letter", "post"):
        raise ValueError(f"no kind '{kind}'; there are: letter, post")
    expanded = expand(files)
    inputs = Inputs([], list(expanded.unopened))
    for found in expanded.found:
        try:
            one = _understood(found, settings, mapping=mapping, kind=kind, source=source, wanted=wanted)
        except IngestError as error:
            if found.named:
                raise
            inputs.unopened.append(_unopened(found, error))
            continue
        if console is not None:
            console.print(proposal_words(one), highlight=False, markup=False, soft_wrap=True)
        if not one.confident and not yes:
            confirm(one)
        inputs.understood.append(one)
    if console is not None and (said := not_read_words(inputs.unopened, expanded.remarks)):
        console.print(said, highlight=False, markup=False, soft_wrap=True)
    if not inputs.understood:
        raise ReadError(f"nothing here can be read. {not_read_words(inputs.unopened[:1])}")
    return inputs


def _understood(
    found: Found, settings: Settings, *, mapping: str | None, kind: str | None, source: str | None, wanted: str | None
) -> Understanding:
    return understand(
        found.place,
        mapping=parse_map(mapping) if mapping else {},
        kind=cast(Kind | None, kind),
        source=source or found.source,
        zone=settings.ingest.zone,
        wanted=wanted,
    )


def _unopened(found: Found, error: IngestError) -> Unopened:
    if isinstance(error, UnknownShape) and error.proposal:
        return Unopened(found.source, "no column is known to hold the text", f"scan it by itself with {error.proposal}")
    reason, _, fix = str(error).rpartition("; ")
    return Unopened(found.source, reason or fix, fix if reason else "check the file")


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
                "not_read": result.unopened,
            }
        )
        return
    typer.echo(closing_words(result, out))
