-- readable-since: 0.1.0
-- The trace list in other orders than by time, with the author of the trigger, and views of it that people save.

-- One index a figure, which serves both directions; it also selects by the figure. Unknown values are last.
drop index traces_by_duration;
drop index traces_by_cost;
create index traces_by_duration on traces (tenant_id, duration_ms, id);
create index traces_by_input_tokens on traces (tenant_id, tokens_in, id);
create index traces_by_output_tokens on traces (tenant_id, tokens_out, id);
create index traces_by_cost on traces (tenant_id, cost_usd, id);

-- Whose message activated the bot. Traces from before have none; their documents know it.
alter table traces add column trigger_author text;

-- Views belong to who is signed in: the name of a key. The query is that of the page's address.
create table saved_views (
    tenant_id text not null references tenants (id),
    principal text not null,
    name text not null,
    query text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, principal, name)
);
