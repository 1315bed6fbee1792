#!/usr/bin/env bash
# Runs PostgreSQL from this machine's packages: postgres.sh FOLDER PORT [ARGUMENT...], with POSTGRES_PASSWORD and POSTGRES_DB in the environment.
# The cluster is FOLDER/cluster. As root everything runs as the user postgres, since the server refuses root.
set -euo pipefail

folder=$1 port=$2
shift 2
cluster=$folder/cluster

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

as_owner() { if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups env HOME=/var/lib/postgresql "$@"); else "$@"; fi; }

# program NAME: Debian keeps the programs of each major version outside PATH; a cluster needs those of its own.
program() {
  local version='' found
  [ ! -r "$cluster/PG_VERSION" ] || version=$(<"$cluster/PG_VERSION")
  found=$(compgen -G "/usr/lib/postgresql/${version:-*}/bin/$1" | sort -V | tail -n 1) || true
  [ -n "$found" ] || found=$(command -v "$1") || fail "PostgreSQL ${version:+$version }is not installed: no '$1' here (Debian: apt-get install postgresql${version:+-$version}), and no container engine is running."
  printf '%s' "$found"
}

mkdir -p -- "$folder"
chmod 700 -- "$folder"
[ "$(id -u)" != 0 ] || chown postgres:postgres -- "$folder"
as_owner test -w "$folder" || fail "The user postgres cannot reach $folder. Choose a folder that other users may enter: PLATFORM_DATA_DIR, or ./run --data."

postgres=$(program postgres)
if [ ! -d "$cluster" ]; then
  echo "Creating a database cluster in $cluster."
  initdb=$(program initdb)
  # Beside its final place, so that an interrupted start leaves no half cluster.
  as_owner rm -rf -- "$folder/new"
  as_owner "$initdb" -D "$folder/new" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  as_owner mv -- "$folder/new" "$cluster"
fi

# Only with a password, only from this machine.
printf 'host all all %s scram-sha-256\n' 127.0.0.1/32 ::1/128 | as_owner tee -- "$cluster/pg_hba.conf" >/dev/null

# The password of this start, whatever the last one's was, and the database: the server's single-user mode asks for no password.
# A database that is there already is an error that it goes on from.
as_owner "$postgres" --single -D "$cluster" -c log_min_messages=fatal postgres >/dev/null <<SQL || fail "The database cluster in $cluster cannot be opened; the lines above say why."
ALTER ROLE postgres PASSWORD '${POSTGRES_PASSWORD//\'/\'\'}'
CREATE DATABASE "$POSTGRES_DB"
SQL
unset POSTGRES_PASSWORD

# SIGTERM would wait until every client has left; SIGINT ends their connections.
# shellcheck disable=SC2317 # called by the trap
stop() {
  trap '' TERM INT
  kill -INT "$server" 2>/dev/null || true
}
trap stop TERM INT
if [ "$(id -u)" = 0 ]; then
  cd /
  set -- setpriv --reuid=postgres --regid=postgres --clear-groups "$postgres" -D "$cluster" "$@"
else
  set -- "$postgres" -D "$cluster" "$@"
fi
"$@" -p "$port" -c listen_addresses=localhost -c unix_socket_directories= &
server=$!
while kill -0 "$server" 2>/dev/null; do
  wait "$server" && code=0 || code=$?
done
exit "${code:-0}"
