namespace Platform.Tests.Infrastructure.SelfTests;

public sealed class LocalPostgresTests(LocalPostgres postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateDatabaseAsync_CalledAtOnce_GivesSeparateDatabases()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => postgres.CreateDatabaseAsync(Cancellation)));

        await databases[0].ExecuteAsync("CREATE TABLE mine AS SELECT 7 AS seven", Cancellation);

        Assert.Equal(7, await databases[0].ScalarAsync<int>("SELECT seven FROM mine", Cancellation));
        Assert.False(await databases[1].ScalarAsync<bool>("SELECT to_regclass('mine') IS NOT NULL", Cancellation));
        await Task.WhenAll(databases.Select(database => database.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task CreateDatabaseAsync_Called_GivesThePlatformsSchema()
    {
        await using var database = await postgres.CreateDatabaseAsync(Cancellation);

        Assert.True(await database.ScalarAsync<bool>("SELECT to_regclass('activations') IS NOT NULL", Cancellation));
    }

    [Fact]
    public async Task DisposeAsync_OpenConnection_DropsDatabase()
    {
        await using var witness = await postgres.CreateEmptyDatabaseAsync(Cancellation);
        var database = await postgres.CreateDatabaseAsync(Cancellation);
        await using var open = await database.OpenAsync(Cancellation);

        await database.DisposeAsync();

        Assert.Equal(0L, await witness.ScalarAsync<long>($"SELECT count(*) FROM pg_database WHERE datname = '{database.Name}'", Cancellation));
    }
}
