using Platform.Contracts.Attention;
using Platform.Core.Schedules;
using Platform.Core.Storage;

namespace Platform.Core.Attention;

/// <summary>One thing to look for in the database: a statement that returns how many (<c>count</c>) and which (<c>names</c>, may be NULL) of a tenant's.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Sql">Its parameter is <c>@tenant</c>. It counts up to 1000, so that it stays cheap.</param>
/// <param name="Message">The sentence for people, from how many and which there are.</param>
/// <param name="Level">Whether it is a problem.</param>
internal sealed record AttentionCondition(
    AttentionKind Kind, string Sql, Func<long, string?, string> Message, AttentionLevel Level = AttentionLevel.Problem)
{
    private const string WebhookName = "coalesce(description, substring(url from '://(?:[^/@]*@)?([^/?#]+)'))";

    // A single failure is retried within seconds.
    private const string IsFailing = "(enabled and failing_since < now() - interval '1 minute')";

    /// <summary>All conditions.</summary>
    public static IReadOnlyList<AttentionCondition> All { get; } =
    [
        new(
            AttentionKind.Worker,
            $"select (not {WorkerLiveness.IsAlive})::int::bigint as count, null as names",
            (_, _) => "No worker is running: bots do not answer, events are not delivered and jobs do not run. Messages are stored and answered when a worker starts. Check ./run status, or ./platform health ENVIRONMENT on a server."),
        new(
            AttentionKind.ParkedActivations,
            "select count(*) as count, null as names from (select from activations where state = 'parked' and tenant_id = @tenant limit 1000) parked",
            (count, _) => $"{Plural(count, "activation")} {(count == 1 ? "is" : "are")} parked, since the worker was lost each time: retry or mark as failed."),
        new(
            AttentionKind.Webhooks,
            $"""
            select count(*) as count, string_agg({WebhookName}, ', ' order by created_at) as names
            from webhooks
            where tenant_id = @tenant and ({IsFailing} or (not enabled and disabled_reason is not null))
            """,
            (count, names) => $"{Plural(count, "webhook")} {(count == 1 ? "fails or was" : "fail or were")} disabled: {names}."),
        new(
            AttentionKind.DeadLetters,
            "select count(*) as count, null as names from (select from dead_letters where tenant_id = @tenant limit 1000) dead",
            (count, _) => $"{Plural(count, "delivery", "deliveries")} failed permanently (dead letters): requeue or delete."),
        new(
            AttentionKind.WaitingDeliveries,
            $"""
            select count(*) as count, null as names
            from (
                select
                from outbox
                where tenant_id = @tenant and created_at < now() - interval '5 minutes'
                    and not exists (select from webhooks where webhooks.id::text = outbox.target and (paused or {IsFailing}))
                limit 1000) late
            """,
            (count, _) => $"{Plural(count, "delivery", "deliveries")} {(count == 1 ? "has" : "have")} been pending for more than 5 minutes."),
        new(
            AttentionKind.Jobs,
            """
            select count(*) as count, string_agg(schedules.name, ', ' order by schedules.name) as names
            from schedules
            cross join lateral (
                select state, findings
                from schedule_runs
                where schedule = schedules.name and state in ('succeeded', 'failed')
                order by number desc
                limit 1) last
            where last.state = 'failed' or jsonb_array_length(last.findings) > 0
            """,
            (count, names) => $"{Plural(count, "scheduled job")} failed or found a problem: {names}."),
        new(
            AttentionKind.JobQueue,
            $"""
            select count(*) as count, null as names
            from (select from {JobSchema.Name}.job where statename = 'Failed' and createdat > now() - interval '24 hours' limit 1000) failed
            """,
            (count, _) => $"{Plural(count, "job")} in the job queue failed in the last 24 hours. A scheduled job runs again at its next scheduled time, or with Run now."),
        new(
            AttentionKind.BotFiles,
            "select count(*) as count, string_agg(path, ', ' order by path) as names from bot_files where tenant_id = @tenant and not loaded",
            (count, names) => $"{Plural(count, "bot file")} failed to load: {names}. If an earlier version was loaded, it stays active; a new bot is not created."),
        new(
            AttentionKind.PausedWebhooks,
            $"""
            select count(*) as count, string_agg({WebhookName}, ', ' order by created_at) as names
            from webhooks
            where tenant_id = @tenant and enabled and paused
            """,
            (count, names) => $"{Plural(count, "webhook")} {(count == 1 ? "is" : "are")} paused: {names}. {(count == 1 ? "Its" : "Their")} events are kept.",
            AttentionLevel.Information),
        new(
            AttentionKind.DisabledBots,
            """
            select count(*) as count, string_agg(authors.handle, ', ' order by authors.handle) as names
            from bots
            join authors on authors.id = bots.author_id
            where bots.tenant_id = @tenant and not bots.enabled and exists (select from bot_files where bot_id = bots.author_id)
            """,
            (count, names) => $"{Plural(count, "bot")} {(count == 1 ? "is" : "are")} disabled in {(count == 1 ? "its file" : "their files")}: {names}.",
            AttentionLevel.Information),
    ];

    /// <summary>A number with its noun; numbers that were not counted to the end say so.</summary>
    internal static string Plural(long count, string one, string? many = null) => count switch
    {
        1 => $"1 {one}",
        >= 1000 => $"1000 or more {many ?? one + "s"}",
        _ => $"{count} {many ?? one + "s"}",
    };
}
