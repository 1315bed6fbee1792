namespace Platform.Tests.Core.Retention;

public sealed class RetentionReaderTests(LocalPostgres postgres) : IAsyncLifetime
{
    private TestDatabase? _database;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(Token);

    public async ValueTask DisposeAsync() => await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task ListAsync_AfterASweep_TellsTimesSizesAndFigures()
    {
        using var host = await RetentionHost.StartAsync(Database, Token);
        await host.AddTraceAsync(5, Token, bodyBytes: 100_000);
        await host.AddTraceAsync(1, Token, bodyBytes: 100_000);
        await host.Sweep.RunAsync(Token);

        var classes = (await host.Reader.ListAsync(Token)).ToDictionary(one => one.Class.Name);

        Assert.Equal(TimeSpan.FromDays(3), classes["bodies"].Class.Keep);
        Assert.True(classes["bodies"].SizeBytes > 100_000);
        Assert.True(classes["bodies"].BytesDropped > 100_000);
        Assert.Equal(1, classes["bodies"].RowsDropped);
        Assert.NotNull(classes["bodies"].LastRun?.FinishedAt);
        Assert.Null(classes["imported-traces"].LastRun);
    }
}
