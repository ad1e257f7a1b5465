"""The store on Elasticsearch, as the settings say; needs the extra [elasticsearch]."""

from stemwacht import collections
from stemwacht.config import Elasticsearch
from store import Store
from store.elasticsearch import ElasticsearchOptions, ElasticsearchStore


def elasticsearch_store(told: Elasticsearch) -> Store:
    """The store on this server, with its collections."""
    store = ElasticsearchStore(elasticsearch_options(told))
    store.create(collections.ALL)
    return store


def elasticsearch_options(told: Elasticsearch) -> ElasticsearchOptions:
    """What a client needs; the secrets are plain text in it."""
    return ElasticsearchOptions(
        hosts=told.hosts,
        prefix=told.prefix,
        api_key=told.api_key.reveal() if told.api_key else None,
        username=told.username,
        password=told.password.reveal() if told.password else None,
        ca_file=told.ca_file,
        period=told.period,
        shards=told.shards,
        replicas=told.replicas,
        timeout_seconds=told.timeout_seconds,
    )
