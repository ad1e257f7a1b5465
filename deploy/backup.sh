#!/bin/sh
# What cannot be made again, into backup/TIME: documents, Airflow's database, reviews and ledgers, configuration and
# passwords. The key of the pseudonyms is left out: it belongs elsewhere (docs/operating.md).
set -eu
cd "$(dirname "$0")/.."
umask 077
name=$(date -u +%Y%m%dt%H%M%Sz)
into=backup/$name
mkdir "$into"
ask() {
    docker compose exec -T -e MOST_SECONDS=7200 elasticsearch sh /etc/stemwacht/elasticsearch-ask.sh "$@"
}
ask PUT /_snapshot/backup '{"type": "fs", "settings": {"location": "/snapshots"}}'
told=$(ask PUT "/_snapshot/backup/$name?wait_for_completion=true")
case $told in
*'"state":"SUCCESS"'*) ;;
*)
    echo "the snapshot $name is not whole: $told" >&2
    exit 1
    ;;
esac
# shellcheck disable=SC2016 # the password is known inside the container
docker compose exec -T postgres sh -c \
    'PGPASSWORD=$POSTGRES_PASSWORD pg_dump --host 127.0.0.1 --username airflow --format custom airflow' >"$into/airflow.dump"
docker compose run --rm --no-deps -T --entrypoint tar stemwacht --create --directory /data . >"$into/data.tar"
tar --create --dereference --file "$into/configuration.tar" .env .env.private config
echo "Backup in $into, and the snapshot $name in backup/elasticsearch. The key of the pseudonyms: make backup-key."
