"""The log, the store and the servers they may stand on."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from stemwacht.config.secret import Secret


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """Where messages wait to be analysed."""

    name: Annotated[
        Literal["sqlite", "kafka"], Meta(description="sqlite: the file named under [paths]; kafka: as [kafka] says")
    ] = "sqlite"


class Store(msgspec.Struct, frozen=True, kw_only=True):
    """Where documents are kept."""

    name: Annotated[
        Literal["sqlite", "elasticsearch"],
        Meta(description="sqlite: the file named under [paths]; elasticsearch: as [elasticsearch] says"),
    ] = "sqlite"


class Kafka(msgspec.Struct, frozen=True, kw_only=True):
    """The brokers, where the log is on Kafka."""

    bootstrap_servers: Annotated[tuple[str, ...], Meta(min_length=1, description="host:port of one broker or more")] = (
        "127.0.0.1:9092",
    )
    prefix: Annotated[
        str, Meta(pattern="^[a-z0-9._-]{0,60}$", description="what the names of topics and groups start with")
    ] = "stemwacht."
    partitions: Annotated[
        int, Meta(ge=1, description="partitions of a topic when it is made: as many readers share it")
    ] = 6
    replicas: Annotated[int, Meta(ge=1, description="brokers that keep each record; 3 where there are three")] = 1
    retention_days: Annotated[
        int, Meta(ge=1, description="days after which a message leaves the log, handled or not")
    ] = 7
    protocol: Annotated[
        Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"], Meta(description="how the brokers are spoken to")
    ] = "PLAINTEXT"
    mechanism: Annotated[
        Literal["SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"], Meta(description="how a password is proved")
    ] = "SCRAM-SHA-512"
    username: Annotated[str | None, Meta(description="who signs in")] = None
    password: Annotated[Secret | None, Meta(description="the password; rather from the environment than from here")] = (
        None
    )
    ca_file: Annotated[Path | None, Meta(description="the certificate of the authority that signed the brokers'")] = (
        None
    )
    session_seconds: Annotated[
        float, Meta(ge=6, description="how long a worker may be silent before its share goes to the others")
    ] = 15.0
    instance: Annotated[
        str | None, Meta(description="a name of this worker's own: after a restart it has its share back at once")
    ] = None
    timeout_seconds: Annotated[
        float, Meta(gt=0, description="how long a broker may stay silent before it is an error")
    ] = 20.0


class Elasticsearch(msgspec.Struct, frozen=True, kw_only=True):
    """The search server, where the store is on Elasticsearch."""

    hosts: Annotated[
        tuple[str, ...], Meta(min_length=1, description="addresses, as https://search.example.org:9200")
    ] = ("http://127.0.0.1:9200",)
    prefix: Annotated[
        str, Meta(pattern="^[a-z0-9][a-z0-9_-]{0,60}$", description="what the names of indices start with")
    ] = "stemwacht"
    api_key: Annotated[Secret | None, Meta(description="a key as the server gave it; goes before a password")] = None
    username: Annotated[str | None, Meta(description="who signs in where there is no key")] = None
    password: Annotated[Secret | None, Meta(description="the password; rather from the environment than from here")] = (
        None
    )
    ca_file: Annotated[Path | None, Meta(description="the certificate of the authority that signed the server's")] = (
        None
    )
    period: Annotated[
        Literal["day", "month"],
        Meta(description="how many dates one index of messages holds; retention drops whole ones"),
    ] = "month"
    shards: Annotated[int, Meta(ge=1, description="shards of an index when it is made")] = 1
    replicas: Annotated[int, Meta(ge=0, description="copies of each shard on other nodes; 0 on a single node")] = 0
    timeout_seconds: Annotated[float, Meta(gt=0, description="how long a request may take before it is an error")] = (
        60.0
    )


class Kibana(msgspec.Struct, frozen=True, kw_only=True):
    """Where analysts search; `stemwacht setup` installs views and dashboards there."""

    url: Annotated[
        str | None, Meta(description="its address, as https://kibana.example.org; without one it is left out")
    ] = None
    space: Annotated[
        str, Meta(pattern="^[a-z0-9_-]*$", description="the space to install into; empty for the default")
    ] = ""
