-- readable-since: 0.1.0
-- Calls of traces that were asked again, and what came of it. A row goes with its trace, in the statement that deletes that.
create table replays (
    id uuid primary key,
    tenant_id text not null references tenants,
    trace_id uuid not null,
    llm_call_id uuid not null,
    mode text not null check (mode in ('live', 'recorded')),
    asked_model text not null,
    state text not null check (state in ('waiting', 'running', 'done', 'failed')),
    left_out text[] not null,
    created_at timestamptz not null default now(),
    worker text,
    lease_until timestamptz,
    finished_at timestamptz,
    answer text,
    provider text,
    model text,
    rehearsal boolean not null default false,
    duration_ms integer,
    time_to_first_token_ms integer,
    tokens_in integer,
    tokens_out integer,
    cost_usd numeric,
    stop_reason text,
    error_code text,
    error_message text
);
create index replays_by_call on replays (trace_id, llm_call_id, id desc);
create index replays_open on replays (id) where state in ('waiting', 'running');
