-- readable-since: 0.1.0
-- Who decides what runs when, what ran, and what retention took away.

-- One row a thing that one process at a time may do. The fence grows with each new holder.
create table leaders (
    name text primary key,
    owner text,
    fence bigint not null default 0,
    since timestamptz,
    until timestamptz
);
insert into leaders (name) values ('scheduler');

create table schedules (
    name text primary key,
    description text not null,
    period interval,
    daily_at time,
    runs_in text not null check (runs_in in ('leader', 'job')),
    max_attempts integer not null,
    next_run timestamptz not null,
    asked_at timestamptz,
    run_number bigint not null default 0,
    check ((period is null) <> (daily_at is null))
);

create table schedule_runs (
    schedule text not null references schedules on delete cascade,
    number bigint not null,
    state text not null check (state in ('waiting', 'running', 'succeeded', 'failed')),
    cause text not null check (cause in ('due', 'missed', 'asked')),
    due_at timestamptz not null,
    missed integer not null default 0,
    attempt integer not null default 0,
    owner text,
    fence bigint not null default 0,
    lease_until timestamptz,
    enqueued_at timestamptz,
    claimed_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    result text,
    findings jsonb not null default '[]',
    error text,
    primary key (schedule, number)
);
-- A schedule never runs beside itself.
create unique index schedule_runs_one_open on schedule_runs (schedule) where state in ('waiting', 'running');

-- When a schedule that was due at the given moment is due next. What was missed by more than a period is not made up for.
create function schedule_next(period interval, daily_at time, due timestamptz) returns timestamptz
language sql stable as $$
    select case
        when daily_at is null and due + period > now() then due + period
        when daily_at is null then now() + period
        when today > now() then today
        else today + interval '24 hours'
    end
    from (select ((now() at time zone 'utc')::date + daily_at) at time zone 'utc' as today) clock
$$;

create table retention_runs (
    id uuid primary key,
    class text not null,
    cause text not null check (cause in ('age', 'size')),
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    rows_dropped bigint not null default 0,
    partitions_dropped integer not null default 0,
    bytes_dropped bigint not null default 0,
    error text
);
create index retention_runs_by_class on retention_runs (class, started_at desc);
create index retention_runs_newest on retention_runs (started_at);

-- Which days are gone, so that a page can say so.
create table dropped_partitions (
    parent text not null,
    day date not null,
    cause text not null check (cause in ('age', 'size')),
    rows bigint not null,
    size_bytes bigint not null,
    dropped_at timestamptz not null default now(),
    primary key (parent, day)
);

-- What was imported is kept until told otherwise: under one early day, in partitions that retention never drops.
create table trace_documents_kept partition of trace_documents for values from ('2000-01-01') to ('2000-01-02');
create table bodies_kept partition of bodies for values from ('2000-01-01') to ('2000-01-02');

insert into bodies (stored_day, sha256, size_bytes, content)
select distinct on (b.sha256) date '2000-01-01', b.sha256, b.size_bytes, b.content
from traces t
join llm_calls c on c.trace_id = t.id
join llm_call_bodies l on l.llm_call_id = c.id
join bodies b on b.stored_day = l.stored_day and b.sha256 = l.sha256
where t.source <> 'native'
order by b.sha256;

update llm_call_bodies l
set stored_day = date '2000-01-01'
from traces t
join llm_calls c on c.trace_id = t.id
where t.source <> 'native' and l.llm_call_id = c.id
    and exists (select from bodies b where b.stored_day = date '2000-01-01' and b.sha256 = l.sha256);

update trace_documents d
set stored_day = date '2000-01-01'
from traces t
where t.source <> 'native' and d.stored_day = t.document_day and d.trace_id = t.id;
update traces set document_day = date '2000-01-01' where source <> 'native';

-- Retention deletes the rows of what has no partitions; what pointed at them forgets them.
alter table messages
    drop constraint messages_reply_to_fkey,
    drop constraint messages_quote_of_fkey,
    add foreign key (reply_to) references messages on delete set null,
    add foreign key (quote_of) references messages on delete set null;
alter table activations
    drop constraint activations_trigger_message_id_fkey,
    add foreign key (trigger_message_id) references messages on delete set null;
create index messages_by_reply on messages (reply_to) where reply_to is not null;
create index messages_by_quote on messages (quote_of) where quote_of is not null;
-- Rows arrive in order of time, so a BRIN index finds the old ones and costs their writers next to nothing.
create index messages_by_age on messages using brin (created_at) with (autosummarize = on);
create index activations_by_age on activations using brin (created_at) with (autosummarize = on);
create index traces_by_day on traces using brin (document_day) with (autosummarize = on);
create index traces_by_import on traces (import_run_id) where import_run_id is not null;
