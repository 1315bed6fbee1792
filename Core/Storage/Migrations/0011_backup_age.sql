-- readable-since: 0.1.0
-- What trials found in the restored database, and since when there is a platform: a young one has no backup yet.
alter table backup_drills
    add column tables integer,
    add column rows bigint;
alter table schema_state add column installed_at timestamptz not null default now();
