"""The sources that are pulled. Each kind is a module in this folder, found by its file name.

A module has three public names:

- `EXAMPLE: str`: a TOML table to start from, as `stemwacht config --example` and the documentation show it.
- `QUIET_HOURS: float`: after so many hours without a message something is wrong, and the coverage gets a gap.
- `pull(desk: Desk, cursor: str | None, *, …) -> Iterator[Batch]`: what is new since the cursor, None the first time.
  Its keyword arguments are the options of the kind; their annotations, with bounds as `Annotated[float, Meta(gt=0)]`,
  are checked before anything is opened. Records go in by the methods of the desk, where handles become pseudonyms, and
  come out by `desk.batch(cursor)`.

What `pull` has to keep to:

- Whoever takes a batch writes its records to the log, then its cursor to the store, and only then asks for the next
  one. Code behind a `yield` may therefore rely on that batch being safe: files are moved there.
- The same cursor gives the same records under the same ids, so that a run that was killed is simply run again.
- A batch without a cursor is a part of something larger, which begins anew when it is cut short.
- What is known to be lost is a gap (`desk.gap`), what a person should know a note (`desk.note`), what cannot be read a
  `BadRow`; none of them quotes a record. What nobody can go on from is a `SourceError` that names the fix.
- It ends when it has caught up. A stream goes on where `desk.follow` says so.

Packages in this folder are what the kinds are made of. What they need beside the base install comes with the extra
`[sources]`, and is imported only when a source of that kind is opened.
"""

import difflib
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, cast, get_type_hints

import msgspec

from ingest.batches import Batch
from ingest.desk import Desk
from ingest.errors import SourceError
from ingest.gaps import GAP_REASONS, NOTHING_CAME, UNREACHABLE

__all__ = [
    "GAP_REASONS",
    "NOTHING_CAME",
    "UNREACHABLE",
    "Batch",
    "Desk",
    "Source",
    "SourceError",
    "examples",
    "kinds",
    "module_of",
    "not_installed",
    "open_source",
]


class Kind(Protocol):
    """What a module of this folder offers."""

    EXAMPLE: str
    QUIET_HOURS: float
    pull: Callable[..., Iterator[Batch]]


class Source(msgspec.Struct, frozen=True):
    """A source that is set up: its name, its kind, what it expects to bring, and its options."""

    name: str
    kind: str
    quiet_hours: float
    options: Mapping[str, Any]
    module: Kind

    def pull(self, desk: Desk, cursor: str | None) -> Iterator[Batch]:
        """What is new since the cursor. Raises `SourceError`."""
        return self.module.pull(desk, cursor, **self.options)


def kinds() -> tuple[str, ...]:
    """The kinds there are, whether or not what they need is installed."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.ispkg))


def module_of(kind: str) -> Kind:
    """The module of that kind. ValueError that lists the kinds, `SourceError` where a package is missing."""
    if kind not in kinds():
        raise ValueError(f"no kind of source {kind!r};{_meant(kind, kinds())} there are: {', '.join(kinds())}")
    try:
        return cast(Kind, importlib.import_module(f"{__name__}.{kind}"))
    except ModuleNotFoundError as error:
        raise not_installed(kind, error) from None


def examples() -> dict[str, str]:
    """A table to start from for each kind, leaving out those whose packages are not installed."""
    found = {}
    for kind in kinds():
        try:
            found[kind] = module_of(kind).EXAMPLE
        except SourceError:
            continue
    return found


def not_installed(what: str, error: ModuleNotFoundError) -> SourceError:
    """What to say where a package of the extra is missing; an error of our own making is raised as it is."""
    if error.name is None or error.name.partition(".")[0] == __name__.partition(".")[0]:
        raise error
    return SourceError(f"{what} needs {error.name}, which is not installed: pip install 'stemwacht[sources]'")


def open_source(name: str, kind: str, options: Mapping[str, object]) -> Source:
    """The source `name` of that kind with its options; ValueError names what is misspelt, missing or of another type.

    `SourceError` where a package that the kind needs is not installed.
    """
    module = module_of(kind)
    parameters = _options_of(module)
    for option in options:
        if option not in parameters:
            known = ", ".join(parameters)
            raise ValueError(
                f"source {name!r}: kind {kind!r} has no option {option!r};{_meant(option, parameters)} it has: {known}"
            )
    for option, parameter in parameters.items():
        if parameter.default is inspect.Parameter.empty and option not in options:
            raise ValueError(f"source {name!r}: kind {kind!r} needs {option!r}, as in:\n{module.EXAMPLE}")
    hints = get_type_hints(module.pull, include_extras=True)
    read = {option: _read(name, option, value, hints[option]) for option, value in options.items()}
    return Source(name, kind, module.QUIET_HOURS, read, module)


def _options_of(module: Kind) -> dict[str, inspect.Parameter]:
    parameters = inspect.signature(module.pull).parameters
    return {name: one for name, one in parameters.items() if one.kind is inspect.Parameter.KEYWORD_ONLY}


def _read(source: str, option: str, value: object, hint: Any) -> Any:
    try:
        return msgspec.convert(value, hint)
    except msgspec.ValidationError as error:
        what = str(error).partition(" - at ")[0].replace("`", "")
        raise ValueError(f"source {source!r}: {option}: {what[0].lower()}{what[1:]}") from None


def _meant(name: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" did you mean {near[0]!r}?" if near else ""
