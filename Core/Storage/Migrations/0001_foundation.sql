-- readable-since: 0.1.0
-- The first tables: who there is, where they talk, what bots were asked, and what came of it.

create table tenants (
    id text primary key,
    name text not null,
    created_at timestamptz not null default now()
);
insert into tenants (id, name) values ('home', 'Home');

create table authors (
    id uuid primary key,
    tenant_id text not null references tenants,
    kind text not null check (kind in ('person', 'bot')),
    handle text not null,
    display_name text not null,
    created_at timestamptz not null default now(),
    unique (tenant_id, handle)
);
-- Seeded authors have the UUIDv5 of the DNS namespace and their handle.
insert into authors (id, tenant_id, kind, handle, display_name)
values ('b945a8c5-037f-5f84-9ca9-59a60165968d', 'home', 'person', 'you', 'You');

create table bots (
    author_id uuid primary key references authors,
    tenant_id text not null references tenants,
    enabled boolean not null,
    definition_hash text not null,
    definition jsonb not null,
    source_file text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table bot_files (
    tenant_id text not null references tenants,
    path text not null,
    bot_id uuid references bots,
    loaded boolean not null,
    content_hash text not null,
    problems jsonb not null,
    checked_at timestamptz not null default now(),
    primary key (tenant_id, path)
);

create table channels (
    id uuid primary key,
    tenant_id text not null references tenants,
    kind text not null check (kind in ('timeline', 'dm', 'conversation', 'discord')),
    parent_id uuid references channels,
    external_id text,
    bot_id uuid references bots,
    created_by uuid not null references authors,
    title text,
    metadata jsonb,
    next_sequence bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    unique (tenant_id, kind, external_id)
);
create index channels_by_activity on channels (tenant_id, kind, updated_at desc, id) where deleted_at is null;

create table messages (
    id uuid primary key,
    tenant_id text not null references tenants,
    channel_id uuid not null references channels,
    sequence bigint not null,
    author_id uuid not null references authors,
    role text not null check (role in ('user', 'assistant', 'system', 'tool')),
    content text not null,
    reply_to uuid references messages,
    quote_of uuid references messages,
    activation_id uuid,
    external_id text,
    model text,
    provider text,
    rehearsal boolean not null default false,
    tokens_in integer,
    tokens_out integer,
    latency_ms integer,
    stop_reason text,
    created_at timestamptz not null default now(),
    unique (channel_id, sequence)
);
-- An activation writes at most one message, whoever runs it.
create unique index messages_by_activation on messages (activation_id) where activation_id is not null;

create table activations (
    id uuid primary key,
    tenant_id text not null references tenants,
    bot_id uuid not null references bots,
    channel_id uuid not null references channels,
    reason text not null
        check (reason in ('mention', 'reply', 'random', 'm_command', 'reaction', 'timer', 'conversation')),
    trigger text not null,
    trigger_message_id uuid references messages,
    model text,
    state text not null default 'queued'
        check (state in ('queued', 'running', 'answered', 'silent', 'failed', 'cancelled')),
    silent_reason text,
    error_code text,
    error_message text,
    lease_owner text,
    lease_fence bigint not null default 0,
    lease_until timestamptz,
    attempt integer not null default 0,
    not_before timestamptz not null default now(),
    trace_parent text,
    correlation_id text,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    unique (bot_id, trigger)
);
alter table messages add foreign key (activation_id) references activations;
create unique index activations_one_running on activations (bot_id, channel_id) where state = 'running';
create index activations_waiting on activations (not_before, id) where state = 'queued';
create index activations_leases on activations (lease_until) where state = 'running';
create index activations_by_channel on activations (channel_id, id);
create index activations_by_trigger_message on activations (trigger_message_id);

-- The growing answer of a running activation, a few writes a second; gone once the message is stored.
create table generations (
    activation_id uuid primary key references activations on delete cascade,
    channel_id uuid not null references channels,
    lease_fence bigint not null,
    content text not null,
    updated_at timestamptz not null default now()
) with (fillfactor = 50);
create index generations_by_channel on generations (channel_id);

create table import_runs (
    id uuid primary key,
    tenant_id text not null references tenants,
    source text not null,
    state text not null check (state in ('running', 'completed', 'failed')),
    traces_found integer not null default 0,
    traces_imported integer not null default 0,
    traces_present integer not null default 0,
    traces_failed integer not null default 0,
    bodies_imported integer not null default 0,
    bodies_missing integer not null default 0,
    problems jsonb not null default '[]',
    started_at timestamptz not null default now(),
    finished_at timestamptz
);

-- What list and search need of a trace; the whole of it is its document.
create table traces (
    id uuid primary key,
    tenant_id text not null references tenants,
    source text not null check (source in ('native', 'chapterx')),
    source_trace_id text not null,
    bot text not null,
    bot_id uuid references bots,
    channel_id text not null,
    channel_name text,
    parent_channel_id text,
    guild_id text,
    is_thread boolean not null default false,
    activation_id uuid references activations,
    trigger_message_id text,
    reason text not null,
    outcome text not null check (outcome in ('answered', 'silent', 'failed', 'cancelled')),
    silent_reason text,
    error_code text,
    error_message text,
    error_phase text,
    started_at timestamptz not null,
    duration_ms integer,
    llm_call_count integer not null default 0,
    tool_execution_count integer not null default 0,
    tokens_in bigint not null default 0,
    tokens_out bigint not null default 0,
    model text,
    rehearsal boolean not null default false,
    trigger_preview text,
    response_preview text,
    otel_trace_id text,
    import_run_id uuid references import_runs,
    document_day date not null,
    stored_at timestamptz not null default now(),
    unique (tenant_id, bot, source_trace_id, started_at)
);
create unique index traces_by_activation on traces (activation_id) where activation_id is not null;
create index traces_newest on traces (tenant_id, started_at desc, id desc);
create index traces_by_bot on traces (tenant_id, bot, started_at desc, id desc);
create index traces_by_outcome on traces (tenant_id, outcome, started_at desc, id desc);
create index traces_by_source_id on traces (tenant_id, source_trace_id);

create table trace_message_refs (
    trace_id uuid not null references traces on delete cascade,
    message_id text not null,
    role text not null check (role in ('trigger', 'context', 'sent')),
    position integer not null,
    primary key (trace_id, role, position, message_id)
);
create index trace_message_refs_by_message on trace_message_refs (message_id);

-- The trace as JSON, byte for byte, compressed with Brotli. A partition is a day of arrival (UTC).
create table trace_documents (
    stored_day date not null,
    trace_id uuid not null,
    size_bytes integer not null,
    sha256 bytea not null,
    content bytea not null,
    primary key (stored_day, trace_id)
) partition by range (stored_day);

-- Raw requests and responses, compressed with Brotli, each kept once a day of arrival (UTC).
create table bodies (
    stored_day date not null,
    sha256 bytea not null,
    size_bytes integer not null,
    content bytea not null,
    expires_at timestamptz,
    primary key (stored_day, sha256)
) partition by range (stored_day);

create table llm_calls (
    id uuid primary key,
    trace_id uuid not null references traces on delete cascade,
    position integer not null,
    call_id text not null,
    provider text,
    model text not null,
    rehearsal boolean not null default false,
    started_at timestamptz not null,
    duration_ms integer,
    time_to_first_token_ms integer,
    tokens_in integer,
    tokens_out integer,
    cache_read_tokens integer,
    cache_write_tokens integer,
    reasoning_tokens integer,
    cost_usd numeric,
    stop_reason text,
    error_code text,
    error_message text,
    unique (trace_id, position)
);

-- Which bodies belong to a call. A missing body keeps its reference. No foreign key points into a partitioned table.
create table llm_call_bodies (
    llm_call_id uuid not null references llm_calls on delete cascade,
    kind text not null check (kind in ('request', 'response', 'membrane_request', 'membrane_response')),
    position integer not null,
    ref text not null,
    stored_day date,
    sha256 bytea,
    primary key (llm_call_id, kind, position)
);
create index llm_call_bodies_by_ref on llm_call_bodies (ref);

create table daily_token_usage (
    tenant_id text not null references tenants,
    day date not null,
    tokens bigint not null,
    primary key (tenant_id, day)
);

-- Makes the day partitions that are still missing. Callers may race: one waits for the other.
create function ensure_day_partitions(first_day date, last_day date) returns void
language plpgsql as $$
declare
    parent text;
    day date;
    partition text;
begin
    perform pg_advisory_xact_lock(hashtext('ensure_day_partitions'));
    foreach parent in array array['trace_documents', 'bodies'] loop
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
