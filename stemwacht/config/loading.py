"""The configuration file and the environment into settings, once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alerts import read_toml, strict
from stemwacht.config.environment import overrides
from stemwacht.config.secret import Secret
from stemwacht.config.settings import Settings


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings in force: defaults, then the file, then the environment.

    ValueError names the key that is unknown (and those that exist) or the type that was expected.
    """
    data: dict[str, Any] = {}
    where = "the environment"
    if path is not None:
        if not path.exists():
            raise ValueError(f"no configuration file {path}; name one that exists, or none to run on the defaults")
        data, where = read_toml(path), path.name
    # The file is judged before the environment is laid over it, so that an error names the place to mend.
    settings = strict(data, Settings, where=where, from_text=from_text)
    over = overrides(environ, Settings)
    if not over:
        return settings
    for section, keys in over.items():
        data[section] = {**data.get(section, {}), **keys}
    return strict(data, Settings, where="the environment (STEMWACHT_SECTION__KEY)", from_text=from_text)


def from_text(kind: type, value: Any) -> Any:
    """Paths (with ~ for the home folder) and secrets from the text that stands for them."""
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {type(value).__name__}")
    if kind is Secret:
        return Secret(value)
    if issubclass(kind, Path):
        return Path(value).expanduser()
    raise TypeError(f"no way to read a {kind.__name__}")
