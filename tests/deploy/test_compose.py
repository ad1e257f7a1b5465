"""docker-compose.yml: what it promises of every service."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.environment import MADE
from stemwacht import __version__
from stemwacht.cli import app
from stemwacht.config import load
from tests.deploy.composition import JOBS, OURS, ROOT, Composition, compose, composed

# They write into folders that belong to their image: see docs/operating.md.
WRITES_AT_HOME = {"elasticsearch", "elasticsearch-access", "kibana"}
AIRFLOW = {f"airflow-{part}" for part in ("setup", "api", "scheduler", "dag-processor", "triggerer")}
MONITOR = {"setup", "worker", "stemwacht", "follower", "airflow-scheduler"}
READERS = {"stemwacht", "follower", "airflow-scheduler"}  # they make messages of what they read
TELLERS = {"airflow-scheduler", "airflow-dag-processor"}  # a task that failed, and one whose worker was killed
WHO_KNOWS = {
    "ELASTIC_PASSWORD": {"elasticsearch", "elasticsearch-access", "setup"},
    "ELASTICSEARCH_WORKER_PASSWORD": MONITOR - {"setup"} | {"elasticsearch-access"},
    "KIBANA_PASSWORD": {"elasticsearch-access", "kibana"},
    "KIBANA_SESSION_KEY": {"kibana"},
    "KIBANA_OBJECTS_KEY": {"kibana"},
    "KIBANA_REPORTING_KEY": {"kibana"},
    "KAFKA_ADMIN_PASSWORD": {"kafka", "kafka-access"},
    "KAFKA_WORKER_PASSWORD": MONITOR | {"kafka-access", "airflow-triggerer"},
    "POSTGRES_PASSWORD": AIRFLOW | {"postgres"},
    "AIRFLOW_ADMIN_PASSWORD": {"airflow-setup"},
    "AIRFLOW_FERNET_KEY": AIRFLOW,
    "AIRFLOW_SESSION_KEY": AIRFLOW,
    "AIRFLOW_TASKS_KEY": AIRFLOW,
}


def mounted(composition: Composition, volume: str) -> set[str]:
    return {
        name
        for name, service in composition.services.items()
        for mount in service.get("volumes", ())
        if mount["type"] == "volume" and mount["source"] == volume
    }


def secrets_of(project: Path) -> dict[str, str]:
    lines = (project / ".env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


def test_without_env_it_says_what_to_do(tmp_path: Path) -> None:
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    done = compose(tmp_path, "config", "--quiet")
    assert done.returncode
    assert "run `make up`" in done.stderr


def test_images_are_named_by_an_exact_version(composition: Composition) -> None:
    for name, service in composition.services.items():
        assert re.search(r":\d+\.\d+(\.\d+)?(-[a-z]+)?$", service["image"]), name
    assert {composition.services[name]["image"] for name in OURS} == {f"stemwacht:{__version__}"}


def test_pages_are_heard_on_this_machine_alone(composition: Composition) -> None:
    ports = {name: service["ports"] for name, service in composition.services.items() if "ports" in service}
    assert set(ports) == {"kibana", "airflow-api"}
    assert {port["host_ip"] for published in ports.values() for port in published} == {"127.0.0.1"}


def test_services_come_back_are_looked_after_and_have_bounds(composition: Composition) -> None:
    for name, service in composition.services.items():
        if name in JOBS:
            assert service["restart"] == "no", name
        else:
            assert service["restart"] == "unless-stopped", name
            assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}, name
        assert int(service["mem_limit"]) >= 256 * 2**20, name
        assert service["pids_limit"] > 0, name
        assert service["logging"] == {"driver": "json-file", "options": {"max-size": "10m", "max-file": "5"}}, name


def test_services_have_no_more_power_than_they_need(composition: Composition) -> None:
    for name, service in composition.services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service.get("read_only", False) == (name not in WRITES_AT_HOME), name
        assert not {"privileged", "cap_add", "devices", "pid", "ipc"} & set(service), name
        assert not any("docker.sock" in mount["source"] for mount in service.get("volumes", ())), name


def test_ours_run_as_whoever_starts_them(composition: Composition, project: Path) -> None:
    run_as = secrets_of(project)["RUN_AS"]
    assert int(run_as) > 0
    assert {composition.services[name]["user"] for name in OURS} == {f"{run_as}:10001"}


def test_no_secret_stands_in_the_file(composition: Composition) -> None:
    for name, service in composition.asked.items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|TOKEN|_KEY$|CONN", variable):
                assert re.search(r"\$\{\w+:\?", value), f"{name}: {variable}"


def test_what_must_be_given_is_made(composition: Composition) -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{(\w+):\?", text)) == set(MADE)


@pytest.mark.parametrize("secret", [name for name in MADE if name != "RUN_AS"])
def test_a_secret_goes_to_those_who_need_it(composition: Composition, project: Path, secret: str) -> None:
    value = secrets_of(project)[secret]
    told = {
        name for name in composition.services if any(value in text for text in composition.environment(name).values())
    }
    assert told == WHO_KNOWS[secret]


def test_the_key_of_the_pseudonyms_lies_apart_from_the_data(composition: Composition) -> None:
    assert mounted(composition, "key") == mounted(composition, "data") == READERS
    for name in OURS:
        assert composition.environment(name)["STEMWACHT_PATHS__KEY_FILE"] == "/key/pseudonym.key"


def test_only_sources_and_notices_reach_the_outside(composition: Composition) -> None:
    assert composition.networks["inner"]["internal"]
    on = {name: set(service.get("networks", ())) for name, service in composition.services.items()}
    assert {name for name, networks in on.items() if "outside" in networks} == READERS | TELLERS
    assert {name for name, networks in on.items() if "pages" in networks} == {"kibana", "airflow-api"}
    assert on["kafka-access"] == set()
    assert all("inner" in networks for name, networks in on.items() if name != "kafka-access")


def test_who_tells_of_failures_knows_where_and_can_reach_it(project: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(project, tmp_path / "project")
    with (mine / ".env.private").open("a", encoding="utf-8") as private:
        private.write("\nSTEMWACHT_NOTICES=https://hooks.example.org/duty\n")
    told = composed(mine)
    for name in TELLERS:
        assert told.environment(name)["STEMWACHT_NOTICES"] == "https://hooks.example.org/duty"
        assert "outside" in told.services[name]["networks"]


def test_what_is_mounted_is_there(composition: Composition, project: Path) -> None:
    for name, service in composition.services.items():
        for mount in service.get("volumes", ()):
            if mount["type"] == "bind":
                assert Path(mount["source"]).exists(), f"{name}: {mount['source']}"
                assert mount.get("read_only", False) or mount["target"] in {"/in", "/out", "/snapshots"}, name


def test_whom_a_service_waits_for_can_be_waited_for(composition: Composition) -> None:
    for name, service in composition.services.items():
        for other, how in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if other in JOBS else "service_healthy"
            assert how["condition"] == wanted, f"{name} waits for {other}"


def test_the_commands_of_the_file_exist(composition: Composition) -> None:
    asked = {tuple(service.get("command") or ()) for service in composition.services.values()}
    asked |= {
        tuple(service["healthcheck"]["test"][1:])
        for name, service in composition.services.items()
        if name in OURS - JOBS
    }
    for _, *words in (command for command in asked if command[:1] == ("stemwacht",)):
        told = CliRunner().invoke(app, [*words, "--help"])
        assert told.exit_code == 0, f"{words}: {told.output}"


def test_airflow_hears_of_messages_as_the_worker_does(composition: Composition) -> None:
    connection = json.loads(composition.environment("airflow-triggerer")["AIRFLOW_CONN_KAFKA_DEFAULT"])["extra"]
    worker = composition.environment("worker")
    assert connection["bootstrap.servers"] == worker["STEMWACHT_KAFKA__BOOTSTRAP_SERVERS"]
    assert connection["sasl.password"] == worker["STEMWACHT_KAFKA__PASSWORD"]
    assert connection["group.id"].startswith(worker["STEMWACHT_KAFKA__PREFIX"])


@pytest.mark.parametrize("service", sorted(MONITOR))
def test_the_monitor_understands_what_it_is_told(composition: Composition, project: Path, service: str) -> None:
    settings = load(project / "config" / "stemwacht.toml", composition.environment(service))
    assert (settings.log.name, settings.store.name) == ("kafka", "elasticsearch")
    assert settings.kafka.bootstrap_servers == ("kafka:9092",)
    assert settings.kafka.prefix == composition.environment("kafka-access")["PREFIX"]
    assert settings.kafka.username == composition.environment("kafka-access")["WORKER"]
    assert settings.elasticsearch.username == (
        "elastic" if service == "setup" else composition.environment("elasticsearch-access")["WORKER"]
    )
    assert composition.environment("elasticsearch-access")["WORKER_ROLE"] == f"{settings.elasticsearch.prefix}-writer"
    assert all(path is None or path.is_absolute() for path in (settings.paths.out, settings.paths.campaigns))
