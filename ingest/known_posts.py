"""What the posts of a table tell of one another: which original a repost repeats, and which account a handle is."""

from collections.abc import Iterable, Mapping

from ingest.cells import as_text
from ingest.identity import short_key
from ingest.rows import Value

Cells = Mapping[str, Value]
_MOST = 500_000


class KnownPosts:
    """The originals and accounts of a table, for exports in which a repost names a handle and no id.

    What is not in the table gets a key of its own, the same for everything that repeats it.
    """

    def __init__(self, rows: Iterable[Cells]) -> None:
        self._accounts: dict[str, str] = {}
        self._originals: dict[int, str] = {}
        for cells in rows:
            self._note(cells)
            if len(self._originals) >= _MOST:
                break

    def account(self, handle: str) -> str:
        """The account id of a handle, or the handle where the table does not show it."""
        return self._accounts.get(handle.casefold(), handle)

    def original(self, by: str, mark: str) -> str:
        """The id of the post that `by` (a handle, account id or chat) made with that text or at that second."""
        by = by.casefold()
        return self._originals.get(hash((by, mark))) or f"{by} {short_key(mark).hex()}"

    def _note(self, cells: Cells) -> None:
        number, handle = as_text(cells.get("id")), as_text(cells.get("author")).casefold()
        if handle and (account := as_text(cells.get("author_id"))):
            self._accounts[handle] = account
        if "retweeted_user" in cells:
            self._originals.setdefault(hash((handle, as_text(cells.get("body")))), number)
        elif moment := as_text(cells.get("unix_timestamp")):
            for by in filter(None, (handle, as_text(cells.get("author_username")), as_text(cells.get("chat")))):
                self._originals.setdefault(hash((by.casefold(), moment)), number)
