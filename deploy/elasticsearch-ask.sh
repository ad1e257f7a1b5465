#!/bin/sh
# Asks Elasticsearch as its administrator, and fails when it refuses: elasticsearch-ask.sh GET /_cat/indices
# The third word is a JSON body; "-" reads it from standard input.
set -eu
method=$1
path=$2
case ${3-} in
"") set -- ;;
-) set -- --header "Content-Type: application/json" --data-binary @- ;;
*) set -- --header "Content-Type: application/json" --data-binary "$3" ;;
esac
# The password comes from a file: among the arguments of a command anyone on the machine could read it.
curl --config /dev/fd/3 --silent --show-error --fail-with-body --globoff --max-time "${MOST_SECONDS:-60}" \
    --request "$method" "$@" "${ELASTICSEARCH:-http://127.0.0.1:9200}$path" 3<<END
user = "elastic:$ELASTIC_PASSWORD"
END
echo
