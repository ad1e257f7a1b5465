#!/bin/sh
# Gives Kibana and the worker their passwords. Run again, it brings them up to those of .env. What the worker may do
# stands in its role, which `stemwacht setup` installs.
set -eu
ask="sh $(dirname "$0")/elasticsearch-ask.sh"
printf '{"password":"%s"}' "$KIBANA_PASSWORD" | $ask POST /_security/user/kibana_system/_password -
printf '{"password":"%s","roles":["%s"],"full_name":"Stemwacht, the worker"}' "$WORKER_PASSWORD" "$WORKER_ROLE" |
    $ask PUT "/_security/user/$WORKER" -
