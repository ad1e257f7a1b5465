"""deploy/environment.py: secrets once, for the owner alone."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from alerts import load_registry
from deploy.environment import MADE, main
from stemwacht.config import Settings, load
from tests.deploy.composition import ROOT


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def values(env: Path) -> dict[str, str]:
    lines = env.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_secrets_are_made_once_and_differ(fresh: Path) -> None:
    main(fresh)
    first = (fresh / ".env").read_bytes()
    assert main(fresh) == []
    assert (fresh / ".env").read_bytes() == first
    made = values(fresh / ".env")
    assert set(made) == set(MADE)
    secrets = [value for name, value in made.items() if name != "RUN_AS"]
    assert len(set(secrets)) == len(secrets)
    assert min(map(len, secrets)) >= 44


def test_another_machine_has_other_secrets(fresh: Path) -> None:
    main(fresh)
    first = values(fresh / ".env")
    (fresh / ".env").unlink()
    main(fresh)
    assert {name for name, value in values(fresh / ".env").items() if first[name] == value} == {"RUN_AS"}


def test_the_owner_alone_can_read_them(fresh: Path) -> None:
    before = os.umask(0)
    try:
        main(fresh)
    finally:
        os.umask(before)
    assert (mode(fresh / ".env"), mode(fresh / ".env.private"), mode(fresh / "backup")) == (0o600, 0o600, 0o700)
    (fresh / ".env").chmod(0o644)
    main(fresh)
    assert mode(fresh / ".env") == 0o600


def test_what_was_changed_by_hand_stays_and_what_is_new_is_added(fresh: Path) -> None:
    (fresh / ".env").write_text("ELASTIC_PASSWORD=chosen by hand\nWORKER_MEMORY=8g", encoding="utf-8")
    (fresh / "config").mkdir()
    (fresh / "config" / "stemwacht.toml").write_text("[report]\nlang = 'nl'\n", encoding="utf-8")
    said = main(fresh)
    made = values(fresh / ".env")
    assert made["ELASTIC_PASSWORD"] == "chosen by hand"
    assert made["WORKER_MEMORY"] == "8g"
    assert set(MADE) < set(made)
    assert f"wrote {len(MADE) - 1} new values to .env, which you alone can read" in said
    assert load(fresh / "config" / "stemwacht.toml", {}).report.lang == "nl"


def test_nothing_secret_is_said(fresh: Path) -> None:
    done = subprocess.run(
        [sys.executable, fresh / "deploy" / "environment.py"], capture_output=True, text=True, timeout=30, check=True
    )
    assert not [value for name, value in values(fresh / ".env").items() if name != "RUN_AS" and value in done.stdout]
    assert not done.stderr


def test_a_link_to_another_disk_stays_one(fresh: Path) -> None:
    elsewhere = fresh / "safe"
    elsewhere.mkdir()
    (fresh / ".env").symlink_to(elsewhere / "env")
    main(fresh)
    assert (fresh / ".env").is_symlink()
    assert mode(elsewhere / "env") == 0o600


def test_the_first_configuration_is_the_default_and_no_campaign_is_declared(fresh: Path) -> None:
    main(fresh)
    assert load(fresh / "config" / "stemwacht.toml", {}) == Settings()
    assert load_registry(fresh / "config" / "campaigns.toml") == ()


def test_containers_can_read_what_they_are_given_whatever_the_umask(fresh: Path) -> None:
    for path in (fresh / "deploy").iterdir():
        path.chmod(0o600)
    main(fresh)
    assert {mode(path) & 0o444 for path in (fresh / "deploy").iterdir() if path.is_file()} == {0o444}
    assert mode(fresh / "backup" / "elasticsearch") == 0o777
