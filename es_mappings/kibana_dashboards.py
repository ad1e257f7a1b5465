"""Dashboards: panels in their places, each with its chart or its search."""

from es_mappings.kibana_definitions import Dashboard, Panel, written
from es_mappings.kibana_lens import LAYER_REFERENCE, lens
from es_mappings.kibana_naming import Naming, SavedObject, saved_object

_VERSION = "10.2.0"
_DATES = frozenset({"@timestamp", "event.start", "event.end", "event.ingested"})


def dashboard_object(naming: Naming, name: str, dashboard: Dashboard) -> SavedObject:
    """The dashboard as Kibana keeps it, with the period it opens with."""
    options = {"useMargins": True, "syncColors": False, "syncCursor": True, "syncTooltips": False}
    panels = [_panel(naming, str(number), panel) for number, panel in enumerate(dashboard.panels, 1)]
    attributes = {
        "title": naming.said(dashboard.title),
        "description": dashboard.description,
        "panelsJSON": written(panels),
        "optionsJSON": written(options | {"hidePanelTitles": False}),
        "timeRestore": True,
        "timeFrom": dashboard.period,
        "timeTo": "now",
        "kibanaSavedObjectMeta": {
            "searchSourceJSON": written({"query": {"query": "", "language": "kuery"}, "filter": []})
        },
        "version": 1,
    }
    references = [_reference(naming, str(number), panel) for number, panel in enumerate(dashboard.panels, 1)]
    return saved_object(naming, "dashboard", name, _VERSION, attributes, references)


def _panel(naming: Naming, number: str, panel: Panel) -> SavedObject:
    x, y, width, height = panel.place
    config: SavedObject = {"title": panel.title, "description": panel.description, "enhancements": {}}
    placed = {"gridData": {"x": x, "y": y, "w": width, "h": height, "i": number}, "panelIndex": number}
    if panel.search is not None:
        return {"type": "search", **placed, "embeddableConfig": config, "panelRefName": f"panel_{number}"}
    attributes = lens(panel, naming.id(panel.view or ""), _DATES)
    return {"type": "lens", **placed, "embeddableConfig": config | {"attributes": attributes}}


def _reference(naming: Naming, number: str, panel: Panel) -> dict[str, str]:
    if panel.search is not None:
        return {"type": "search", "id": naming.id(panel.search), "name": f"{number}:panel_{number}"}
    return {"type": "index-pattern", "id": naming.id(panel.view or ""), "name": f"{number}:{LAYER_REFERENCE}"}
