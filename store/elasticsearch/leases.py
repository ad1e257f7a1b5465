"""Who may do alone, for a while, what only one should do at a time.

The server writes a lease only over the version that was read, so of many who ask at once one gets it. The clocks are
those of the machines that ask: they should agree to within a second or two, as with any time service.
"""

import time
from urllib.parse import quote

import msgspec

from store.elasticsearch import names
from store.elasticsearch.connection import Connection
from store.elasticsearch.creating import Made, make_index
from store.elasticsearch.identifiers import to_key
from store.elasticsearch.mappings import LEASES

_CONFLICT, _MISSING = 409, 404


class _Lease(msgspec.Struct, frozen=True):
    holder: str
    until: float


class _Read(msgspec.Struct, frozen=True):
    found: bool = False
    lease: _Lease | None = msgspec.field(name="_source", default=None)
    sequence: int = msgspec.field(name="_seq_no", default=0)
    term: int = msgspec.field(name="_primary_term", default=0)

    @property
    def seen(self) -> dict[str, object]:
        """What makes a write fail when another came between."""
        return {"if_seq_no": self.sequence, "if_primary_term": self.term}


def make_leases(connection: Connection) -> Made:
    """Make the index of the leases unless it is there, or there is no right to; says which."""
    return make_index(connection, names.special(connection.options.prefix, "leases"), mapping=LEASES)


class Leases:
    """The leases of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = names.special(connection.options.prefix, "leases")
        self._made = False

    def claim(self, name: str, holder: str, seconds: float) -> str:
        """Take the lease, or renew it, unless another holds it; returns who holds it now."""
        while True:
            read = self._read(name)
            now = time.time()
            held = read.lease if read.found else None
            if held is not None and held.holder != holder and held.until > now:
                return held.holder
            params = {"op_type": "create"} if held is None else read.seen
            lease = _Lease(holder, now + seconds)
            answer = self._connection.send("PUT", self._path(name), lease, params=params, accept={_CONFLICT})
            if answer.status != _CONFLICT:
                return holder

    def release(self, name: str, holder: str) -> None:
        """Give the lease back, if this holder has it."""
        read = self._read(name)
        if read.lease is not None and read.lease.holder == holder:
            self._connection.send("DELETE", self._path(name), params=read.seen, accept={_MISSING, _CONFLICT})

    def _read(self, name: str) -> _Read:
        if not self._made:
            make_leases(self._connection)
            self._made = True
        answer = self._connection.send("GET", self._path(name), accept={_MISSING})
        return msgspec.json.decode(answer.body, type=_Read)

    def _path(self, name: str) -> str:
        return f"/{self._index}/_doc/{quote(to_key(name), safe='')}"
