"""The secret key of the pseudonyms, in a file that its owner alone can read, kept outside the data."""

import os
import secrets
import stat
from pathlib import Path

from ingest.errors import KeyFileError

_KEY_BYTES = 32


def load_key(path: Path) -> bytes:
    """The key, made on first use (32 random bytes, mode 0600, in a folder of mode 0700 if that is new too).

    Raises `KeyFileError` when others may read the file, when it is too short or cannot be made.
    """
    path = Path(path)
    try:
        if not path.exists():
            _make(path)
        return _read(path)
    except OSError as error:
        raise KeyFileError(f"cannot use the key file {path.name}: {error.strerror}; choose a folder you own") from None


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        _publish(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    """A link never replaces: of two processes that start together, the first one's key stands for both."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return


def _read(path: Path) -> bytes:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise KeyFileError(f"others can read the key file {path.name} (mode {mode:04o}); run: chmod 600 on it")
    key = path.read_bytes()
    if len(key) < _KEY_BYTES:
        raise KeyFileError(
            f"the key file {path.name} holds {len(key)} bytes where {_KEY_BYTES} are needed; put back the copy of it, "
            "or remove it to start with new pseudonyms"
        )
    return key
