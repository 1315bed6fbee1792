namespace Platform.Tests.Core.Retention;

public sealed class SizeCapTests(LocalPostgres postgres) : IAsyncLifetime
{
    private TestDatabase? _database;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(Token);

    public async ValueTask DisposeAsync() => await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task ApplyAsync_DatabaseTooLarge_DropsOldestBodiesFirstAndNoTrace()
    {
        using var host = await RetentionHost.StartAsync(Database, Token);
        var oldest = await host.AddTraceAsync(3, Token, bodyBytes: 4_000_000);
        var middle = await host.AddTraceAsync(2, Token, bodyBytes: 4_000_000);
        var today = await host.AddTraceAsync(0, Token, bodyBytes: 4_000_000);
        var size = await host.Cap.SizeAsync(Token);

        var result = await host.Cap.ApplyAsync(size - 2_000_000, Token);

        Assert.NotNull(result);
        Assert.False(result.IsExceeded);
        Assert.Equal(0, result.TraceDays);
        Assert.Equal([false, true, true], await host.HaveBodiesAsync(Token, oldest, middle, today));
        Assert.Equal(3, (await host.IdsAsync("traces", Token)).Count);
        Assert.Equal("size", await Database.ScalarAsync<string>(
            "select cause from dropped_partitions where parent = 'bodies' and day = (now() at time zone 'utc')::date - 3", Token));
    }

    [Fact]
    public async Task ApplyAsync_NothingSmallEnough_DropsTracesAfterBodiesButNeverMessagesOrToday()
    {
        using var host = await RetentionHost.StartAsync(Database, Token);
        await host.AddTraceAsync(2, Token);
        var today = await host.AddTraceAsync(0, Token);
        await host.AddMessageAsync(300, Token);

        var result = await host.Cap.ApplyAsync(1, Token);

        Assert.NotNull(result);
        Assert.True(result.IsExceeded);
        Assert.True(result.TraceDays > 0);
        Assert.Equal(today, Assert.Single(await host.IdsAsync("traces", Token)));
        Assert.Equal([true], await host.HaveBodiesAsync(Token, today));
        Assert.Single(await host.IdsAsync("messages", Token));
        Assert.Equal("bodies,traces", await Database.ScalarAsync<string>(
            "select string_agg(class, ',' order by started_at) from retention_runs where cause = 'size'", Token));
    }
}
