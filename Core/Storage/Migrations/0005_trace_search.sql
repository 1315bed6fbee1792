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

-- The words of texts, as the search finds them: letters and digits, without regard to case. Scripts that put no spaces
-- between words are taken sign by sign.
create function trace_words(texts text) returns tsvector
language plpgsql immutable parallel safe cost 200 as $$
begin
    texts := translate(texts, '-_/.:@''"`\()[]{}<>=+*&|!?,;#~^%$', '                                  ');
    if octet_length(texts) <> length(texts) then
        texts := regexp_replace(texts, '([\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff])', ' \1 ', 'g');
    end if;
    return to_tsvector('simple', texts);
end $$;

-- What a person types, as a question for the same words: all of them, each by its beginning.
create function trace_query(texts text) returns tsquery
language sql immutable parallel safe as $$
    select coalesce(string_agg(quote_literal(word) || ':*', ' & '), '')::tsquery
    from unnest(tsvector_to_array(trace_words(texts))) word
$$;

-- A trace's words. Error messages may hold whole answers of a provider.
create function trace_words(
    trigger_preview text, response_preview text, channel_name text, participants text, model text, error_code text, error_message text)
returns tsvector
language plpgsql immutable parallel safe cost 300 as $$
begin
    return trace_words(
        coalesce(trigger_preview, '') || ' ' || coalesce(response_preview, '') || ' ' || coalesce(channel_name, '') || ' '
        || coalesce(participants, '') || ' ' || coalesce(model, '') || ' ' || coalesce(error_code, '') || ' '
        || left(coalesce(error_message, ''), 1000));
end $$;
create index traces_words on traces using gin (
    trace_words(trigger_preview, response_preview, channel_name, participants, model, error_code, error_message));

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
