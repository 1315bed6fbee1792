-- readable-since: 0.2.0
-- Jobs lie in Hangfire's own tables from now on, which are made after the migrations. An older version finds no queue there: none of its long runs would run.
do $$
declare
    old regclass;
begin
    for old in
        select c.oid
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'hangfire' and c.relkind = 'r' and (c.relname like 'standin\_%' or c.relname like 'qrtz\_%')
    loop
        execute format('drop table %s cascade', old);
    end loop;
end $$;

-- A run that waited in the old queue is given to the new one at once. One that was under way has a lease, and waits again when that has run out.
update schedule_runs set enqueued_at = null where state = 'waiting';
