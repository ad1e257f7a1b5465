"""What a scheduler reads of the configuration is what the work itself reads."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import MESSAGES
from stemwacht.config import Settings, load
from stemwacht.schedule import CONFIG, ConfigurationError, heard, sources, topic, zone
from stemwacht.task_defaults import ANALYSIS, PULL, page, task_defaults

ROOT = Path(__file__).parents[2]
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
TABLES = st.fixed_dictionaries({"kind": st.sampled_from(("feeds", "bluesky"))}, optional={"every_minutes": st.just(5)})


def config(folder: Path, text: str) -> dict[str, str]:
    file = folder / "stemwacht.toml"
    file.write_text(text, encoding="utf-8")
    return {CONFIG: str(file)}


def test_without_a_file_there_is_the_default() -> None:
    assert sources({}) == ()
    assert topic({}) is None
    assert zone({}) == Settings().ingest.zone
    assert topic({"STEMWACHT_LOG__NAME": "kafka"}) == Settings().kafka.prefix + MESSAGES


@given(filed=st.dictionaries(NAMES, TABLES, max_size=3), around=st.dictionaries(NAMES, TABLES, max_size=3))
def test_the_sources_are_those_that_the_work_knows(
    tmp_path_factory: pytest.TempPathFactory, filed: dict[str, dict[str, object]], around: dict[str, dict[str, object]]
) -> None:
    lines = [
        f"[sources.{name}]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in t.items()) for name, t in filed.items()
    ]
    environ = config(tmp_path_factory.mktemp("configured"), "\n".join(lines))
    environ |= {f"STEMWACHT_SOURCES__{name.upper()}": json.dumps(table) for name, table in around.items()}
    known = load(Path(environ[CONFIG]), environ).sources
    found = {one.name: one for one in sources(environ)}
    assert set(found) == set(known)
    for name, table in known.items():
        assert found[name].kind == table["kind"]
        assert found[name].every_minutes == table.get("every_minutes", 15)
        assert found[name].fault is None


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    environ = config(tmp_path, '[log]\nname = "kafka"\n[kafka]\nprefix = "a."\n[ingest]\nzone = "Europe/Bucharest"\n')
    assert topic(environ) == "a.messages"
    assert zone(environ) == "Europe/Bucharest"
    assert topic({**environ, "STEMWACHT_KAFKA__PREFIX": "b."}) == "b.messages"
    assert topic({**environ, "STEMWACHT_LOG__NAME": "sqlite"}) is None
    assert zone({**environ, "STEMWACHT_INGEST__ZONE": "UTC"}) == "UTC"


@pytest.mark.parametrize("value", ['"often"', "0", "-3", "true", "1e9", "nan"])
def test_a_source_with_a_wrong_rhythm_says_so_and_the_others_go_on(tmp_path: Path, value: str) -> None:
    environ = config(tmp_path, f'[sources.bad]\nevery_minutes = {value}\n[sources.good]\nkind = "feeds"\n')
    bad, good = sources(environ)
    assert bad.fault is not None
    assert "source 'bad': every_minutes" in bad.fault
    assert "write a number above 0" in bad.fault
    assert good.fault is None


def test_a_source_that_is_no_table_says_so(tmp_path: Path) -> None:
    environ = {**config(tmp_path, "[sources]\nodd = 3\n"), "STEMWACHT_SOURCES__TORN": "{"}
    for one in sources(environ):
        assert one.fault is not None
        assert f"write [sources.{one.name}]" in one.fault


@pytest.mark.parametrize("text", ["[sources", "sources = 3\n"])
def test_a_file_that_cannot_be_read_is_one_error_and_else_the_default(tmp_path: Path, text: str) -> None:
    environ = config(tmp_path, text)
    with pytest.raises(ConfigurationError, match=r"stemwacht\.toml"):
        sources(environ)
    assert topic(environ) is None
    assert zone(environ) == "Europe/Amsterdam"


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"STEMWACHT_CONFIG names /nowhere\.toml"):
        sources({CONFIG: "/nowhere.toml"})


def test_of_a_message_only_its_place_is_told() -> None:
    class Message:
        def partition(self) -> int:
            return 3

        def offset(self) -> int:
            return 17

        def value(self) -> bytes:
            raise AssertionError("nobody asked for the text")

    assert heard(Message()) == {"partition": 3, "offset": 17}


@pytest.mark.parametrize("module", ["stemwacht.schedule", "stemwacht.notices", "stemwacht.task_defaults"])
def test_what_a_scheduler_loads_needs_the_standard_library_alone(module: str) -> None:
    ours = {"stemwacht", "stemwacht.schedule", "stemwacht.notices", "stemwacht.task_defaults"}
    strangers = {
        name
        for name in loaded(f"import {module}") - loaded("pass") - ours
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("_sysconfigdata")
    }
    assert not strangers


def loaded(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after this."""
    words = [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"]
    told = subprocess.run(words, capture_output=True, check=True, text=True, cwd=ROOT)
    return set(told.stdout.split())


def test_a_task_is_in_a_pool_only_where_pools_were_imported() -> None:
    assert task_defaults({}, PULL, minutes=5)["pool"] == "default_pool"
    assert task_defaults({"STEMWACHT_POOLS": "1"}, PULL, minutes=5)["pool"] == PULL
    assert {PULL, ANALYSIS} == set(json.loads((ROOT / "dags" / "pools.json").read_bytes()))


def test_a_page_has_its_text_its_facts_and_what_to_do() -> None:
    told = page("  What it does.\n\n  More.\n  ", every="5 minutes")
    assert told.startswith("What it does.\n\nMore.\n\n- every: 5 minutes\n")
    assert "When a task fails" in told
