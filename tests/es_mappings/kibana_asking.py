"""A chart of Lens as the request that it comes down to, as far as charts here go, and its answer."""

from typing import Any

from store.elasticsearch import Connection
from tests.es_mappings.kibana_reading import Chart, query_of

Columns = dict[str, dict[str, Any]]
_WHOLE = 100


def real(index: str, prefix: str) -> str:
    """The indices of a view, which are named for the prefix p, under another prefix."""
    return ",".join(name.replace("p-", f"{prefix}-", 1) for name in index.split(","))


def hits(connection: Connection, index: str, query: dict[str, Any], sort: str | None = None) -> list[dict[str, Any]]:
    """What a list of documents shows."""
    order = [{sort: {"order": "desc", "unmapped_type": "boolean"}}] if sort else []
    body = {"query": query, "size": _WHOLE, "sort": order}
    found: list[dict[str, Any]] = _search(connection, index, body)["hits"]["hits"]
    return found


def table(connection: Connection, index: str, chart: Chart) -> list[dict[str, Any]]:
    """The rows behind a chart: for each bucket of the last kind the keys that lead to it and its figures."""
    columns: Columns = chart.layer["columns"]
    body = {"size": 0, "query": query_of(chart.kql), "aggs": _aggregations(columns, list(columns))}
    answer = _search(connection, index, body)
    found = answer.get("aggregations", {}) | {"doc_count": answer["hits"]["total"]["value"]}
    return _rows(columns, list(columns), found, {})


def _search(connection: Connection, index: str, body: dict[str, Any]) -> dict[str, Any]:
    params = {"track_total_hits": "true"}
    answer: dict[str, Any] = connection.read("POST", f"/{index}/_search", body, type=dict[str, Any], params=params)
    return answer


def _aggregations(columns: Columns, left: list[str]) -> dict[str, Any]:
    name = left[0]
    if not columns[name]["isBucketed"]:
        return {one: found for one in left if (found := _figure(columns[one]))}
    within = _aggregations(columns, left[1:])
    if columns[name]["operationType"] == "date_histogram":
        return {name: _days(columns[name]) | {"aggs": within}}
    order = columns[name]["params"]["orderBy"]["columnId"]
    by = _figure(columns[order])
    terms = {
        "field": columns[name]["sourceField"],
        "size": columns[name]["params"]["size"],
        "order": {order if by else "_count": columns[name]["params"]["orderDirection"]},
    }
    return {name: {"terms": terms, "aggs": within | ({order: by} if by else {})}}


def _days(column: dict[str, Any]) -> dict[str, Any]:
    assert column["params"]["interval"] == "1d"
    return {"date_histogram": {"field": column["sourceField"], "calendar_interval": "1d", "min_doc_count": 0}}


def _figure(column: dict[str, Any]) -> dict[str, Any]:
    kind = column["operationType"]
    return {} if kind == "count" else {kind: {"field": column["sourceField"]}}


def _rows(columns: Columns, left: list[str], found: dict[str, Any], keys: dict[str, Any]) -> list[dict[str, Any]]:
    name = left[0]
    if not columns[name]["isBucketed"]:
        figures = {one: found[one]["value"] if _figure(columns[one]) else found["doc_count"] for one in left}
        return [keys | figures]
    return [
        row
        for bucket in found[name]["buckets"]
        for row in _rows(columns, left[1:], bucket, keys | {name: bucket["key"]})
    ]
