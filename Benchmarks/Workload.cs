using Npgsql;
using NpgsqlTypes;
using Platform.Core.Activations.Queue;

namespace Platform.Benchmarks;

/// <summary>Bots that must not answer, conversations with them, and activations that end with the decision "no".</summary>
internal sealed class Workload
{
    private readonly BenchmarkPlatform _platform;
    private readonly IReadOnlyList<(Guid Bot, Guid Channel)> _places;
    private long _asked;

    private Workload(BenchmarkPlatform platform, IReadOnlyList<(Guid Bot, Guid Channel)> places)
    {
        this._platform = platform;
        this._places = places;
    }

    /// <summary>Makes bots that are disabled, so that the first rule of the decision says no, and conversations with each.</summary>
    public static async Task<Workload> CreateAsync(BenchmarkPlatform platform, int bots, int channelsPerBot, CancellationToken cancellationToken)
    {
        await platform.ExecuteAsync(
            $"""
            insert into authors (id, tenant_id, kind, handle, display_name)
            select gen_random_uuid(), 'home', 'bot', 'mute-' || n, 'Mute ' || n from generate_series(1, {bots}) n;
            insert into bots (author_id, tenant_id, enabled, definition_hash, definition)
            select a.id, 'home', false, b.definition_hash, b.definition
            from authors a, (select * from bots limit 1) b where a.handle like 'mute-%';
            insert into channels (id, tenant_id, kind, bot_id, created_by, title)
            select gen_random_uuid(), 'home', 'conversation', a.id, (select id from authors where handle = 'you'), 'A conversation'
            from authors a, generate_series(1, {channelsPerBot}) where a.handle like 'mute-%';
            analyze;
            """,
            cancellationToken);
        List<(Guid Bot, Guid Channel)> places = [];
        await using var command = platform.Database.CreateCommand(
            "select c.bot_id, c.id from channels c join authors a on a.id = c.bot_id where a.handle like 'mute-%' order by random()");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            places.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        return new Workload(platform, places);
    }

    /// <summary>Queues one activation and wakes the workers in the same statement, as the Api does.</summary>
    /// <returns>Its id, once it is committed.</returns>
    public async Task<Guid> AskAsync(CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var (bot, channel) = Next();
        await using var command = _platform.Database.CreateCommand(
            $"""
            with activation as (
                insert into activations (id, tenant_id, bot_id, channel_id, reason, trigger)
                values (@id, 'home', @bot, @channel, 'conversation', @trigger)
                returning id)
            select pg_notify('{ActivationQueue.WakeChannel}', '') from activation
            """);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("bot", bot);
        command.Parameters.AddWithValue("channel", channel);
        command.Parameters.AddWithValue("trigger", $"benchmark:{id}");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return id;
    }

    /// <summary>Queues many activations in one transaction, spread over all conversations, and wakes the workers.</summary>
    public async Task AskManyAsync(int count, CancellationToken cancellationToken)
    {
        await using var connection = await _platform.Database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var import = await connection.BeginBinaryImportAsync(
            "copy activations (id, tenant_id, bot_id, channel_id, reason, trigger) from stdin (format binary)", cancellationToken))
        {
            for (var number = 0; number < count; number++)
            {
                var id = Guid.CreateVersion7();
                var (bot, channel) = Next();
                await import.StartRowAsync(cancellationToken);
                await import.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken);
                await import.WriteAsync("home", NpgsqlDbType.Text, cancellationToken);
                await import.WriteAsync(bot, NpgsqlDbType.Uuid, cancellationToken);
                await import.WriteAsync(channel, NpgsqlDbType.Uuid, cancellationToken);
                await import.WriteAsync("conversation", NpgsqlDbType.Text, cancellationToken);
                await import.WriteAsync($"benchmark:{id}", NpgsqlDbType.Text, cancellationToken);
            }

            await import.CompleteAsync(cancellationToken);
        }

        await using (var notify = new NpgsqlCommand($"select pg_notify('{ActivationQueue.WakeChannel}', '')", connection))
        {
            await notify.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Waits until nothing waits or runs.</summary>
    public Task UntilDoneAsync(CancellationToken cancellationToken) =>
        _platform.UntilAsync("select not exists (select from activations where state in ('queued', 'running'))", cancellationToken);

    private (Guid Bot, Guid Channel) Next() => _places[(int)(Interlocked.Increment(ref _asked) % _places.Count)];
}
