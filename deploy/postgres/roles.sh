#!/bin/sh
# Creates or updates the database's roles, so that no service connects as a superuser. Postgres' image runs it for a new volume, ./platform before each
# start, inside the container through the socket. Safe to repeat, also while the platform runs.
#
#   platform_owner    owns the database and its tables; migrates and restores. May create databases, read statistics and end connections.
#   platform_api      Api: reads and writes rows (Core/Storage/Grants.sql, granted by the migration)
#   platform_worker   Worker: the same, and drops day partitions through a function
#   platform_drill    restore drills: may create databases, has no rights in the platform's
#
# Passwords are the files postgres-{owner,api,worker,drill}-password of /run/secrets, or of SECRETS. PSQL is the command that connects as superuser, with
# its arguments; psql if unset.
set -eu

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# The password of a role. It becomes part of a connection string and of SQL.
password_of() {
  file=${SECRETS:-/run/secrets}/postgres-$1-password
  [ -r "$file" ] || fail "The password of platform_$1 is missing: $file cannot be read."
  value=$(cat "$file")
  case $value in
    '') fail "The password of platform_$1 is empty: $file." ;;
    md5????????????????????????????????) fail "The password of platform_$1 looks like a hash: $file." ;;
    *[!A-Za-z0-9_.~-]*) fail "The password of platform_$1 may hold letters, digits and - _ . ~ only: $file." ;;
  esac
  printf '%s' "$value"
}

statements() {
  cat <<SQL
\\set owner '$owner'
\\set api '$api'
\\set worker '$worker'
\\set drill '$drill'
SQL
  cat <<'SQL'
-- A statement with a password reaches no log, not even when it fails.
set log_statement = 'none';
set log_min_error_statement = 'panic';
set log_min_duration_statement = -1;
set client_min_messages = 'warning';
-- A table in use is not waited for long, since others would wait behind; the next run goes on.
set lock_timeout = '10s';
-- The owner of public must not choose what the superuser calls.
set search_path = pg_catalog;
-- One run at a time; the end of the connection releases it.
select pg_advisory_lock(hashtext('platform-roles'));

select format('create role %I', name)
from unnest(array['platform_owner', 'platform_api', 'platform_worker', 'platform_drill']) name
where not exists (select from pg_roles where rolname = name) \gexec

alter role platform_owner login nosuperuser createdb nocreaterole noreplication nobypassrls connection limit -1 password :'owner';
alter role platform_api login nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit -1 password :'api';
alter role platform_worker login nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit -1 password :'worker';
alter role platform_drill login nosuperuser createdb nocreaterole noreplication nobypassrls connection limit -1 password :'drill';
-- A role can change its own settings, and one made by hand may have more than it should.
select format('alter role %I reset all', rolname) from pg_roles
where rolname in ('platform_owner', 'platform_api', 'platform_worker', 'platform_drill') and rolconfig is not null \gexec
select format('alter role %I in database %I reset all', r.rolname, d.datname) from pg_db_role_setting s
join pg_roles r on r.oid = s.setrole join pg_database d on d.oid = s.setdatabase
where r.rolname in ('platform_owner', 'platform_api', 'platform_worker', 'platform_drill') \gexec
select format('revoke %I from %I', granted.rolname, member.rolname) from pg_auth_members m
join pg_roles granted on granted.oid = m.roleid join pg_roles member on member.oid = m.member
where member.rolname in ('platform_owner', 'platform_api', 'platform_worker', 'platform_drill')
    and not (member.rolname = 'platform_owner' and granted.rolname in ('pg_read_all_stats', 'pg_signal_backend')) \gexec
grant pg_read_all_stats, pg_signal_backend to platform_owner;
-- One that a service stored would belong to it, and the backup could not read it.
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;

-- Volumes of earlier versions, and backups that those restored, belong to the superuser.
select format('alter database %I owner to platform_owner', datname) from pg_database
where datname = current_database() and datdba <> 'platform_owner'::regrole \gexec
select format('alter schema %I owner to platform_owner', nspname) from pg_namespace
where nspname in ('public', 'hangfire') and nspowner not in ('platform_owner'::regrole, 'pg_database_owner'::regrole) \gexec
select format('alter table %s owner to platform_owner', c.oid::regclass) from pg_class c
where c.relnamespace::regnamespace::text in ('public', 'hangfire') and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and c.relowner <> 'platform_owner'::regrole
    -- A sequence of a column belongs to its table's owner, and what an extension made to the extension's.
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
        and (d.deptype = 'e' or c.relkind = 'S' and d.deptype in ('a', 'i'))) \gexec
select format('alter routine %s owner to platform_owner', p.oid::regprocedure) from pg_proc p
where p.pronamespace::regnamespace::text in ('public', 'hangfire') and p.proowner <> 'platform_owner'::regrole
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e') \gexec
select format('alter type %s owner to platform_owner', t.oid::regtype) from pg_type t
where t.typnamespace::regnamespace::text in ('public', 'hangfire') and t.typowner <> 'platform_owner'::regrole
    and (t.typtype in ('e', 'd') or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
    and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e') \gexec

-- For the index check, where the server has it.
select 'create extension if not exists amcheck with schema public' from pg_available_extensions where name = 'amcheck' \gexec
select format('grant execute on function %s to platform_worker', p.oid::regprocedure) from pg_proc p
join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
join pg_extension e on e.oid = d.refobjid and e.extname = 'amcheck'
where p.proname = 'bt_index_check' \gexec
SQL
}

owner=$(password_of owner)
api=$(password_of api)
worker=$(password_of worker)
drill=$(password_of drill)
# shellcheck disable=SC2086
statements | ${PSQL:-psql --username=${POSTGRES_USER:-postgres} --dbname=${POSTGRES_DB:-platformdb}} --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1
