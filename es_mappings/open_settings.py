"""Settings that may change while an index is open: a template gives them to new indices alone."""

from collections.abc import Iterator

from es_mappings.definitions import definitions
from es_mappings.outcome import line
from store.elasticsearch import Connection

MAX_TERMS = "index.max_terms_count"


def bring_up_to_date(connection: Connection) -> Iterator[str]:
    """Give the indices that stand the number of terms that new ones get; says of how many it was another."""
    prefix = connection.options.prefix
    wanted: str = definitions("components", prefix=prefix)["settings"]["template"]["settings"][MAX_TERMS]
    patterns = [pattern for one in definitions("indices", prefix=prefix).values() for pattern in one["index_patterns"]]
    place = f"/{','.join(patterns)}/_settings"
    missing_is_well = {"ignore_unavailable": "true", "allow_no_indices": "true"}
    there = connection.read(
        "GET",
        f"{place}/{MAX_TERMS}",
        type=dict[str, dict[str, dict[str, str]]],
        params={"flat_settings": "true", "include_defaults": "true", **missing_is_well},
    )
    other = [index for index, found in there.items() if _set(found) != wanted]
    if other:
        connection.send("PUT", place, {MAX_TERMS: wanted}, params=missing_is_well)
        yield line("changed", f"{MAX_TERMS} is now {int(wanted):,} (indices: {len(other):,})")


def _set(found: dict[str, dict[str, str]]) -> str | None:
    return next((values[MAX_TERMS] for values in found.values() if MAX_TERMS in values), None)
