"""What can be configured: one section each, frozen, with the defaults that a first run needs."""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, field
from platformdirs import user_config_path

from stemwacht.config.engines import Elasticsearch, Kafka, Kibana, Log, Store

Language = Annotated[str, Meta(pattern="^[a-z]{2,3}$")]


def _key_file() -> Path:
    return user_config_path("stemwacht") / "pseudonym.key"


class Paths(msgspec.Struct, frozen=True, kw_only=True):
    """Files and folders; a relative one starts at the working folder."""

    store: Annotated[Path, Meta(description="the documents: messages, families, alerts")] = Path("data/store.sqlite")
    log: Annotated[Path, Meta(description="the log of messages that wait to be analysed")] = Path("data/log.sqlite")
    out: Annotated[Path, Meta(description="where reports, feeds and exports are written")] = Path("out")
    reviews: Annotated[Path, Meta(description="the log of decisions on alerts")] = Path("data/reviews.jsonl")
    key_file: Annotated[Path, Meta(description="the key of the pseudonyms: keep it apart from the data")] = field(
        default_factory=_key_file
    )
    campaigns: Annotated[Path | None, Meta(description="the registry of declared campaigns")] = None
    rules: Annotated[Path | None, Meta(description="a folder of rules instead of those that come along")] = None


class Ingest(msgspec.Struct, frozen=True, kw_only=True):
    """How files and sources are read."""

    languages: Annotated[tuple[Language, ...], Meta(min_length=1, description="languages that are told apart")] = (
        "nl",
        "en",
        "de",
        "fr",
        "ro",
    )
    zone: Annotated[str, Meta(description="the zone of times that name none")] = "Europe/Amsterdam"
    batch: Annotated[int, Meta(ge=1, description="messages written at a time")] = 5000

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"zone: no time zone {self.zone!r}; write one like 'Europe/Amsterdam' or 'UTC'") from None


class Embedder(msgspec.Struct, frozen=True, kw_only=True):
    """Which model turns texts into vectors; what it takes stands under [embedder.options]."""

    name: Annotated[str, Meta(min_length=1, description="the embedder, by its name")] = "use"
    model: Annotated[str | None, Meta(description="a model's name or folder, for embedders that load one")] = None
    threads: Annotated[int, Meta(ge=1, le=256, description="processor threads it may use")] = 2
    options: Annotated[
        dict[str, str | int | float | bool | tuple[str, ...]], Meta(description="keyword arguments of the embedder")
    ] = field(default_factory=dict)


class Families(msgspec.Struct, frozen=True, kw_only=True):
    """When messages are one family."""

    q_max: Annotated[float, Meta(gt=0, le=0.05, description="the largest q-value of a family that is told")] = 0.01
    window_days: Annotated[int, Meta(ge=1, description="how far back a new message is compared")] = 90


class Sharing(msgspec.Struct, frozen=True, kw_only=True):
    """When accounts act together."""

    window_seconds: Annotated[
        float, Meta(gt=0, le=86_400, description="how close in time two shares of one thing must lie")
    ] = 60.0
    q_max: Annotated[float, Meta(gt=0, le=0.05, description="the largest q-value of a tie that is told")] = 0.01


class Bursts(msgspec.Struct, frozen=True, kw_only=True):
    """When something switched on."""

    q_max: Annotated[float, Meta(gt=0, le=0.05, description="the largest q-value of a burst that is told")] = 0.01
    silent_days: Annotated[int, Meta(ge=7, description="days without a post after which an account wakes")] = 30


class Alerting(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on every new alert, for those who act on it."""

    legal_basis: Annotated[str | None, Meta(description="the legal ground for looking into this")] = None
    recipients: Annotated[tuple[str, ...], Meta(description="offices that receive the alerts")] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The report and the feed."""

    lang: Annotated[Literal["nl", "en"], Meta(description="the language of the report: nl or en")] = "en"
    title: Annotated[str, Meta(description="the title; empty for the usual one")] = ""
    publisher: Annotated[str, Meta(description="who publishes; empty for none")] = ""
    contact: Annotated[str, Meta(description="where questions, corrections and replies go; empty for none")] = ""
    feed_url: Annotated[str, Meta(description="the address at which the feed will stand; empty for none")] = ""


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """The worker that keeps watching."""

    interval_seconds: Annotated[float, Meta(gt=0, description="pause between two looks at an empty log")] = 5.0
    batch: Annotated[int, Meta(ge=1, description="messages analysed at a time; memory follows it")] = 2000
    activity_minutes: Annotated[float, Meta(gt=0, description="time between two looks at what accounts do")] = 5
    reconcile_minutes: Annotated[float, Meta(gt=0, description="time between two comparisons of the whole window")] = 60


class Privacy(msgspec.Struct, frozen=True, kw_only=True):
    """How long what is kept."""

    retention_days: Annotated[int, Meta(ge=1, description="days after which a message is erased")] = 180
    alert_retention_days: Annotated[int, Meta(ge=1, description="days after which an alert is erased")] = 1825


Option = str | int | float | bool | tuple[str, ...]
Sources = Annotated[
    dict[Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9_-]{0,60}$")], dict[str, Option]],
    Meta(description="what is pulled: one table each, [sources.NAME], with its kind and what that takes"),
]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All that is configured, read once at the start and handed down as keyword arguments."""

    paths: Paths = field(default_factory=Paths)
    ingest: Ingest = field(default_factory=Ingest)
    embedder: Embedder = field(default_factory=Embedder)
    families: Families = field(default_factory=Families)
    sharing: Sharing = field(default_factory=Sharing)
    bursts: Bursts = field(default_factory=Bursts)
    alerts: Alerting = field(default_factory=Alerting)
    report: Report = field(default_factory=Report)
    watch: Watch = field(default_factory=Watch)
    privacy: Privacy = field(default_factory=Privacy)
    log: Log = field(default_factory=Log)
    store: Store = field(default_factory=Store)
    kafka: Kafka = field(default_factory=Kafka)
    elasticsearch: Elasticsearch = field(default_factory=Elasticsearch)
    kibana: Kibana = field(default_factory=Kibana)
    sources: Sources = field(default_factory=dict)
