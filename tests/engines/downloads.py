"""Fetches the engines from Maven Central, once for a machine: parallel callers wait for the first one."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.engines.jdk import jdk
from tests.engines.missing import EngineMissingError

KAFKA = "4.3.1"
ELASTICSEARCH = "9.5.3"
ROOT = Path(__file__).parents[2]
JAVA = Path(__file__).parent / "java"
KAFKA_POM = JAVA / "kafka.pom.xml"
ANALYSIS = JAVA / "analysis"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
LONGEST_SECONDS = 600


def cache() -> Path:
    """The folder that keeps what was fetched: $STEMWACHT_ENGINES, else the user's cache; root's cache all can read."""
    if named := os.environ.get("STEMWACHT_ENGINES"):
        return Path(named).resolve()
    return (Path("/var/cache") if os.geteuid() == 0 else Path.home() / ".cache") / "stemwacht-engines"


def kafka_jars() -> Path:
    """A folder with the jars of a Kafka broker and its tools."""
    return once(f"kafka-{KAFKA}-{_digest(KAFKA_POM)}", _fetch_kafka)


def elasticsearch_home() -> Path:
    """The home of Elasticsearch, with our plugin in it; read only, shared by all instances."""
    return once(f"elasticsearch-{ELASTICSEARCH}-{_digest(*sorted(ANALYSIS.iterdir()))}", _fetch_elasticsearch)


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name in the cache; made in a folder beside it and moved into place when it is whole."""
    wanted = cache() / name
    if wanted.exists():
        return wanted
    with locked(cache() / f"{name}.lock"):
        if not wanted.exists():
            _make(wanted, make)
    return wanted


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time is inside; the kernel lets go when it dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _make(wanted: Path, make: Callable[[Path], None]) -> None:
    unfinished = Path(tempfile.mkdtemp(prefix=f".{wanted.name}-", dir=wanted.parent))
    try:
        whole = unfinished / wanted.name
        whole.mkdir()
        make(whole)
        whole.rename(wanted)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _fetch_kafka(folder: Path) -> None:
    pom = shutil.copy(KAFKA_POM, folder.parent / "pom.xml")
    _maven(f"{PLUGIN}:copy-dependencies", "-f", str(pom), f"-Dkafka={KAFKA}", f"-DoutputDirectory={folder}")


def _fetch_elasticsearch(folder: Path) -> None:
    artifact = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{ELASTICSEARCH}:zip"
    compiler = jdk(21, "Elasticsearch") / "bin" / "javac"
    _maven(f"{PLUGIN}:unpack", f"-Dartifact={artifact}", f"-DoutputDirectory={folder.parent}", cwd=folder.parent)
    unpacked = folder.parent / f"elasticsearch-{ELASTICSEARCH}"
    if not (unpacked / "bin" / "elasticsearch").exists():
        raise EngineMissingError(f"{artifact} has no bin/elasticsearch: its layout changed, see downloads.py")
    unpacked.replace(folder)
    _add_plugin(folder, compiler)


def _add_plugin(home: Path, compiler: Path) -> None:
    """Compiles what the index of users and API keys needs and this distribution lacks."""
    plugin = home / "plugins" / "security-index-analysis"
    classes = home.parent / "classes"
    plugin.mkdir(parents=True)
    sources = map(str, ANALYSIS.glob("*.java"))
    subprocess.run([compiler, "--release", "21", "-cp", f"{home}/lib/*", "-d", classes, *sources], check=True)
    with zipfile.ZipFile(plugin / "plugin.jar", "w") as jar:
        for path in classes.iterdir():
            jar.write(path, path.name)
    descriptor = (ANALYSIS / "plugin-descriptor.properties").read_text(encoding="utf-8")
    (plugin / "plugin-descriptor.properties").write_text(
        descriptor.replace("@elasticsearch@", ELASTICSEARCH), encoding="utf-8"
    )


def _digest(*files: Path) -> str:
    """A changed recipe makes a folder of its own."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _maven(*words: str, cwd: Path | None = None) -> None:
    if shutil.which("mvn") is None:
        raise EngineMissingError("the engines come from Maven Central and there is no `mvn`: install Maven")
    command = ["mvn", "-q", "-B", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False, cwd=cwd)
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[:20])
        raise EngineMissingError(f"Maven could not fetch an engine; is the network there? It says:\n{said}")
