"""What the posts of a table tell of one another: which original a repost repeats, and which account a handle is."""

from collections.abc import Iterable

from ingest.identity import short_key
from ingest.systems.known_accounts import KnownAccounts

COLUMNS = ("id", "author", "author_id", "author_username", "body", "unix_timestamp", "chat")
_MOST = 500_000


class KnownPosts:
    """The originals and `accounts` of a table, for exports in which a repost names a handle and no id.

    What is not in the table gets a key of its own, the same for everything that repeats it.
    """

    def __init__(self, rows: Iterable[tuple[str, ...]], *, by_text: bool = False) -> None:
        """`rows` hold `COLUMNS`. Originals are found by their text, as on X, or by their second, as on Telegram."""
        self.accounts = KnownAccounts()
        self._originals: dict[int, str] = {}
        for row in rows:
            self._note(row, by_text=by_text)
            if len(self._originals) >= _MOST:
                break

    def original(self, by: str, mark: str) -> str:
        """The id of the post that `by` (a handle, account id or chat) made with that text or at that second."""
        by = by.casefold()
        return self._originals.get(hash((by, mark))) or f"{by} {short_key(mark).hex()}"

    def _note(self, row: tuple[str, ...], *, by_text: bool) -> None:
        number, author, account, user, body, moment, chat = row
        handle = author.casefold()
        self.accounts.note(author, account)
        self.accounts.note(user, author)
        if by_text:
            self._originals.setdefault(hash((handle, body)), number)
        elif moment:
            for by in filter(None, (handle, user, chat)):
                self._originals.setdefault(hash((by.casefold(), moment)), number)
