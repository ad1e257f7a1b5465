"""Makes what `docker compose` wants to find: .env with a secret for everyone who signs in, and the mounted folders.

Run in the project's folder: `python3 deploy/environment.py`. What is there stays as it is, so it may be run at any
time; after an upgrade it adds what is new. To renew a secret see docs/operating.md.
"""

import base64
import os
import secrets
import sys
from itertools import takewhile
from pathlib import Path

NOBODY = 10001  # who the containers run as where root starts them: the user of the image
OWNER_ONLY = 0o600


def password() -> str:
    """48 hexadecimal digits: 192 bits, and nothing that an address, a shell or a JSON text would have to escape."""
    return secrets.token_hex(24)


def fernet_key() -> str:
    """32 random bytes as Airflow wants them, in base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def run_as() -> str:
    """The user id of whoever runs this, so that what the containers write into out/ belongs to them."""
    return str(os.getuid() or NOBODY)


MADE = {
    "RUN_AS": (run_as, "the user id of the containers that write into out/"),
    "ELASTIC_PASSWORD": (password, "Elasticsearch's administrator, elastic; signs in to Kibana as well"),
    "ELASTICSEARCH_WORKER_PASSWORD": (password, "Stemwacht in Elasticsearch, as stemwacht"),
    "KIBANA_PASSWORD": (password, "Kibana itself in Elasticsearch; for no person"),
    "KIBANA_SESSION_KEY": (password, "encrypts the sessions of Kibana"),
    "KIBANA_OBJECTS_KEY": (password, "encrypts what Kibana stores; without it that is lost"),
    "KIBANA_REPORTING_KEY": (password, "encrypts the reports of Kibana"),
    "KAFKA_ADMIN_PASSWORD": (password, "Kafka's administrator, heard inside its container alone"),
    "KAFKA_WORKER_PASSWORD": (password, "Stemwacht in Kafka, as stemwacht"),
    "POSTGRES_PASSWORD": (password, "Airflow in its database"),
    "AIRFLOW_ADMIN_PASSWORD": (password, "Airflow's administrator, admin: signs in to its pages"),
    "AIRFLOW_FERNET_KEY": (fernet_key, "encrypts connections that Airflow stores; without it they are lost"),
    "AIRFLOW_SESSION_KEY": (password, "encrypts the sessions of Airflow's pages"),
    "AIRFLOW_TASKS_KEY": (password, "signs what Airflow's parts say to each other"),
}
PRIVATE = """\
# Passwords of sources and where notices go; only the services that need them read this file. Single quotes keep a
# value as it is. For example:
# STEMWACHT_SOURCES__PRESS='{"kind": "feeds", "urls": ["https://example.org/feed?key=…"]}'
# STEMWACHT_NOTICES='smtps://user:password@mail.example.org?from=stemwacht@example.org&to=duty@example.org'
"""


def main(project: Path) -> list[str]:
    """Make what is missing in the project's folder; returns a line for each thing made, without any secret."""
    said = [f"made {name}/" for name in ("config", "in", "out", "backup") if _folder(project / name)]
    (project / "backup").chmod(0o700)
    # Elasticsearch has a user of its own; only who may enter backup/ gets this far.
    if _folder(project / "backup" / "elasticsearch"):
        (project / "backup" / "elasticsearch").chmod(0o777)
    said += _first(project / "config" / "stemwacht.toml", (project / "examples" / "stemwacht.toml").read_text("utf-8"))
    said += _first(project / "config" / "campaigns.toml", _head(project / "examples" / "campaigns.toml"))
    said += _first(project / ".env.private", PRIVATE, OWNER_ONLY)
    said += _secrets((project / ".env").resolve())
    _let_containers_read(project / "deploy")
    return said


def _folder(path: Path) -> bool:
    if path.is_dir():
        return False
    path.mkdir()
    if os.getuid() == 0:
        os.chown(path, NOBODY, NOBODY)
    return True


def _first(path: Path, text: str, mode: int = 0o644) -> list[str]:
    if path.exists():
        return []
    _write(path, text, mode)
    return [f"made {path.name}"]


def _head(path: Path) -> str:
    """The comments that an example begins with, without the example itself."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(takewhile(lambda line: line.startswith("#"), lines))


def _secrets(path: Path) -> list[str]:
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    known = {line.partition("=")[0].strip() for line in there.splitlines()}
    missing = [name for name in MADE if name not in known]
    if missing:
        lines = [f"# {about}\n{name}={make()}\n" for name, (make, about) in MADE.items() if name in missing]
        between = "" if not there or there.endswith("\n") else "\n"
        _write(path, there + between + "".join(lines), OWNER_ONLY)
    path.chmod(OWNER_ONLY)
    return [f"wrote {len(missing)} new values to .env, which you alone can read"] if missing else []


def _write(path: Path, text: str, mode: int) -> None:
    """Whole or not at all, and never readable by more than the mode says."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)


def _let_containers_read(folder: Path) -> None:
    """Kafka, Elasticsearch and Kibana have users of their own, and nothing in the folder is secret."""
    for path in folder.iterdir():
        if path.is_file():
            path.chmod(path.stat().st_mode | 0o444)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in main(Path(__file__).parents[1]))
