"""The mappings of indices without a template: what each field of the store's own is."""

from collections.abc import Sequence
from typing import Any

from store.contract import Collection

Mapping = dict[str, Any]

WITHOUT_TEMPLATE = 0  # the version of an index that no template describes; templates count from 1

OWN_FIELDS: Mapping = {
    "id": {"type": "keyword"},
    "at": {"type": "long"},
    "text": {"type": "text", "index_options": "freqs"},
    "raw_text": {"type": "binary"},
    "raw_body": {"type": "binary"},
}
KEYS: Mapping = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": {
        "id": {"type": "keyword", "index": False},
        "filed": {"type": "long", "index": False},
        "keys": {"type": "keyword", "doc_values": False},
        "row": {"type": "binary", "doc_values": True},
    },
}
KEYS_SETTINGS: Mapping = {"index.sort.field": ["filed", "id"], "index.sort.order": ["asc", "asc"]}
VECTORS: Mapping = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": {
        "id": {"type": "keyword", "index": False},
        "vector": {
            "type": "dense_vector",
            "similarity": "max_inner_product",
            "index_options": {"type": "bbq_hnsw"},
        },
        "exact": {"type": "binary", "doc_values": True},
    },
}
LEASES: Mapping = {
    "dynamic": "strict",
    "properties": {
        "holder": {"type": "keyword"},
        "until": {"type": "double"},
    },
}
BARE: Mapping = {"dynamic": "strict"}


def whole(collection: Collection, fields: Sequence[str], *, searchable: bool) -> Mapping:
    """The mapping of a collection that no template describes."""
    return {
        "dynamic": "strict",
        "_meta": {
            "collection": collection.name,
            "version": WITHOUT_TEMPLATE,
            "dated": collection.dated,
            "searchable": searchable,
            "fields": list(fields),
        },
        "properties": {
            "@timestamp": {"type": "date"},
            "message": {"type": "text", "index": False},
            "body": {"type": "object", "enabled": False},
            "fields": {"properties": {name: {"type": "keyword"} for name in fields}},
            "store": {"properties": OWN_FIELDS},
        },
    }
