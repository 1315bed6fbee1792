-- What the roles of Api and Worker may do: read and write rows, and call functions. Run by the owner after each migration and each restore, since a dump
-- holds no grants. deploy/postgres/roles.sh makes the roles; where they do not exist, as on a developer's machine, nothing is granted.
do $$
declare
    place text;
    of_table text;
begin
    if to_regprocedure('drop_day_partition(text, date, text)') is not null then
        revoke execute on function drop_day_partition(text, date, text) from public;
    end if;
    if (select count(*) from pg_roles where rolname in ('platform_api', 'platform_worker')) < 2 then
        return;
    end if;

    -- Imports use temporary tables.
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect, temporary on database %I to platform_api, platform_worker', current_database());
    for place in select nspname from pg_namespace where nspname in ('public', 'hangfire') loop
        execute format('grant usage on schema %I to platform_api, platform_worker', place);
        execute format('grant select, insert, update, delete on all tables in schema %I to platform_api, platform_worker', place);
        execute format('grant usage, select on all sequences in schema %I to platform_api, platform_worker', place);
    end loop;

    -- Day partitions are made between migrations, and a backup reads each of them.
    alter default privileges in schema public grant select, insert, update, delete on tables to platform_api, platform_worker;
    if to_regprocedure('drop_day_partition(text, date, text)') is not null then
        grant execute on function drop_day_partition(text, date, text) to platform_worker;
    end if;

    -- Written by the owner only.
    for of_table in select relname from pg_class where relnamespace = 'public'::regnamespace
        and relname in ('schema_migrations', 'schema_state', 'dropped_partitions') loop
        execute format('revoke insert, update, delete on %I from platform_api, platform_worker', of_table);
    end loop;

    -- Written by Worker only.
    for of_table in select relname from pg_class where relnamespace = 'public'::regnamespace
        and relname in ('bots', 'bot_files', 'leaders', 'backups', 'backup_drills', 'retention_runs') loop
        execute format('revoke insert, update, delete on %I from platform_api', of_table);
    end loop;

    -- Written by Api only.
    if to_regclass('sessions') is not null then
        revoke insert, update, delete on sessions from platform_worker;
    end if;

    -- Imports renew the planner's statistics, which only the owner may do before PostgreSQL 17.
    if current_setting('server_version_num')::int >= 170000 then
        for of_table in select relname from pg_class where relnamespace = 'public'::regnamespace and relname in ('traces', 'trace_messages') loop
            execute format('grant maintain on %I to platform_api, platform_worker', of_table);
        end loop;
    end if;
end $$;
