-- readable-since: 0.1.0
-- What happened (events), who wants to hear of it (webhooks), and what still has to leave the house (outbox, dead letters).

-- Writers leave an event here in the transaction that makes it true. The sequencer moves it on into event_log, in the order of
-- number; what is deleted here again and again stays a few pages, and the log itself is only ever appended to.
create table event_inbox (
    number bigint generated always as identity primary key,
    id uuid not null,
    tenant_id text not null,
    type text not null,
    activation_id uuid,
    activation_fence bigint,
    data jsonb not null,
    created_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 10000);

-- The position of the newest event of event_log. One row; whoever holds its lock is the sequencer.
create table event_head (
    only_row boolean primary key default true check (only_row),
    position bigint not null
) with (fillfactor = 10);
insert into event_head (position) values (0);

-- The platform's events by position, which has no gaps. A partition is a day of arrival (UTC).
create table event_log (
    stored_day date not null,
    position bigint not null,
    id uuid not null,
    tenant_id text not null,
    type text not null,
    activation_id uuid,
    activation_fence bigint,
    data jsonb not null,
    created_at timestamptz not null,
    primary key (position, stored_day)
) partition by range (stored_day);

create table webhooks (
    id uuid primary key,
    tenant_id text not null references tenants,
    kind text not null check (kind in ('webhook', 'streamerbot')),
    origin text not null check (origin in ('api', 'settings')),
    description text,
    url text not null,
    event_types text[] not null,
    secret text,
    previous_secret text,
    previous_secret_until timestamptz,
    enabled boolean not null default true,
    disabled_reason text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_error text
);
create index webhooks_by_tenant on webhooks (tenant_id, id);

-- What has to leave the house. A row is deleted when it was delivered and moves to dead_letters when it cannot be.
create table outbox (
    id uuid primary key,
    sequence bigint generated always as identity,
    tenant_id text not null references tenants,
    kind text not null check (kind in ('webhook', 'streamerbot', 'discord', 'feed')),
    target text not null,
    ordering_key text,
    dedupe_key text not null,
    event_type text,
    payload text not null,
    activation_id uuid,
    activation_fence bigint,
    attempt integer not null default 0,
    not_before timestamptz not null default now(),
    lease_owner text,
    lease_fence bigint not null default 0,
    lease_until timestamptz,
    last_error text,
    created_at timestamptz not null default now()
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
-- An event is put in once for a target, however often it is tried to put in.
create unique index outbox_once on outbox (target, dedupe_key);
create index outbox_in_order on outbox (target, sequence);
create unique index outbox_one_in_flight on outbox (ordering_key) where lease_owner is not null and ordering_key is not null;

create table dead_letters (
    id uuid primary key,
    sequence bigint not null,
    tenant_id text not null references tenants,
    kind text not null check (kind in ('webhook', 'streamerbot', 'discord', 'feed')),
    target text not null,
    ordering_key text,
    dedupe_key text not null,
    event_type text,
    payload text not null,
    activation_id uuid,
    activation_fence bigint,
    tries integer not null,
    last_error text not null,
    created_at timestamptz not null,
    died_at timestamptz not null default now()
);
create index dead_letters_newest on dead_letters (tenant_id, sequence desc);
create index dead_letters_by_age on dead_letters (died_at);

-- Makes the day partitions that are still missing, of every table that is partitioned by day. Callers may race: one waits for the other.
create or replace function ensure_day_partitions(first_day date, last_day date) returns void
language plpgsql as $$
declare
    parent text;
    day date;
    partition text;
begin
    perform pg_advisory_xact_lock(hashtext('ensure_day_partitions'));
    foreach parent in array array['trace_documents', 'bodies', 'event_log'] loop
        day := first_day;
        while day <= last_day loop
            partition := parent || '_' || to_char(day, 'YYYYMMDD');
            if to_regclass(partition) is null then
                execute format('create table %I partition of %I for values from (%L) to (%L)',
                    partition, parent, day, day + 1);
            end if;
            day := day + 1;
        end loop;
    end loop;
end $$;
