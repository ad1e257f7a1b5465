"""The error that says which documents an index did not take."""

from collections.abc import Sequence

from store.elasticsearch.bulk import Outcome
from store.errors import StoreError


class RefusedError(StoreError):
    """Some documents were refused; `ids` says which. The others of the call are kept."""

    def __init__(self, message: str, ids: tuple[str, ...]) -> None:
        super().__init__(message)
        self.ids = ids


def require_all(ids: Sequence[str], outcomes: Sequence[Outcome]) -> None:
    """RefusedError that names the documents that were refused, if any, and why."""
    refused = [(one, outcome.reason) for one, outcome in zip(ids, outcomes, strict=True) if outcome.result == "refused"]
    if refused:
        told = "; ".join(f"{one[:100]!r}: {reason}" for one, reason in refused[:5])
        more = f"; and {len(refused) - 5} more" if len(refused) > 5 else ""
        raise RefusedError(
            f"{len(refused)} of {len(ids)} documents were refused, the others are kept: {told}{more}",
            tuple(one for one, _ in refused),
        )
