"""What Elasticsearch and Kibana are told about Stemwacht: templates, lifecycle, roles and saved objects, as data."""

from es_mappings.installing import install, migrate
from es_mappings.kibana_client import Kibana
from es_mappings.kibana_errors import KibanaError
from es_mappings.kibana_installing import install_kibana
from es_mappings.roles import ApiKey, create_api_key, rights

__all__ = [
    "ApiKey",
    "Kibana",
    "KibanaError",
    "create_api_key",
    "install",
    "install_kibana",
    "migrate",
    "rights",
]
