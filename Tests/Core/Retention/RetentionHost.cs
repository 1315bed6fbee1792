using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Core.Retention;
using Platform.Core.Storage;
using Platform.Core.Traces;

namespace Platform.Tests.Core.Retention;

/// <summary>Retention over a test's database, and rows of any age to try it on.</summary>
internal sealed class RetentionHost : IDisposable
{
    private const string Bot = "11111111-1111-4111-8111-111111111111";
    private const string Channel = "22222222-2222-4222-8222-222222222222";

    private readonly IHost _host;
    private readonly TestDatabase _database;

    public RetentionHost(TestDatabase database, params (string Key, string Value)[] settings)
    {
        _database = database;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-retention" });
        builder.Configuration.AddInMemoryCollection(
            [new($"ConnectionStrings:{StorageOptions.ConnectionName}", DatabaseRoles.ConnectionString(database.ConnectionString, DatabaseRoles.Worker)),
             .. settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))]);
        builder.AddStorage(maxConnections: 5);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTraces();
        builder.Services.AddRetention();
        _host = builder.Build();
    }

    /// <summary>Makes one whose days can be filled.</summary>
    public static async Task<RetentionHost> StartAsync(TestDatabase database, CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var host = new RetentionHost(database, settings);
        await host.PrepareAsync(cancellationToken);
        return host;
    }

    public RetentionSweep Sweep => _host.Services.GetRequiredService<RetentionSweep>();

    public SizeCap Cap => _host.Services.GetRequiredService<SizeCap>();

    public RetentionReader Reader => _host.Services.GetRequiredService<RetentionReader>();

    public TraceReader Traces => _host.Services.GetRequiredService<TraceReader>();

    public DayPartitions Partitions => _host.Services.GetRequiredService<DayPartitions>();

    /// <summary>A bot with a conversation, and day partitions for the last 40 days.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => _database.ExecuteAsync(
        $"""
        insert into authors (id, tenant_id, kind, handle, display_name) values ('{Bot}', 'home', 'bot', 'ada', 'Ada');
        insert into bots (author_id, tenant_id, enabled, definition_hash, definition) values ('{Bot}', 'home', true, '', jsonb_build_object());
        insert into channels (id, tenant_id, kind, created_by) values ('{Channel}', 'home', 'conversation', '{Bot}');
        select ensure_day_partitions((now() at time zone 'utc')::date - 40, (now() at time zone 'utc')::date);
        """,
        cancellationToken);

    /// <summary>A trace of our own with its document, a call and a body, stored some days ago.</summary>
    /// <returns>The trace's id.</returns>
    public async Task<Guid> AddTraceAsync(int daysAgo, CancellationToken cancellationToken, int bodyBytes = 100)
    {
        var id = Guid.CreateVersion7();
        await _database.ExecuteAsync(
            $"""
            with moment as (select now() - interval '{daysAgo} days' as at, (now() at time zone 'utc')::date - {daysAgo} as day),
            trace as (
                insert into traces (id, tenant_id, source, source_trace_id, bot, bot_id, channel_id, reason, outcome, started_at, document_day, stored_at)
                select '{id}', 'home', 'native', '{id}', 'ada', '{Bot}', 'c', 'conversation', 'answered', at, day, at from moment
            ), document as (
                insert into trace_documents select day, '{id}', 2, '\x00', '\x00' from moment
            ), reference as (
                insert into trace_messages values ('{id}', array['m'], 0, 1)
            ), call as (
                insert into llm_calls (id, trace_id, position, call_id, model, started_at) select '{id}', '{id}', 0, 'call', 'm', at from moment
            ), body as (
                insert into bodies select day, decode(replace('{id}', '-', ''), 'hex'), {bodyBytes},
                    (select string_agg(decode(md5(random()::text), 'hex'), '') from generate_series(1, {bodyBytes} / 16 + 1)) from moment
            )
            insert into llm_call_bodies select '{id}', 'request', 0, 'r', day, decode(replace('{id}', '-', ''), 'hex') from moment
            """,
            cancellationToken);
        return id;
    }

    /// <summary>A message of some days ago.</summary>
    public async Task<Guid> AddMessageAsync(int daysAgo, CancellationToken cancellationToken, Guid? replyTo = null, Guid? activation = null)
    {
        var id = Guid.CreateVersion7();
        await _database.ExecuteAsync(
            $"""
            with next as (update channels set next_sequence = next_sequence + 1 where id = '{Channel}' returning next_sequence - 1 as sequence)
            insert into messages (id, tenant_id, channel_id, sequence, author_id, role, content, reply_to, activation_id, created_at)
            select '{id}', 'home', '{Channel}', sequence, '{Bot}', 'user', 'Hello.', {Literal(replyTo)}, {Literal(activation)}, now() - interval '{daysAgo} days'
            from next
            """,
            cancellationToken);
        return id;
    }

    /// <summary>An activation that was asked for, and ended unless it waits, some days ago.</summary>
    public async Task<Guid> AddActivationAsync(int daysAgo, CancellationToken cancellationToken, string state = "silent", Guid? trigger = null)
    {
        var id = Guid.CreateVersion7();
        var finished = state == "queued" ? "null" : $"now() - interval '{daysAgo} days'";
        await _database.ExecuteAsync(
            $"""
            insert into activations (id, tenant_id, bot_id, channel_id, reason, trigger, trigger_message_id, state, created_at, finished_at)
            values ('{id}', 'home', '{Bot}', '{Channel}', 'conversation', '{id}', {Literal(trigger)}, '{state}', now() - interval '{daysAgo} days', {finished})
            """,
            cancellationToken);
        return id;
    }

    public async Task<IReadOnlyList<Guid>> IdsAsync(string table, CancellationToken cancellationToken) =>
        await _database.ScalarAsync<Guid[]>($"select coalesce(array_agg(id order by id), array[]::uuid[]) from {table}", cancellationToken) ?? [];

    /// <summary>Says of traces of one body each whether that is still here.</summary>
    public async Task<IReadOnlyList<bool>> HaveBodiesAsync(CancellationToken cancellationToken, params Guid[] traces)
    {
        List<bool> have = [];
        foreach (var trace in traces)
        {
            have.Add(Assert.Single((await Traces.BodiesAsync(trace, cancellationToken)).Single()).SizeBytes is not null);
        }

        return have;
    }

    public void Dispose() => _host.Dispose();

    private static string Literal(Guid? id) => id is { } known ? $"'{known}'" : "null";
}
