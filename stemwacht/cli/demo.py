"""`stemwacht demo`: an election week of the project's own making, and how much of what is planted in it is found."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from alerts import Alert
from ingest import understand
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from, told_console
from stemwacht.cli.words import closing_words, understood_words
from stemwacht.demo import Score, election_week, read_truth, score, summary, write_world
from stemwacht.scan import Scanned
from stemwacht.scan import scan as run_scan
from stemwacht.stages import Stages

EARLIER_SHARE = 0.3  # posts of the weeks before to each post of the week: enough to know who was silent


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="folder for the week and its report")] = Path("demo-out"),
    seed: Annotated[int, typer.Option(help="another number is another week")] = 1,
    posts: Annotated[int, typer.Option(help="how many posts")] = 20_000,
    letters: Annotated[int, typer.Option(help="how many letters")] = 3_000,
    earlier: Annotated[
        int | None,
        typer.Option(help="how many posts of the ten weeks before; 0 for none", show_default="30 to every 100 posts"),
    ] = None,
    lang: Annotated[str, typer.Option(help="language of the report: nl or en")] = "en",
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Make a week with planted campaigns and innocent look-alikes, scan it, and compare with the truth."""
    if lang not in _TITLES:
        raise ValueError(f"no language '{lang}' for the report; there are: {', '.join(sorted(_TITLES))}")
    console = told_console(as_json)
    settings = settings_from(config)
    stages = Stages(console)
    week = out / "week"
    with stages.stage("make", "writing an election week"):
        before = round(EARLIER_SHARE * posts) if earlier is None else earlier
        files = write_world(election_week(seed, posts, letters, before), week)
    settings = msgspec.structs.replace(
        settings,
        paths=msgspec.structs.replace(settings.paths, campaigns=files.campaigns),
        report=msgspec.structs.replace(settings.report, lang=lang, title=settings.report.title or _TITLES[lang]),
    )
    understood = [understand(path, zone=settings.ingest.zone) for path in (files.posts, files.letters)]
    if console is not None:
        for one in understood:
            console.print(understood_words(one), highlight=False, markup=False, soft_wrap=True)
    consulted = [files.consulted.read_text(encoding="utf-8")]
    result = run_scan(understood, out, settings, stages, consulted_texts=consulted)
    judged = score(read_truth(files.truth), _members(result, out / "families.csv"), _alerted(result.outcome.current))
    if as_json:
        print_json(_data(judged, out))
        return
    typer.echo(closing_words(result, out))
    typer.echo("\nAgainst the truth of this week:")
    typer.echo(summary(judged))


_TITLES = {"en": "A week of elections, made for this demonstration", "nl": "Een verkiezingsweek, gemaakt als voorbeeld"}


def _members(result: Scanned, families_csv: Path) -> Iterator[tuple[str, str]]:
    """Each message, by the id that the week gave it, with the findings and the alerts that it stands in."""
    with families_csv.open(encoding="utf-8", newline="") as file:
        native = {row["message_id"]: row["native_id"] for row in csv.DictReader(file)}
    for finding in result.analysis.every_finding:
        yield from ((native[member.message_id], finding.id) for member in finding.members)
    for alert in result.outcome.current:
        yield from ((native[row.message_id], alert.id) for row in alert.evidence)


def _alerted(alerts: tuple[Alert, ...]) -> list[str]:
    return [alert.id for alert in alerts]


def _data(judged: Score, out: Path) -> dict[str, object]:
    return {
        "report": str(out / "report.html"),
        "found": [group.group for group in judged.found],
        "missed": [group.group for group in judged.missed],
        "false": [alert.finding for alert in judged.false_alerts],
        "organic_alerted": judged.organic_alerted,
        "control_alerted": judged.control_alerted,
    }
