-- readable-since: 0.1.0
-- Copies of the database that were made, and those of them that were restored for a trial.
create table backups (
    id uuid primary key,
    file text not null,
    cause text not null check (cause in ('nightly', 'deploy', 'manual')),
    version text not null,
    size_bytes bigint not null,
    created_at timestamptz not null
);
create index backups_newest on backups (created_at desc);

create table backup_drills (
    id uuid primary key,
    file text not null,
    problem text,
    finished_at timestamptz not null default now()
);
create index backup_drills_newest on backup_drills (finished_at desc);

-- From which version of the platform on this schema can be read: the migrator writes what its migrations say.
create table schema_state (
    only_row boolean primary key default true check (only_row),
    readable_since text not null
);
