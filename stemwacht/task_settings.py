"""The settings of a task: a process that a scheduler starts wherever it likes."""

from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, nullcontext
from pathlib import Path

from stemwacht import alerting
from stemwacht.config import Paths, Settings, load
from stemwacht.schedule import CONFIG, ConfigurationError


@contextmanager
def task_settings(environ: Mapping[str, str]) -> Iterator[Settings]:
    """The settings in force; meanwhile the working folder is that of the file that STEMWACHT_CONFIG names.

    So relative paths start there, as on the command line. A task has no working folder of its own: without a file all
    paths must be whole. ConfigurationError names what is wrong with settings, rules or registry.
    """
    file = Path(environ[CONFIG]).absolute() if environ.get(CONFIG) else None
    with nullcontext() if file is None or not file.exists() else chdir(file.parent):
        yield _checked(file, environ)


def _checked(file: Path | None, environ: Mapping[str, str]) -> Settings:
    try:
        settings = load(file, environ)
        if file is None:
            _must_be_whole(settings.paths)
        alerting.check(settings)
    except ValueError as error:
        raise ConfigurationError(str(error)) from None
    return settings


def _must_be_whole(paths: Paths) -> None:
    used = ("store", "log", "out", "reviews")
    if relative := [f"STEMWACHT_PATHS__{name.upper()}" for name in used if not getattr(paths, name).is_absolute()]:
        raise ValueError(
            f"no {CONFIG}, and a task has no working folder: name the configuration file in it, or give whole paths "
            f"in {', '.join(relative)}"
        )
