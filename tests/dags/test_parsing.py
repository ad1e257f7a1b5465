"""What a scheduler sees: DAGs that load quickly, are complete, and of which a wrong source costs only itself."""

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dags.monitor import ROOT, Monitor, Parsed

DAGS = sorted((ROOT / "dags").glob("*.py"))
# Seconds, each by far above what was measured (0.01, and 0.2 where the Kafka provider loads).
MOST_SECONDS = 1.0
SOURCES = """\
[sources.news]
kind = "feeds"
urls = ["https://example.org/rss.xml"]
every_minutes = 5
[sources.inbox]
kind = "folder"
path = "inbox"
"""


@pytest.fixture(scope="session")
def parse(airflow_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Parsed]:
    """Parses the DAGs under a configuration."""

    def parsed(config: str, **environment: str) -> Parsed:
        made = Monitor.new(tmp_path_factory.mktemp("parsed") / "house", airflow_home, **environment)
        made.config.write_text(config, encoding="utf-8")
        return made.parse()

    return parsed


@pytest.fixture(scope="session")
def parsed(parse: Callable[..., Parsed]) -> Parsed:
    return parse(f'[log]\nname = "kafka"\n[kafka]\nprefix = "t."\n{SOURCES}', STEMWACHT_POOLS="1")


@pytest.mark.airflow
def test_every_dag_loads_quickly_and_loads_nothing_slow(parsed: Parsed) -> None:
    assert parsed.errors == {}
    assert parsed.slow == []
    assert set(parsed.dags) == {"analyse", "pull_inbox", "pull_news", "retention", "weekly_report"}
    assert max(parsed.seconds.values()) < MOST_SECONDS


@pytest.mark.airflow
def test_every_dag_is_complete(parsed: Parsed) -> None:
    for name, dag in parsed.dags.items():
        assert dag.catchup is False, name
        assert dag.paused is False, name
        assert dag.max_active_runs == 1, name
        assert dag.tags[0] == "stemwacht" or "stemwacht" in dag.tags, name
        assert "If it fails" in dag.page, name
        assert "When a task fails" in dag.page, name
        for task in dag.tasks.values():
            assert (task.owner, task.retries, task.backoff) == ("stemwacht", 3, 2.0), name
            assert 0 < task.timeout <= 6 * 3600, name
            assert task.pool.startswith("stemwacht_"), name
            assert task.notices == ["stemwacht.notices.on_failure"], name


@pytest.mark.airflow
def test_sources_are_pulled_in_their_own_rhythm(parsed: Parsed) -> None:
    assert "minutes=5" in parsed.dags["pull_news"].schedule or "seconds=300" in parsed.dags["pull_news"].schedule
    assert "seconds=900" in parsed.dags["pull_inbox"].schedule
    assert "every: 5 minutes" in parsed.dags["pull_news"].page


@pytest.mark.airflow
def test_analyse_hears_of_messages_and_runs_in_any_case(parsed: Parsed) -> None:
    schedule = parsed.dags["analyse"].schedule
    assert "topics=['t.messages']" in schedule
    assert "apply_function=stemwacht.schedule.heard" in schedule
    assert "*/15 * * * *" in schedule
    tasks = parsed.dags["analyse"].tasks
    assert {name: task.after for name, task in tasks.items()} == {
        "analyse": [],
        "look_at_accounts": ["analyse"],
        "reconcile": ["analyse"],
    }


@pytest.mark.airflow
def test_a_wrong_source_costs_only_itself(parse: Callable[..., Parsed]) -> None:
    found = parse(f'{SOURCES}[sources.bad]\nkind = "feeds"\nevery_minutes = "often"\n')
    assert found.errors == {}
    assert {"pull_bad", "pull_news", "pull_inbox", "analyse"} <= set(found.dags)
    assert found.dags["analyse"].tasks["analyse"].pool == "default_pool"
    assert "topics" not in found.dags["analyse"].schedule


@pytest.mark.airflow
def test_a_configuration_that_cannot_be_read_is_one_error(parse: Callable[..., Parsed]) -> None:
    found = parse("[sources\n")
    assert set(found.errors) == {"pull.py"}
    assert "stemwacht.toml is no TOML" in found.errors["pull.py"]
    assert set(found.dags) == {"analyse", "retention", "weekly_report"}


def top_imports(tree: ast.Module) -> Iterator[str]:
    """What a file imports when it is loaded, wherever that stands outside of tasks."""
    inside = {id(node) for task in ast.walk(tree) if _is_task(task) for node in ast.walk(task)}
    yield from (name for node in ast.walk(tree) if id(node) not in inside for name in _imported(node))


def _is_task(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and any("task" in ast.unparse(one) for one in node.decorator_list)


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
    elif isinstance(node, ast.Import):
        yield from (name.name for name in node.names)


@pytest.mark.parametrize("file", DAGS, ids=lambda file: file.name)
def test_a_dag_holds_order_and_time_only(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    light = {"airflow.sdk", "stemwacht.schedule", "stemwacht.task_defaults"}
    trigger = {"airflow.providers.common.messaging.triggers.msg_queue"}
    for name in top_imports(tree):
        assert name in light | trigger or name.partition(".")[0] in sys.stdlib_module_names, name
    tasks = [node for node in ast.walk(tree) if _is_task(node)]
    assert tasks
    for task in tasks:
        assert {name for node in ast.walk(task) for name in _imported(node)} == {"stemwacht"}
