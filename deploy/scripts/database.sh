# shellcheck shell=bash
# What common.sh and the other parts set is used here; ./platform sources them all.
# shellcheck disable=SC2034,SC2154
# The databases of an environment: starting them, the roles that services connect as, and questions to Postgres.

readonly roles_script=/docker-entrypoint-initdb.d/roles.sh

# start_databases VERSION: with the roles of Postgres, which a volume or a password of before does not have.
start_databases() {
  compose_as "$1" up --detach --no-build --wait postgres redis && make_roles
}

# Earlier versions connect as the superuser; their compose files mount no script.
# The script of this folder: git replaces the file, and a running container keeps the old one.
make_roles() {
  ! docker exec "$(container postgres)" test -r "$roles_script" || docker exec -i "$(container postgres)" sh -s <"$root/deploy/postgres/roles.sh"
}

# The service that has the rights to restore: the one with the owner's connection, in earlier versions the Worker.
restoring_service() {
  if grep -q platformdb-owner-connection -- "${COMPOSE_OF:-$root/$compose_file}"; then
    printf migrate
  else
    printf worker
  fi
}

# A database that was never migrated has no schema.
has_schema() { [ "$(query "select to_regclass('schema_state') is not null")" != f ]; }

# The version that the schema requires.
database_readable_since() { query 'select readable_since from schema_state'; }

# As the owner, since the tables are the owner's: a superuser would run what it put there.
query() {
  local user=platform_owner
  docker exec "$(container postgres)" test -r "$roles_script" || user=postgres
  docker exec "$(container postgres)" psql --username="$user" --dbname=platformdb --no-align --tuples-only --quiet --command="$1" 2>/dev/null
}
