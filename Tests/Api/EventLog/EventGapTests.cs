using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Api.Features.EventLog;
using Platform.Api.Streams;
using Platform.Contracts.EventLog;
using Platform.Core.Storage;

namespace Platform.Tests.Api.EventLog;

public sealed class EventGapTests(LocalPostgres postgres) : IAsyncLifetime
{
    private const int Count = 10_000;

    private TestDatabase _database = null!; // Set before each test.
    private IHost _host = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-events" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", _database.ConnectionString)]);
        builder.AddStorage(maxConnections: 5);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddEvents();
        _host = builder.Build();

        // All but the last hundred are of yesterday.
        await _database.ExecuteAsync(
            $"""
            select ensure_day_partitions((now() at time zone 'utc')::date - 1, (now() at time zone 'utc')::date);
            insert into event_log (stored_day, position, id, tenant_id, type, data, created_at)
            select (now() at time zone 'utc')::date - case when n > {Count - 100} then 0 else 1 end, n, gen_random_uuid(), 'home', 'message.created', '[]', now()
            from generate_series(1, {Count}) n;
            update event_head set position = {Count};
            """,
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Read_TenThousandEvents_EachOnceInOrder()
    {
        List<long> seen = [];
        await foreach (var item in Follow(0))
        {
            if (item.Event == EventTypes.MessageCreated && Seen(seen, item) == Count)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(1, Count).Select(number => (long)number), seen);
    }

    [Fact]
    public async Task Read_RetentionDropsWhatWasNotReadYet_TellsWhereItGoesOn()
    {
        await using var items = Follow(0).GetAsyncEnumerator(Token);
        List<long> seen = [];
        while (seen.Count == 0)
        {
            Assert.True(await items.MoveNextAsync());
            if (items.Current.Event == EventTypes.MessageCreated)
            {
                Seen(seen, items.Current);
            }
        }

        await _database.ExecuteAsync("do $$ begin execute 'drop table event_log_' || to_char((now() at time zone 'utc')::date - 1, 'YYYYMMDD'); end $$", Token);
        EventGapEvent? gap = null;
        while (seen[^1] < Count)
        {
            Assert.True(await items.MoveNextAsync());
            gap = items.Current.Data as EventGapEvent ?? gap;
            if (items.Current.Event == EventTypes.MessageCreated)
            {
                Seen(seen, items.Current);
            }
        }

        var before = seen.Count - 100;
        Assert.Equal(Enumerable.Range(1, before).Concat(Enumerable.Range(Count - 99, 100)).Select(number => (long)number), seen);
        Assert.Equal(new EventGapEvent(before, Count - 99), gap);
    }

    [Fact]
    public async Task Read_DatabaseWasRestored_TellsWhereItGoesOn()
    {
        await using var items = Follow(Count).GetAsyncEnumerator(Token);
        Assert.True(await items.MoveNextAsync());

        await _database.ExecuteAsync("update event_head set position = 50; delete from event_log where position > 50", Token);

        Assert.True(await items.MoveNextAsync());
        Assert.Equal(new EventGapEvent(Count, 51), items.Current.Data);
    }

    private static int Seen(List<long> seen, StreamItem item)
    {
        seen.Add(long.Parse(item.Id, System.Globalization.CultureInfo.InvariantCulture));
        return seen.Count;
    }

    private IAsyncEnumerable<StreamItem> Follow(long after) =>
        _host.Services.GetRequiredService<EventStream>().ReadAsync("home", [.. EventTypes.All], after, Token);
}
