namespace Platform.Tests.Core.Models;

public sealed class DailyTokenLimitTests(LocalPostgres postgres) : IAsyncLifetime
{
    private TestDatabase _database = null!; // Set before each test.

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task ReserveAsync_HundredAtOnce_NeverPassTheCeiling()
    {
        await using var models = Limited("1000");

        var granted = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => models.Ceiling.ReserveAsync(30, TestContext.Current.CancellationToken)));

        Assert.Equal(33, granted.Count(reservation => reservation is not null));
        Assert.Equal(990, await UsedAsync(models));
    }

    [Fact]
    public async Task ReserveAsync_MoreThanTheCeilingOnAFreshDay_IsRefused()
    {
        await using var models = Limited("1000");

        Assert.Null(await models.Ceiling.ReserveAsync(1001, TestContext.Current.CancellationToken));
        Assert.NotNull(await models.Ceiling.ReserveAsync(1000, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SettleAsync_CallUsedLess_GivesTheRestBack()
    {
        await using var models = Limited("1000");
        var reservation = Assert.NotNull(await models.Ceiling.ReserveAsync(900, TestContext.Current.CancellationToken));

        await models.Ceiling.SettleAsync(reservation, 120);

        Assert.Equal(120, await UsedAsync(models));
        Assert.NotNull(await models.Ceiling.ReserveAsync(880, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("off")]
    public async Task ReserveAsync_CeilingOff_GrantsAndStillCounts(string off)
    {
        await using var models = Limited(off);

        Assert.NotNull(await models.Ceiling.ReserveAsync(5_000_000, TestContext.Current.CancellationToken));

        var state = await models.Ceiling.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((5_000_000, null), (state.Used, state.Limit));
    }

    [Fact]
    public async Task ReadAsync_NothingSet_HasTheDefaultCeiling()
    {
        await using var models = ModelsHost.Create(database: _database);

        var state = await models.Ceiling.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, 1_000_000), (state.Used, state.Limit));
    }

    private ModelsHost Limited(string ceiling) => ModelsHost.Create(database: _database, settings: ("DAILY_TOKEN_CEILING", ceiling));

    private static async Task<long> UsedAsync(ModelsHost models) =>
        (await models.Ceiling.ReadAsync(TestContext.Current.CancellationToken)).Used;
}
