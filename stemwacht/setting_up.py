"""Setting up: what log and store need on their servers, made once and brought up to date ever after."""

from collections.abc import Iterator
from contextlib import closing

from es_mappings import ApiKey, Kibana, create_api_key, install, install_kibana
from es_mappings import migrate as migrate_collections
from stemwacht import wiring
from stemwacht.config import Settings
from stemwacht.on_elasticsearch import elasticsearch_options
from store.elasticsearch import Connection


def set_up(settings: Settings) -> Iterator[str]:
    """Make what is missing, and say of each thing whether it was made, changed or left; again changes nothing."""
    yield from _log(settings)
    yield from _store(settings)
    if settings.kibana.url is not None:
        yield from install_kibana(_kibana(settings, settings.kibana.url), prefix=settings.elasticsearch.prefix)


def migrate(settings: Settings) -> Iterator[str]:
    """Bring the collections on the server to the versions of this release; stop all workers before."""
    _refuse_without_server(settings)
    with closing(Connection(elasticsearch_options(settings.elasticsearch))) as connection:
        yield from install(connection, retention_days=settings.privacy.retention_days)
        yield from migrate_collections(connection)
        yield from install(connection, retention_days=settings.privacy.retention_days)


def api_key(settings: Settings, role: str, *, name: str, days: int | None) -> ApiKey:
    """A new key for the store's server with the rights of the role."""
    _refuse_without_server(settings)
    with closing(Connection(elasticsearch_options(settings.elasticsearch))) as connection:
        return create_api_key(connection, role, name=name, days=days)


def _log(settings: Settings) -> Iterator[str]:
    if settings.log.name != "kafka":
        wiring.open_log(settings).close()
        yield f"made or found: the log in {settings.paths.log}"
        return
    from stemwacht.on_kafka import make_topics  # noqa: PLC0415 - a base install has no client of Kafka

    topics = make_topics(settings.kafka)
    for verb, lines in (("made", topics.made), ("changed", topics.changed), ("left", topics.left)):
        yield from (f"{verb}: topic {line}" for line in lines)
    if not any((topics.made, topics.changed, topics.left)):
        yield "as it should be: the topics"


def _store(settings: Settings) -> Iterator[str]:
    if settings.store.name == "elasticsearch":
        with closing(Connection(elasticsearch_options(settings.elasticsearch))) as connection:
            yield from install(connection, retention_days=settings.privacy.retention_days)
    wiring.open_store(settings).close()
    if settings.store.name == "sqlite":
        yield f"made or found: the store in {settings.paths.store}"


def _kibana(settings: Settings, url: str) -> Kibana:
    """Kibana asks Elasticsearch who signs in, so that the same credentials are good for both."""
    server = elasticsearch_options(settings.elasticsearch)
    return Kibana(
        url=url,
        space=settings.kibana.space,
        api_key=server.api_key,
        username=server.username,
        password=server.password,
        ca_file=server.ca_file,
        timeout_seconds=server.timeout_seconds,
    )


def _refuse_without_server(settings: Settings) -> None:
    if settings.store.name != "elasticsearch":
        raise ValueError(f"the store is {settings.store.name}: this is for one with store.name = 'elasticsearch'")
