"""`python -m bench DATA_FOLDER`: print what was measured as markdown tables, each figure against its bar."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bench import (
    bursts,
    coordination_coortweet,
    coordination_injected,
    coordination_planted,
    coordination_speed,
    coordination_worlds,
    families_d3lta,
    families_organic,
    letters_farm_workers,
    letters_majority,
    letters_one_topic,
    letters_templates,
    log_kafka,
    monitor_rates,
    speed_formats,
    speed_letters,
    speed_posts,
    store_elasticsearch,
)
from bench.machine import machine
from bench.section import Figure, Options, Section, markdown

Measure = Callable[[Path, Options], Iterator[Section]]
MEASUREMENTS: Mapping[str, Measure] = {
    "families_d3lta": families_d3lta.measure,
    "families_organic": families_organic.measure,
    "letters_one_topic": letters_one_topic.measure,
    "letters_majority": letters_majority.measure,
    "letters_farm_workers": letters_farm_workers.measure,
    "letters_templates": letters_templates.measure,
    "bursts": bursts.measure,
    "coordination_coortweet": coordination_coortweet.measure,
    "coordination_worlds": coordination_worlds.measure,
    "coordination_planted": coordination_planted.measure,
    "coordination_injected": coordination_injected.measure,
    "coordination_speed": coordination_speed.measure,
    "log_kafka": log_kafka.measure,
    "store_elasticsearch": store_elasticsearch.measure,
    "monitor_rates": monitor_rates.measure,
    "speed_formats": speed_formats.measure,
    "speed_posts": speed_posts.measure,
    "speed_letters": speed_letters.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write to `--out` as well; the exit code is 0 whatever the figures are."""
    args = _arguments(arguments)
    options = Options(work=args.work, quick=args.quick, long=args.long)
    args.work.mkdir(parents=True, exist_ok=True)
    began = f"Measured {datetime.now(UTC):%Y-%m-%d}{', the quick way' if args.quick else ''}."
    missed: list[tuple[str, Figure]] = []
    with (args.out or Path(os.devnull)).open("w", encoding="utf-8") as out:
        for text in (f"# Measurements\n\n{began}\n", markdown(machine())):
            _told(text, out)
        for name in args.only or MEASUREMENTS:
            started = time.perf_counter()
            for section in MEASUREMENTS[name](args.data, options):
                _told(markdown(section), out)
                missed += [(section.title, figure) for figure in section.figures if figure.met is False]
            _told(f"`{name}` took {time.perf_counter() - started:.0f} s.\n", out)
        _told(_closing(missed), out)
    return 0


def _told(text: str, *files: TextIO) -> None:
    for file in (sys.stdout, *files):
        print(text, file=file, flush=True)


def _closing(missed: Sequence[tuple[str, Figure]]) -> str:
    if not missed:
        return "Every bar that was looked at is met."
    lines = [f"- {title}: {figure.what} {figure.value}, bar {figure.bar}" for title, figure in missed]
    return "\n".join(["## Bars not met", "", *lines])


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with families/, letters/, organic/ and coordination/")
    parser.add_argument("--only", nargs="+", choices=MEASUREMENTS, metavar="NAME", help=", ".join(MEASUREMENTS))
    parser.add_argument("--quick", action="store_true", help="smaller sets: minutes instead of an hour")
    parser.add_argument("--long", action="store_true", help="also a million posts, and vectors for 20,000 letters")
    parser.add_argument("--out", type=Path, help="write the tables to this file as well")
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"), help="folder for vectors and made files")
    args = parser.parse_args(arguments)
    if not args.data.is_dir():
        parser.error(
            f"no folder {args.data}: give the folder that holds families/, letters/, organic/ and coordination/"
        )
    return args


if __name__ == "__main__":
    sys.exit(main())
