#!/bin/sh
# Starts the broker; the first time it writes the empty metadata log that a broker wants to find.
set -eu
here=$(dirname "$0")
tools="${KAFKA_HOME:-/opt/kafka}/bin"
if [ ! -e "$BROKER_DATA/meta.properties" ]; then
    "$tools/kafka-storage.sh" format --cluster-id "$("$tools/kafka-storage.sh" random-uuid)" --config "$here/kafka.properties"
fi
exec "$tools/kafka-server-start.sh" "$here/kafka.properties"
