"""What the server refused, said so that the reader knows what to do; never with what a document holds."""

import msgspec

from store.elasticsearch.answer import Answer
from store.errors import StoreError

_PART_MISSING = "a part of the index is not available: start the node that holds it"
_FIXES = {
    "cluster_block_exception": "it does not accept writes: the disk is nearly full (flood-stage watermark) or someone "
    "made the index read-only. Free disk space on the nodes or lift index.blocks, then run again",
    "es_rejected_execution_exception": "it is too busy and went on refusing: give it more nodes or send less, then "
    "run again; what it took stands",
    "circuit_breaking_exception": "it has too little memory for this: give it more heap, then run again",
    "unavailable_shards_exception": _PART_MISSING,
    "no_shard_available_action_exception": _PART_MISSING,
    "media_type_header_exception": "it is an older Elasticsearch: upgrade it to 9 or later",
    "master_not_discovered_exception": "the cluster has no master: start the nodes that may be one",
    "index_not_found_exception": "an index is gone: run `stemwacht setup` to make the indices again",
}
_BY_STATUS = {
    401: "it does not accept these credentials: correct elasticsearch.username and password, or make a new API key "
    "(a wrong key, an expired one and one that was taken back look the same)",
    413: "a request was too large: raise http.max_content_length on the server",
}
_NOT_READY = "it is not ready to answer: see the health of the cluster, then run again"
_NO_PART_ANSWERS = "search_phase_execution_exception"
_FULL_SHARDS = "maximum normal shards open"


class Problem(msgspec.Struct, frozen=True):
    """What the server says is wrong; `reason` may quote a document and is shown for a few types alone."""

    type: str = ""
    reason: str | None = None
    caused_by: "Problem | None" = None
    root_cause: "list[Problem]" = []


class _Body(msgspec.Struct, frozen=True):
    error: Problem | str | None = None


def problem_of(answer: Answer) -> Problem:
    """What is wrong, from the body of an answer."""
    try:
        error = msgspec.json.decode(answer.body, type=_Body).error
    except msgspec.DecodeError:
        return Problem()
    return error if isinstance(error, Problem) else Problem(reason=error)


class RightMissingError(StoreError):
    """Whoever signed in may not do this."""


def explained(where: str, status: int, problem: Problem) -> StoreError:
    """The answer as an error that names where, the cause and the fix."""
    if status == 403 and problem.type == "security_exception":
        return RightMissingError(
            f"{where}: a right is missing: {problem.reason}. Give the user or the API key the role that has it"
        )
    return StoreError(f"{where}: {_cause(status, problem)}")


def _cause(status: int, problem: Problem) -> str:
    said = problem.reason or ""
    if _FULL_SHARDS in said:
        return "the cluster has as many shards as it may: raise cluster.max_shards_per_node or delete old indices"
    kinds = (problem.type, *(root.type for root in problem.root_cause))
    known = next((_FIXES[kind] for kind in kinds if kind in _FIXES), None) or _BY_STATUS.get(status)
    if known is None and status == 503:
        known = _PART_MISSING if problem.type == _NO_PART_ANSWERS else _NOT_READY
    return known or f"it answered {status} ({problem.type or 'no reason given'}): see the server's log"
