#!/bin/sh
# Gives the worker its password and its rights: all on topics and groups whose names begin with the prefix, and nothing
# else. Run again, it brings the password up to that of .env.
set -eu
here=$(dirname "$0")
umask 077
password=$(mktemp)
trap 'rm -f "$password"' EXIT
# From a file: a password among the arguments of a command could be read by anyone on the machine.
printf 'SCRAM-SHA-512=iterations=8192,password=%s\n' "$WORKER_PASSWORD" >"$password"
sh "$here/kafka-admin.sh" configs --alter --entity-type users --entity-name "$WORKER" --add-config-file "$password"
sh "$here/kafka-admin.sh" acls --add --allow-principal "User:$WORKER" --operation All \
    --topic "$PREFIX" --group "$PREFIX" --resource-pattern-type prefixed
