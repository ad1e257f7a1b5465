"""What Elasticsearch and Kibana are told about Stemwacht: templates, lifecycle, roles and saved objects, as data."""
