-- readable-since: 0.1.0
-- What takes more than reading and writing rows is done by functions with the rights of their owner, so that Api and Worker can connect as roles that
-- may do no more (Core/Storage/Grants.sql).

-- Makes the day partitions that are still missing, of every table that is partitioned by day. Callers may race: one waits for the other.
create or replace function ensure_day_partitions(first_day date, last_day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    parent text;
    day date;
    partition text;
begin
    if first_day < current_date - 1000 or last_day > current_date + 1000 then
        raise exception 'Partitions are made for days at most 1000 days from today, not for % to %.', first_day, last_day using errcode = 'invalid_parameter_value';
    end if;
    perform pg_advisory_xact_lock(hashtext('ensure_day_partitions'));
    foreach parent in array array['trace_documents', 'bodies', 'event_log'] loop
        day := first_day;
        while day <= last_day loop
            partition := parent || '_' || to_char(day, 'YYYYMMDD');
            if to_regclass('public.' || partition) is null then
                execute format('create table %I partition of %I for values from (%L) to (%L)',
                    partition, parent, day, day + 1);
            end if;
            day := day + 1;
        end loop;
    end loop;
end $$;

-- Drops the partition of a day and records that; returns how many rows it had, 0 where there is none. A waiting drop blocks every reader of the table behind
-- it, so it waits a fifth of a second at most (55P03); the caller tries again.
create function drop_day_partition(of_table text, of_day date, why text) returns bigint
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '200ms' as $$
declare
    partition text := of_table || '_' || to_char(of_day, 'YYYYMMDD');
    row_count bigint;
begin
    if of_table not in ('trace_documents', 'bodies', 'event_log') then
        raise exception 'The table % has no day partitions.', of_table using errcode = 'invalid_parameter_value';
    end if;
    if to_regclass('public.' || partition) is null then
        return 0;
    end if;
    execute format('select count(*) from public.%I', partition) into row_count;
    insert into public.dropped_partitions as dropped (parent, day, cause, rows, size_bytes)
    values (of_table, of_day, why, row_count, pg_total_relation_size(('public.' || partition)::regclass))
    on conflict (parent, day) do update
    set cause = excluded.cause, rows = dropped.rows + excluded.rows, size_bytes = dropped.size_bytes + excluded.size_bytes, dropped_at = now();
    execute format('drop table public.%I', partition);
    return row_count;
end $$;

-- When Postgres started, or ended its recovery from a crash, which starts a new checkpointer. Others' processes are visible to pg_read_all_stats only.
create function server_start() returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select greatest(pg_postmaster_start_time(), max(backend_start)) from pg_stat_activity where backend_type = 'checkpointer'
$$;

-- The index is not used: ended sessions are deleted by the earlier of two times, and there are few.
drop index sessions_expires_at;
