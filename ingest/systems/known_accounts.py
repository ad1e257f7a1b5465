"""Which account a handle is, as far as a file shows both: exports name authors by number and mentions by handle."""

from collections.abc import Iterable

from ingest.text.scrub import handles_in

_MOST = 500_000


class KnownAccounts:
    """The accounts of a file by their handles, up to half a million of them."""

    def __init__(self, pairs: Iterable[tuple[str | None, str | None]] = ()) -> None:
        self._accounts: dict[str, str] = {}
        for handle, account in pairs:
            self.note(handle, account)

    def note(self, handle: str | None, account: str | None) -> None:
        """Remember that the handle is this account's; nothing where one of them is missing."""
        if handle and account and len(self._accounts) < _MOST:
            self._accounts[_folded(handle)] = account

    def account(self, handle: str) -> str:
        """The account of a handle, or the handle where the file does not show it."""
        return self._accounts.get(_folded(handle), handle)

    def mentioned_in(self, text: str) -> list[str]:
        """The accounts that a text mentions, for records that do not list them."""
        return [self.account(handle) for handle in handles_in(text)]


def _folded(handle: str) -> str:
    return handle.casefold().lstrip("@")
