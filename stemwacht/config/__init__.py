"""The configuration: one file, overridable from the environment, read once into frozen values."""

from stemwacht.config.engines import Elasticsearch, Kafka, Kibana, Log, Store
from stemwacht.config.loading import load
from stemwacht.config.rendering import as_data, example, render
from stemwacht.config.secret import Secret
from stemwacht.config.settings import (
    Alerting,
    Bursts,
    Embedder,
    Families,
    Ingest,
    Paths,
    Privacy,
    Report,
    Settings,
    Sharing,
    Watch,
)

__all__ = [
    "Alerting",
    "Bursts",
    "Elasticsearch",
    "Embedder",
    "Families",
    "Ingest",
    "Kafka",
    "Kibana",
    "Log",
    "Paths",
    "Privacy",
    "Report",
    "Secret",
    "Settings",
    "Sharing",
    "Store",
    "Watch",
    "as_data",
    "example",
    "load",
    "render",
]
