"""Pseudonyms, and the key that they hang on."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import KeyFileError, Pseudonyms, load_key


def test_spellings_of_one_handle_are_one_person() -> None:
    pseudonyms = Pseudonyms(b"k" * 32)
    assert len({pseudonyms.of(handle) for handle in ("@Jan", " jan ", "JAN", "ｊａｎ")}) == 1
    assert pseudonyms.of("jan") != pseudonyms.of("jann")
    assert pseudonyms.of("jan") != Pseudonyms(b"l" * 32).of("jan")


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_handle_has_a_pseudonym_of_22_characters(handle: str) -> None:
    pseudonym = Pseudonyms(b"k" * 32).of(handle)
    assert pseudonym.startswith("p_")
    assert len(pseudonym) == 22
    int(pseudonym[2:], 16)


def test_the_key_is_made_once_with_owner_only_rights(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "pseudonyms.key"
    key = load_key(path)
    assert len(key) == 32
    assert load_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert os.listdir(path.parent) == ["pseudonyms.key"]  # noqa: PTH208 - no draft stays behind


@pytest.mark.parametrize(("content", "mode", "fix"), [(b"k" * 32, 0o644, "chmod 600"), (b"short", 0o600, "5 bytes")])
def test_an_unsafe_key_is_refused_with_the_fix(tmp_path: Path, content: bytes, mode: int, fix: str) -> None:
    path = tmp_path / "pseudonyms.key"
    path.write_bytes(content)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match=fix):
        load_key(path)


def test_a_folder_in_the_place_of_the_key_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(KeyFileError):
        load_key(tmp_path)
