using System.Collections.Concurrent;
using Npgsql;
using Platform.Contracts.Attention;
using Platform.Contracts.Backups;
using Platform.Core.Backups;
using Platform.Core.Models.Calls.Steps;
using Platform.Core.Models.Providers;
using Platform.Core.Models.Providers.Rehearsal;
using Platform.Core.Storage;
using StackExchange.Redis;

namespace Platform.Core.Attention;

/// <summary>Decides what needs attention. Everything that shows whether all is well asks here.</summary>
public sealed class AttentionReader(
    NpgsqlDataSource source, DatabaseState database, ProviderCatalog providers, DailyTokenLimit tokens, BackupRecords backups, IConnectionMultiplexer redis, TimeProvider clock)
{
    /// <summary>For how long an answer is used again.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(3);

    private const long CeilingWarningPercent = 80;

    private readonly ConcurrentDictionary<string, (long At, Task<IReadOnlyList<AttentionItem>> Items)> _latest = new();

    /// <summary>Reads what needs attention, at most 3 s old.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The most urgent first, problems before information. While Postgres is away only that.</returns>
    public Task<IReadOnlyList<AttentionItem>> ReadAsync(string tenantId, CancellationToken cancellationToken)
    {
        // Two callers may both find it too old; then it is read twice.
        if (!_latest.TryGetValue(tenantId, out var latest) || (latest.Items.IsCompleted && clock.GetElapsedTime(latest.At) >= Freshness))
        {
            latest = (clock.GetTimestamp(), CheckAsync(tenantId, CancellationToken.None));
            _latest[tenantId] = latest;
        }

        return latest.Items.WaitAsync(cancellationToken);
    }

    /// <summary>Reads it now.</summary>
    internal async Task<IReadOnlyList<AttentionItem>> CheckAsync(string tenantId, CancellationToken cancellationToken)
    {
        List<AttentionItem> items = [];
        if (!redis.IsConnected)
        {
            items.Add(Problem(AttentionKind.Redis, 1, "Redis is unavailable: answers appear in larger pieces. Nothing is lost."));
        }

        try
        {
            if (await database.IsDiskFullAsync(cancellationToken))
            {
                items.Add(DiskFull());
            }

            items.AddRange(await ConditionsAsync(tenantId, cancellationToken));
            items.AddRange(await ModelsAsync(tenantId, cancellationToken));
            items.AddRange(Ceiling(await tokens.ReadAsync(cancellationToken)));
            items.AddRange(Backups(await backups.ReadAsync(cancellationToken)));
        }
        catch (Exception exception) when (DatabaseFailure.IsDiskFull(exception))
        {
            items = [.. items.Where(item => item.Kind is AttentionKind.Redis), DiskFull()];
        }
        catch (Exception exception) when (DatabaseFailure.IsAway(exception))
        {
            items = [.. items.Where(item => item.Kind is AttentionKind.Redis)];
            items.Add(Problem(AttentionKind.Postgres, 1, "The database is unavailable: nothing can be read or stored."));
        }

        return [.. items.OrderBy(item => item.Level).ThenBy(item => item.Kind)];
    }

    private async Task<IReadOnlyList<AttentionItem>> ConditionsAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var condition in AttentionCondition.All)
        {
            batch.Add(condition.Sql).With("tenant", tenantId);
        }

        List<AttentionItem> items = [];
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var condition in AttentionCondition.All)
        {
            await reader.ReadAsync(cancellationToken);
            var row = new SqlRow(reader);
            if (row.Get<long>("count") is > 0 and var count)
            {
                items.Add(new AttentionItem(condition.Kind, condition.Level, count, condition.Message(count, row.GetOrNull<string>("names"))));
            }

            await reader.NextResultAsync(cancellationToken);
        }

        return items;
    }

    private async Task<IReadOnlyList<AttentionItem>> ModelsAsync(string tenantId, CancellationToken cancellationToken)
    {
        List<AttentionItem> items = [];
        if (providers.Problems is { Count: > 0 } problems)
        {
            items.Add(Problem(
                AttentionKind.ProviderSettings,
                problems.Count,
                $"{AttentionCondition.Plural(problems.Count, "setting")} of model providers {(problems.Count == 1 ? "is" : "are")} invalid. The logs of Api and Worker name {(problems.Count == 1 ? "it" : "them")}; check providers in config/shared.yaml and the environment variables."));
        }

        var models = await source.Sql(
            "select definition ->> 'continuation_model' as model, count(*) as bots from bots where tenant_id = @tenant and enabled group by 1 order by 1")
            .With("tenant", tenantId)
            .ListAsync(row => (Name: row.Get<string>("model"), Bots: row.Get<long>("bots")), cancellationToken);
        if (providers.Providers.Count == 0)
        {
            // Bots that name the offline model need no other.
            if (models.Count == 0 || models.Any(model => !RehearsalProvider.Serves(model.Name)))
            {
                items.Add(Problem(
                    AttentionKind.Models,
                    1,
                    "No model provider is configured: only the offline model (rehearsal) answers. Set a key, such as OPENAI_API_KEY for ./run; on a server write it into deploy/secrets/ENVIRONMENT/openai-api-key and run ./platform restart ENVIRONMENT."));
            }

            return items;
        }

        List<(string Name, long Bots)> unserved = [.. models.Where(model => providers.Choose(model.Name).Provider is null)];
        if (unserved.Count > 0)
        {
            var count = unserved.Sum(model => model.Bots);
            items.Add(Problem(
                AttentionKind.Models,
                count,
                $"No configured provider serves the model of {AttentionCondition.Plural(count, "bot")}: {string.Join(", ", unserved.Select(model => model.Name))}. Set the key of its provider, or change continuation_model."));
        }

        return items;
    }

    private static IEnumerable<AttentionItem> Ceiling(TokenLimitState state)
    {
        if (state.Limit is not { } limit || state.Used * 100m < limit * (decimal)CeilingWarningPercent)
        {
            yield break;
        }

        yield return Problem(
            AttentionKind.TokenCeiling,
            1,
            state.Used >= limit
                ? "The daily token limit is reached: model calls are rejected until midnight UTC."
                : $"{state.Used * 100m / limit:0}% of the daily token limit is used.");
    }

    private static IEnumerable<AttentionItem> Backups(BackupState state)
    {
        if (state.Verdict != BackupVerdict.Fine)
        {
            yield return new AttentionItem(
                AttentionKind.Backups,
                state.Verdict is BackupVerdict.NotSet or BackupVerdict.NoneYet ? AttentionLevel.Information : AttentionLevel.Problem,
                1,
                state.Message);
        }
    }

    private static AttentionItem DiskFull() => Problem(
        AttentionKind.Postgres, 1, "The disk of Postgres is full: nothing can be stored and bots do not answer. Free space there; a restart is not needed.");

    private static AttentionItem Problem(AttentionKind kind, long count, string message) => new(kind, AttentionLevel.Problem, count, message);
}
