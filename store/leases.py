"""Who may do alone, for a while, what only one should do at a time."""

import sqlite3
import time


def claim(connection: sqlite3.Connection, lease: str, holder: str, seconds: float) -> str:
    """Take the lease, or renew it, unless another holds it; returns who holds it now."""
    now = time.time()
    row = connection.execute("SELECT holder FROM lease WHERE name = ? AND until > ?", (lease, now)).fetchone()
    if row is not None and row[0] != holder:
        return str(row[0])
    connection.execute("INSERT OR REPLACE INTO lease VALUES (?, ?, ?)", (lease, holder, now + seconds))
    return holder


def release(connection: sqlite3.Connection, lease: str, holder: str) -> None:
    """Give the lease back, if this holder has it."""
    connection.execute("DELETE FROM lease WHERE name = ? AND holder = ?", (lease, holder))
