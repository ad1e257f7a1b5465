"""The store on Elasticsearch, and the way to the server for those who install what belongs to it.

Importing this needs no client of Elasticsearch; making a store or a connection does.
"""

from store.elasticsearch.connection import Connection
from store.elasticsearch.creating import make_first_index
from store.elasticsearch.leases import make_leases
from store.elasticsearch.migrating import Migrated, migrate
from store.elasticsearch.options import ElasticsearchOptions
from store.elasticsearch.probing import Probed, probe
from store.elasticsearch.refused import RefusedError
from store.elasticsearch.store import ElasticsearchStore
from store.elasticsearch.table import live_version

__all__ = [
    "Connection",
    "ElasticsearchOptions",
    "ElasticsearchStore",
    "Migrated",
    "Probed",
    "RefusedError",
    "live_version",
    "make_first_index",
    "make_leases",
    "migrate",
    "probe",
]
