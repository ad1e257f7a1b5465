"""A chart as the state of Kibana's Lens, with its one layer on a data view."""

from collections.abc import Sequence
from typing import Any

from es_mappings.kibana_definitions import BUCKETS, Chart, Column, Panel

State = dict[str, Any]

LAYER = "layer"
LAYER_REFERENCE = f"indexpattern-datasource-layer-{LAYER}"
_ALL_RECORDS = "___records___"
_KINDS: dict[Chart, str] = {"number": "lnsMetric", "bars": "lnsXY", "lying bars": "lnsXY", "table": "lnsDatatable"}
_SERIES: dict[Chart, str] = {"bars": "bar_stacked", "lying bars": "bar_horizontal_stacked"}


def lens(panel: Panel, view_id: str, dates: frozenset[str]) -> State:
    """The attributes of a Lens chart; `dates` are the fields that hold a time."""
    chart = panel.chart or "table"
    return {
        "title": panel.title,
        "description": panel.description,
        "visualizationType": _KINDS[chart],
        "type": "lens",
        "references": [{"type": "index-pattern", "id": view_id, "name": LAYER_REFERENCE}],
        "state": {
            "visualization": _visualization(chart, panel.columns),
            "query": {"query": panel.kql, "language": "kuery"},
            "filters": [],
            "datasourceStates": {"formBased": {"layers": {LAYER: _layer(panel.columns, dates)}}},
            "internalReferences": [],
            "adHocDataViews": {},
        },
    }


def _layer(columns: Sequence[Column], dates: frozenset[str]) -> State:
    figures = _figures(columns)
    return {
        "columns": {column.id: _column(column, figures, dates) for column in columns},
        "columnOrder": [column.id for column in columns],
        "incompleteColumns": {},
        "sampling": 1,
    }


def _column(column: Column, figures: Sequence[Column], dates: frozenset[str]) -> State:
    common = {
        "label": column.label,
        "customLabel": True,
        "operationType": column.take,
        "sourceField": column.field or _ALL_RECORDS,
        "isBucketed": column.take in BUCKETS,
    }
    if column.take == "date_histogram":
        params = {"interval": column.every, "includeEmptyRows": True, "dropPartials": False}
        return common | {"dataType": "date", "scale": "interval", "params": params}
    if column.take == "terms":
        return common | {"dataType": "string", "scale": "ordinal", "params": _terms(column, figures)}
    of_date = column.field in dates
    # Nothing read and nothing known are two things: a day without documents shows no figure instead of a zero.
    params = {"emptyAsNull": True} if column.take in {"count", "sum"} else {}
    return common | {"dataType": "date" if of_date else "number", "scale": "ratio", "params": params}


def _terms(column: Column, figures: Sequence[Column]) -> State:
    return {
        "size": column.size,
        "orderBy": {"type": "column", "columnId": column.by or figures[0].id},
        "orderDirection": "desc",
        "otherBucket": column.others,
        "missingBucket": False,
        "parentFormat": {"id": "terms"},
    }


def _visualization(chart: Chart, columns: Sequence[Column]) -> State:
    if chart == "number":
        return {"layerId": LAYER, "layerType": "data", "metricAccessor": columns[0].id}
    if chart == "table":
        shown = [{"columnId": column.id, "isMetric": column.take not in BUCKETS} for column in columns]
        return {"layerId": LAYER, "layerType": "data", "columns": shown, "paging": {"size": 10, "enabled": True}}
    return _bars(_SERIES[chart], columns)


def _bars(series: str, columns: Sequence[Column]) -> State:
    axis, *colours = [column.id for column in columns if column.take in BUCKETS]
    layer = {
        "layerId": LAYER,
        "layerType": "data",
        "seriesType": series,
        "xAccessor": axis,
        "accessors": [column.id for column in _figures(columns)],
        "position": "top",
        "showGridlines": False,
    }
    return {
        "legend": {"isVisible": True, "position": "right"},
        "valueLabels": "hide",
        "fittingFunction": "None",
        "preferredSeriesType": series,
        "axisTitlesVisibilitySettings": {"x": True, "yLeft": True, "yRight": True},
        "tickLabelsVisibilitySettings": {"x": True, "yLeft": True, "yRight": True},
        "gridlinesVisibilitySettings": {"x": False, "yLeft": True, "yRight": True},
        "layers": [layer | ({"splitAccessor": colours[0]} if colours else {})],
    }


def _figures(columns: Sequence[Column]) -> list[Column]:
    return [column for column in columns if column.take not in BUCKETS]
