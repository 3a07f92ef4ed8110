#!/bin/sh
# A PostgreSQL of its own, in a folder that is new each time, open to all who can reach it. Argument: where.
set -e
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
data=$(mktemp -d "$1/postgres-XXXXXX")
chown postgres "$data"
as() { runuser -u postgres -- "$@"; }
as "$bin/initdb" -D "$data" -A trust -N
echo 'host all all 0.0.0.0/0 trust' >> "$data/pg_hba.conf"
echo 'CREATE TABLE messages (id bigserial PRIMARY KEY, body text NOT NULL)' |
  as "$bin/postgres" --single -D "$data" postgres
exec runuser -u postgres -- "$bin/postgres" -D "$data" -h 0.0.0.0 -c fsync=off -k "$data"
