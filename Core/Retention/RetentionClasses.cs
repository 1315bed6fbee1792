using Microsoft.Extensions.Options;
using Npgsql;

namespace Platform.Core.Retention;

/// <summary>Every class of data that is not kept forever, in the order in which retention goes through them.</summary>
public sealed class RetentionClasses(
    NpgsqlDataSource source,
    BodyRetention bodies,
    TraceRetention traces,
    ImportedTraceRetention imported,
    EventRetention events,
    IOptions<RetentionOptions> options)
{
    /// <summary>The list.</summary>
    public IReadOnlyList<IRetentionClass> All { get; } =
    [
        bodies,
        traces,
        imported,
        events,
        Messages(source, options.Value),
        Activations(source, options.Value),
        ImportRuns(source, options.Value),
        Jobs(source, options.Value),
        Outbox(source, options.Value),
        DeadLetters(source, options.Value),
    ];

    private static RowRetention Messages(NpgsqlDataSource source, RetentionOptions options) => new(
        source, "messages", "Messages of chats", options.Messages, ["messages"],
        """
        delete from messages
        where id = any(array(
            select m.id
            from messages m
            join channels c on c.id = m.channel_id
            where m.created_at < now() - @keep and c.kind = 'conversation'
            limit @count))
        """);

    // A trace or message that is still here keeps its activation; an activation goes with the last of them.
    private static RowRetention Activations(NpgsqlDataSource source, RetentionOptions options) => new(
        source, "activations", "Ended activations with neither a message nor a trace", options.Activations, ["activations"],
        """
        delete from activations
        where id = any(array(
            select a.id
            from activations a
            where a.created_at < now() - @keep and a.finished_at < now() - @keep
                and not exists (select from messages m where m.activation_id = a.id)
                and not exists (select from traces t where t.activation_id = a.id)
            limit @count))
        """);

    private static RowRetention ImportRuns(NpgsqlDataSource source, RetentionOptions options) => new(
        source, "import-runs", "Records of imports whose traces are all deleted", options.ImportRuns, ["import_runs"],
        """
        delete from import_runs
        where id = any(array(
            select r.id
            from import_runs r
            where r.finished_at < now() - @keep and not exists (select from traces t where t.import_run_id = r.id)
            limit @count))
        """);

    private static RowRetention Jobs(NpgsqlDataSource source, RetentionOptions options) => new(
        source, "jobs", "Runs of scheduled jobs and of retention, and records of deleted partitions", options.Jobs, ["schedule_runs", "retention_runs"],
        """
        delete from schedule_runs
        where (schedule, number) in (
            select r.schedule, r.number
            from schedule_runs r
            join schedules s on s.name = r.schedule
            where r.finished_at < now() - @keep and r.number < s.run_number
            limit @count)
        """,
        """
        delete from retention_runs
        where id = any(array(select id from retention_runs where started_at < now() - @keep limit @count))
        """);

    // Delivered effects are deleted already. An effect is pending for so long only for a receiver that is paused or always sends Retry-After.
    private static RowRetention Outbox(NpgsqlDataSource source, RetentionOptions options) => new(
        source, "outbox", "Pending deliveries; older ones become dead letters", options.Outbox, ["outbox"],
        """
        with old as (
            delete from outbox
            where id = any(array(select id from outbox where not_before < now() - @keep and lease_owner is null limit @count for update skip locked))
            returning *
        )
        insert into dead_letters (id, sequence, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload,
            activation_id, activation_fence, tries, last_error, created_at)
        select id, sequence, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload, activation_id, activation_fence, attempt,
            concat_ws(' ', 'Pending for longer than Retention:Outbox.', last_error), created_at
        from old
        """);

    private static RowRetention DeadLetters(NpgsqlDataSource source, RetentionOptions options) => new(
        source, "dead-letters", "Dead letters: deliveries that failed permanently", options.DeadLetters, ["dead_letters"],
        """
        delete from dead_letters
        where id = any(array(select id from dead_letters where died_at < now() - @keep limit @count))
        """);
}
