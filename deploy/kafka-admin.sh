#!/bin/sh
# One of Kafka's own tools, as admin and in little memory: kafka-admin.sh topics --list
set -eu
here=$(dirname "$0")
tool=$1
shift
export KAFKA_HEAP_OPTS="-Xms16m -Xmx128m" KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1" LOG_LEVEL=warn
exec "${KAFKA_HOME:-/opt/kafka}/bin/kafka-$tool.sh" \
    --bootstrap-server "127.0.0.1:$ADMIN_PORT" --command-config "$here/kafka-admin.properties" "$@"
