"""The programs in Elasticsearch's bin, and what they want to know of an instance."""

from pathlib import Path

from tests.engines import downloads, unprivileged
from tests.engines.jdk import jdk
from tests.engines.missing import EngineMissingError

SMALL = {
    "CLI_JAVA_OPTS": "-Xms4m -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    # the index of users is made when the first user is, not in the background while a test has begun
    "ES_JAVA_OPTS": "-XX:TieredStopAtLevel=1 -XX:-AlwaysPreTouch -Des.queryable_built_in_roles_enabled=false",
}


def program(name: str) -> list[str]:
    """The command for a program; EngineMissingError where the user that it must run as cannot read it."""
    path = downloads.elasticsearch_home() / "bin" / name
    if not unprivileged.can_read(path):
        raise EngineMissingError(
            f"Elasticsearch does not run as root and another user cannot read {path}: "
            "name a folder that everyone may read by STEMWACHT_ENGINES"
        )
    return [*unprivileged.as_whom(), "bash", str(path)]


def environment(folder: Path) -> dict[str, str]:
    """The variables that make a program speak of the instance in that folder."""
    home = jdk(21, "Elasticsearch")
    places = {"ES_JAVA_HOME": home, "ES_PATH_CONF": folder / "config", "ES_TMPDIR": folder / "tmp", "HOME": folder}
    return {**{name: str(place) for name, place in places.items()}, **SMALL}
