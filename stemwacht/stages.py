"""How long each stage of a run takes, and telling a person about it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from alerts.export import Stage

_log = structlog.get_logger()


class Stages:
    """Times the stages of a run and shows them on a terminal; silent where `console` is None."""

    def __init__(self, console: Console | None) -> None:
        self.timed: list[Stage] = []
        self._console = console
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    @contextmanager
    def stage(self, name: str, words: str) -> Iterator[None]:
        """Run a stage: `name` stands in run.json, `words` on the terminal."""
        started = time.perf_counter()
        with self._shown(words):
            yield
        seconds = time.perf_counter() - started
        self.timed.append(Stage(name=name, seconds=seconds))
        _log.info("stage", name=name, seconds=round(seconds, 3))

    def told(self, done: int, total: int | None) -> None:
        """How far the stage is."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, total=total)

    @contextmanager
    def _shown(self, words: str) -> Iterator[None]:
        if self._console is None or not self._console.is_terminal:
            yield
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as progress:
            self._progress, self._task = progress, progress.add_task(words, total=None)
            yield
        self._progress = None
