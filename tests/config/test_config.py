"""The configuration: defaults, file, environment; every mistake says how to mend it."""

from pathlib import Path
from typing import Annotated

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemwacht.config import Secret, Settings, as_data, example, load, render


def written(folder: Path, text: str) -> Path:
    """A stemwacht.toml with this text."""
    path = folder / "stemwacht.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_defaults_run_without_a_file() -> None:
    settings = load(None, {})
    assert settings == Settings()
    assert settings.embedder.name == "use"
    assert settings.ingest.languages == ("nl", "en", "de", "fr", "ro")
    assert settings.families.q_max == 0.01


def test_the_environment_overrides_the_file_which_overrides_the_defaults(tmp_path: Path) -> None:
    path = written(tmp_path, '[ingest]\nbatch = 7\nzone = "UTC"\n[embedder.options]\nfast = true\n')
    environ = {
        "STEMWACHT_INGEST__BATCH": "9",
        "STEMWACHT_INGEST__LANGUAGES": "nl, fr",
        "STEMWACHT_WATCH__INTERVAL_SECONDS": "0.5",
        "STEMWACHT_PATHS__CAMPAIGNS": "here/campaigns.toml",
        "STEMWACHT_EMBEDDER__OPTIONS": '{"layers": 2}',
        "STEMWACHT_ALERTS__LEGAL_BASIS": "",
        "STEMWACHT_HOME": "not ours",
        "HOME": "/somewhere",
    }
    settings = load(path, environ)
    assert (settings.ingest.batch, settings.ingest.zone) == (9, "UTC")
    assert settings.ingest.languages == ("nl", "fr")
    assert settings.watch.interval_seconds == 0.5
    assert settings.paths.campaigns == Path("here/campaigns.toml")
    assert settings.embedder.options == {"layers": 2}
    assert settings.alerts.legal_basis is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[ingset]\nbatch = 1\n", "no key 'ingset'; did you mean 'ingest'?"),
        (
            "[ingest]\nbacth = 1\n",
            "no key 'bacth'; did you mean 'batch'? There are: batch, languages, zone in [ingest]",
        ),
        ('[ingest]\nbatch = "many"\n', "ingest.batch: expected int, got str"),
        ("[ingest]\nbatch = 0\n", "ingest.batch: expected int >= 1"),
        ('[ingest]\nzone = "Europe/Amstredam"\n', "no time zone 'Europe/Amstredam'"),
        ("[families]\nwindow_days = 0\n", "families.window_days: expected int >= 1"),
        ("[families]\nq_max = 0.2\n", "families.q_max"),
        ('[report]\nlang = "xx"\n', "report.lang"),
        ("[paths]\nstore = 3\n", "paths.store"),
        ("[ingest\n", "is not valid TOML"),
    ],
)
def test_a_mistake_in_the_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"stemwacht\.toml") as error:
        load(written(tmp_path, text), {})
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("STEMWACHT_INGEST__BACTH", "1", "no key 'bacth'; did you mean 'batch'?"),
        ("STEMWACHT_INGSET__BATCH", "1", "no section 'ingset'; did you mean 'ingest'?"),
        ("STEMWACHT_INGEST__BATCH", "many", "expected a whole number, got 'many'"),
        ("STEMWACHT_WATCH__INTERVAL_SECONDS", "soon", "expected a number, got 'soon'"),
        ("STEMWACHT_EMBEDDER__OPTIONS", "layers=2", "expected a JSON object"),
        ("STEMWACHT_REPORT__LANG", "xx", "report.lang"),
    ],
)
def test_a_mistake_in_the_environment(name: str, value: str, message: str) -> None:
    with pytest.raises(ValueError, match="STEMWACHT_") as error:
        load(None, {name: value})
    assert message in str(error.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no configuration file"):
        load(tmp_path / "none.toml", {})


def test_what_is_rendered_loads_to_the_same(tmp_path: Path) -> None:
    environ = {"STEMWACHT_EMBEDDER__OPTIONS": '{"a b": 1, "c": "x\\"y"}', "STEMWACHT_PATHS__RULES": "r"}
    settings = load(None, environ)
    assert load(written(tmp_path, render(settings)), {}) == settings


@given(title=st.text(max_size=30), recipients=st.lists(st.text(max_size=10), max_size=3))
def test_any_text_survives_rendering(
    tmp_path_factory: pytest.TempPathFactory, title: str, recipients: list[str]
) -> None:
    settings = msgspec.convert({"report": {"title": title}, "alerts": {"recipients": recipients}}, Settings)
    assert load(written(tmp_path_factory.mktemp("config"), render(settings)), {}) == settings


def test_the_example_is_the_defaults_and_names_every_key(tmp_path: Path) -> None:
    text = example()
    assert load(written(tmp_path, text), {}) == Settings()
    for section in Settings.__struct_fields__:
        if section == "sources":
            continue
        for key in type(getattr(Settings(), section)).__struct_fields__:
            assert f"\n# {key}: " in text or f".{key}]" in text
    assert str(Path.home()) not in text


def test_sources_are_tables_by_name(tmp_path: Path) -> None:
    path = written(tmp_path, '[sources.news]\nkind = "feeds"\nurls = ["https://example.org/rss"]\nevery_minutes = 5\n')
    settings = load(path, {"STEMWACHT_SOURCES__INBOX": '{"kind": "folder", "path": "inbox"}'})
    assert settings.sources == {
        "news": {"kind": "feeds", "urls": ("https://example.org/rss",), "every_minutes": 5},
        "inbox": {"kind": "folder", "path": "inbox"},
    }
    assert load(written(tmp_path, render(settings)), {}) == settings
    with pytest.raises(ValueError, match="STEMWACHT_SOURCES__NEWS: expected a JSON object"):
        load(None, {"STEMWACHT_SOURCES__NEWS": "feeds"})


def test_what_is_recorded_of_a_run_names_no_machine() -> None:
    settings = load(
        None, {"STEMWACHT_KAFKA__BOOTSTRAP_SERVERS": "broker.internal:9092", "STEMWACHT_KAFKA__PASSWORD": "x"}
    )
    assert settings.kafka.password == Secret("x")
    assert "broker.internal" not in str(as_data(settings))
    assert "****" in render(settings)


class Broker(msgspec.Struct, frozen=True):
    """A section with a secret."""

    user: Annotated[str, msgspec.Meta(description="who")] = "stem"
    password: Secret = Secret("hunter2")


class WithSecret(msgspec.Struct, frozen=True):
    """Settings with such a section."""

    broker: Broker = Broker()


def test_secrets_are_masked_wherever_they_show() -> None:
    settings = WithSecret()
    assert "hunter2" not in render(settings) + repr(settings) + str(settings)
    assert 'password = "****"' in render(settings)
    assert settings.broker.password.reveal() == "hunter2"
