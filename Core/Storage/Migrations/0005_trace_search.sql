-- readable-since: 0.1.0
-- Finding one trace among millions: by message, by words, by what it cost and how long it took.

-- Which messages a trace knows: trigger, context and answers one after the other. Hundreds of messages of context make hundreds of rows,
-- each with its index entries, ten times what the traces themselves need; an array is one row.
-- Its rows, and those of calls, go with their trace in the statement that deletes it: no foreign key looks each of them up.
create table trace_messages (
    trace_id uuid primary key,
    message_ids text[] not null,
    -- How many of them are triggers, and how many of the rest are context; what remains was sent.
    triggers integer not null,
    contexts integer not null
);
insert into trace_messages (trace_id, message_ids, triggers, contexts)
select trace_id,
    array_agg(message_id order by array_position(array['trigger', 'context', 'sent'], role), position),
    count(*) filter (where role = 'trigger'),
    count(*) filter (where role = 'context')
from trace_message_refs
group by trace_id;
create index trace_messages_ids on trace_messages using gin (message_ids);
drop table trace_message_refs;

alter table llm_calls drop constraint llm_calls_trace_id_fkey;
alter table llm_call_bodies drop constraint llm_call_bodies_llm_call_id_fkey;

alter table traces add column participants text;
alter table traces add column cost_usd numeric;

-- The words that a trace is found by, without places: whoever writes the trace takes its texts apart, which Postgres does ten times slower.
alter table traces add column words tsvector not null default '';
update traces set words = strip(to_tsvector('simple', concat_ws(' ',
    trigger_preview, response_preview, channel_name, participants, model, error_code, left(error_message, 1000))));
create index traces_words on traces using gin (words);

-- A question for words, as the platform writes it: 'one':* & 'two':*.
create function trace_query(question text) returns tsquery
language sql immutable strict parallel safe as $$ select question::tsquery $$;

-- One index an equality that the list can be narrowed by, newest first; numbers by their value. What most traces share needs none:
-- the newest few are found by looking.
drop index traces_by_outcome;
drop index traces_by_source_id;
alter table traces drop constraint traces_tenant_id_bot_source_trace_id_started_at_key;
alter table traces add unique (tenant_id, source_trace_id, bot, started_at);
create index traces_by_channel on traces (tenant_id, channel_id, started_at desc, id desc);
create index traces_by_model on traces (tenant_id, model, started_at desc, id desc);
create index traces_by_outcome on traces (tenant_id, outcome, started_at desc, id desc) where outcome <> 'answered';
create index traces_by_silent_reason on traces (tenant_id, silent_reason, started_at desc, id desc) where silent_reason is not null;
create index traces_by_cost on traces (tenant_id, cost_usd) where cost_usd is not null;
create index traces_by_duration on traces (tenant_id, duration_ms);
