"""A run that is killed and started again ends as if it had never been cut."""

import contextlib
import signal
import subprocess
from pathlib import Path

import pytest

from tests.stemwacht.house import House, alerts, kept_in, letters, letters_file

CAMPAIGNS = (("mail_merge", 14), ("light_edit", 12))
MOMENTS = (0.02, 0.35, 0.8, 0.5)


def killed(process: "subprocess.Popen[bytes]", sign: Path, seconds: float) -> None:
    """Kill -9 so many seconds after the sign that the work has begun; a process that is done by then is let be."""
    while not sign.exists():
        try:
            process.wait(timeout=0.01)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"it ended before it began: {process.communicate()[1].decode()}")
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()


@pytest.mark.slow
def test_a_scan_that_is_killed_ends_the_same(house: House) -> None:
    path = letters_file(house.folder / "letters.csv", letters(11, 120, *CAMPAIGNS))
    house.well("scan", path, "--out", "uncut")
    uncut, cut = house.folder / "uncut", house.folder / "cut"
    for seconds in MOMENTS:
        killed(house.start("scan", path, "--out", cut), cut / ".stemwacht-work", seconds)
    house.well("scan", path, "--out", "cut")
    assert (cut / "families.csv").read_bytes() == (uncut / "families.csv").read_bytes()
    assert [alert["id"] for alert in alerts(cut)] == [alert["id"] for alert in alerts(uncut)]
    assert {file.name for file in cut.iterdir()} == {file.name for file in uncut.iterdir()}


def test_what_a_run_cut_short_had_concluded_does_not_colour_the_next(house: House) -> None:
    written = letters(11, 60, ("mail_merge", 14))
    late = letters_file(house.folder / "late.csv", written[len(written) // 2 :])
    path = letters_file(house.folder / "letters.csv", written)
    house.well("scan", path, "--out", "uncut")
    out = house.folder / "out"
    (out / "report.html").mkdir(parents=True)
    assert house.run("scan", late, "--source", "letters").code == 5
    (out / "report.html").rmdir()
    house.well("scan", path)
    assert [alert["id"] for alert in alerts(out)] == [alert["id"] for alert in alerts(house.folder / "uncut")]
    assert [[change["event"] for change in alert["history"]] for alert in alerts(out)] == [["raised"]]


def test_what_a_killed_run_had_half_written_is_removed(house: House) -> None:
    path = letters_file(house.folder / "letters.csv", letters(11, 20))
    out = house.folder / "out"
    out.mkdir()
    (out / ".report.html.abc123.part").write_text("half")
    (out / ".run.json.abc123.part").write_text("half")
    (out / ".mine.part").write_text("not ours")
    house.well("scan", path)
    assert [file.name for file in out.iterdir() if file.name.startswith(".")] == [".mine.part"]


@pytest.mark.slow
def test_a_watch_that_is_killed_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    written = letters(11, 120, *CAMPAIGNS)
    key = str(tmp_path / "pseudonym.key")
    houses = []
    for name in ("uncut", "cut"):
        folder = tmp_path / name
        folder.mkdir()
        house = House(folder, STEMWACHT_PATHS__KEY_FILE=key, STEMWACHT_WATCH__BATCH="10")
        house.well("ingest", letters_file(folder / "first.csv", written[::2]), "--source", "letters")
        house.well("watch", "--once")
        house.well("ingest", letters_file(folder / "second.csv", written[1::2]), "--source", "letters")
        houses.append(house)
    uncut, cut = houses
    for seconds in MOMENTS:
        killed(cut.start("watch", "--once"), cut.folder / "data" / "store.sqlite-wal", seconds)
    uncut.well("watch", "--once")
    cut.well("watch", "--once")
    found, expected = kept_in(cut), kept_in(uncut)
    assert expected.messages == found.messages == len(written)
    assert expected.families == found.families
    assert len(expected.current) == 2
    assert expected.current == found.current
    for alert in found.alerts.values():
        assert [change.event for change in alert.history].count("raised") == 1
        assert alert.messages == len({row.message_id for row in alert.evidence})


@pytest.mark.slow
def test_a_watch_that_is_interrupted_says_that_it_goes_on_later(watched: House) -> None:
    feed = watched.folder / "out" / "feed.json"
    feed.unlink()
    process = watched.start("watch")
    while not feed.exists():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.01)
            raise AssertionError(f"it ended by itself: {process.communicate()[1].decode()}")
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=30)[1].decode()
    assert process.returncode == 130
    assert "at the next start" in told
    assert "Traceback" not in told
