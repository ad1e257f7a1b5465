"""Several processes, and one that dies: nothing acknowledged is lost, nothing is doubled."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from store import SqliteStore, StoreError
from tests.store.members import POSTS, names, post
from tests.store.writer import BATCH, write_batch

ROOT = Path(__file__).parents[2]


def start(code: list[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_after(folder: Path, batches: int) -> int:
    """Start the writer, kill it once it has acknowledged so many batches; return how many it did acknowledge."""
    writer = start(["-m", "tests.store.writer", str(folder)])
    with writer, writer.stdout or sys.stdin as said:
        for _ in range(batches):
            said.readline()
        writer.kill()
        return batches + len(said.read().splitlines())


@pytest.mark.parametrize("batches", [1, 7, 30])
def test_a_killed_writer_loses_nothing_and_its_second_run_doubles_nothing(tmp_path: Path, batches: int) -> None:
    acknowledged = kill_after(tmp_path, batches)
    store = SqliteStore(tmp_path / "store.sqlite", page_size=16, fan_in=2, exact_below=50)
    assert store.count("posts") in {acknowledged * BATCH, (acknowledged + 1) * BATCH}
    assert len(store.look_up("bands", _keys(acknowledged)).document) == acknowledged * BATCH
    for batch in range(acknowledged + 1):
        write_batch(store, batch)
    expected = [f"m{number:06}" for number in range((acknowledged + 1) * BATCH)]
    assert names(store.find("posts")) == expected
    assert names(store.search("posts", "word0")) == expected[:BATCH]
    assert store.look_up("bands", _keys(acknowledged + 1)).document == expected
    assert sorted(store.vectors("texts", expected)) == expected
    assert sorted(store.nearest("texts", np.ones((1, 4), np.float32), len(expected)).documents[0]) == expected
    store.close()


def _keys(batches: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    return np.arange(1, batches * BATCH + 1, dtype=np.uint64)[:, None]


def test_two_writers_and_a_reader_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; import numpy as np; from store import *; "
        "from tests.store.members import *; s = SqliteStore(Path(sys.argv[1]), page_size=16, fan_in=2); "
        "s.create([POSTS]); who = sys.argv[2]\n"
        "for n in range(40): s.upsert('posts', [post(f'{who}{n}')]); "
        "s.add_keys('bands', [f'{who}{n}'], np.array([[7, n + 1]], np.uint64))"
    )
    path = tmp_path / "store.sqlite"
    writers = [start(["-c", code, str(path), who]) for who in "ab"]
    reader = SqliteStore(path)
    reader.create([POSTS])
    before = 0
    while any(writer.poll() is None for writer in writers):
        found = reader.look_up("bands", np.array([[7]], np.uint64)).document
        assert len(found) == len(set(found)) >= before
        before = len(found)
    assert [writer.wait() for writer in writers] == [0, 0]
    assert len(reader.look_up("bands", np.array([[7]], np.uint64)).document) == reader.count("posts") == 80
    for writer in writers:
        if writer.stdout:
            writer.stdout.close()
    reader.close()


def test_a_temporary_store_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store = SqliteStore(None)
    store.create([POSTS])
    store.upsert("posts", [post("a")])
    assert list(tmp_path.iterdir())
    store.close()
    assert not list(tmp_path.iterdir())


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "new" / "store.sqlite").close()
    assert (tmp_path / "new" / "store.sqlite").stat().st_mode & 0o077 == 0


def test_a_path_that_is_no_store_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"PK" * 5_000)
    with pytest.raises(StoreError, match=r"letter.docx: it is not a store: give the path"):
        SqliteStore(tmp_path / "letter.docx")
    with pytest.raises(StoreError, match="give a path in a folder"):
        SqliteStore(tmp_path)


def test_a_full_disk_is_an_error_and_the_store_stays_whole(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path; from store import *; "
        "from tests.store.members import *; s = SqliteStore(Path(sys.argv[1])); s.create([POSTS]); "
        "s.upsert('posts', [post('first')]); signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "try: s.upsert('posts', [post(str(n), text='x' * 2_000) for n in range(5_000)])\n"
        "except StoreError as error: print(error)"
    )
    writer = start(["-c", code, str(tmp_path / "store.sqlite")])
    said, _ = writer.communicate()
    assert "store.sqlite: " in said
    assert "check the disk" in said or "disk is full" in said
    store = SqliteStore(tmp_path / "store.sqlite")
    assert names(store.find("posts")) == ["first"]
    store.close()


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    SqliteStore(tmp_path / "store.sqlite").close()
    connection = sqlite3.connect(tmp_path / "store.sqlite")
    connection.execute("UPDATE schema_version SET version = 99")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match=r"newer version .* upgrade"):
        SqliteStore(tmp_path / "store.sqlite")
