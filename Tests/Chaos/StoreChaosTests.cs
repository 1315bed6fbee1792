using Npgsql;

namespace Platform.Tests.Chaos;

/// <summary>Postgres and Redis that are cut off, restarted, full and busy.</summary>
[Collection(ChaosCollection.Name)]
[Trait("Category", "Chaos")]
public sealed class StoreChaosTests(ChaosPlatform chaos, ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backends_Killed_EverythingEndsOnce()
    {
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        var length = new ChaosLength();
        while (length.Goes(least: 3))
        {
            await load.DisturbAsync(CutAllAsync);
            await load.GoesOnAsync();
        }

        await chaos.AssertSoundAsync(load, output);
        output.WriteLine($"{length.Rounds} times all backends");
    }

    [Fact]
    public async Task Postgres_StoppedInImmediateModeOrKilled_EverythingEndsOnce()
    {
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        var length = new ChaosLength();
        while (length.Goes(least: 2))
        {
            await load.DisturbAsync(async () =>
            {
                await ((length.Rounds % 3) switch
                {
                    1 => chaos.Postgres.StopImmediatelyAsync(),
                    2 => chaos.Postgres.KillAsync(),
                    _ => chaos.Postgres.StopAsync(),
                });
                await chaos.Postgres.StartAsync(Token);
            });
            await load.GoesOnAsync();
        }

        await chaos.AssertSoundAsync(load, output);
        output.WriteLine($"{length.Rounds} restarts");
    }

    [Fact]
    public async Task Redis_Restarted_EverythingEndsOnce()
    {
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        var length = new ChaosLength();
        while (length.Goes(least: 2))
        {
            await load.DisturbAsync(async () =>
            {
                await (length.Rounds % 2 == 0 ? chaos.Redis.StopAsync() : chaos.Redis.KillAsync());
                await load.GoesOnAsync();
                await chaos.Redis.StartAsync(Token);
            });
            await load.GoesOnAsync();
        }

        await chaos.AssertSoundAsync(load, output);
        output.WriteLine($"{length.Rounds} restarts");
    }

    [Fact]
    public async Task Connections_AllTaken_EverythingEndsOnceAfterwards()
    {
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        var length = new ChaosLength();
        while (length.Goes(least: 1))
        {
            await load.DisturbAsync(() => TakeAllConnectionsAsync(load));
            await load.GoesOnAsync();
        }

        await chaos.AssertSoundAsync(load, output);
        output.WriteLine($"{length.Rounds} times all {ChaosPlatform.MaxConnections} connections");
    }

    [Fact]
    public async Task Disk_Full_EverythingEndsOnceAfterwards()
    {
        await using var disk = await SmallDisk.MountAsync(chaos.Postgres, chaos.Platform.Database, "messages", Token);
        Assert.SkipWhen(disk is null, "A small file system is mounted for this, which takes root and CAP_SYS_ADMIN.");
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        var length = new ChaosLength();
        while (length.Goes(least: 1))
        {
            await load.DisturbAsync(async () =>
            {
                var refused = load.Refused;
                await disk.FillAsync(Token);
                await Eventually.TrueAsync(() => load.Refused > refused + 3, ChaosPlatform.Quiet, "posts are refused while the disk is full");
                await disk.EmptyAsync(Token);
            });
            await load.GoesOnAsync();
        }

        await chaos.AssertSoundAsync(load, output);
        output.WriteLine($"{length.Rounds} times a full disk");
    }

    /// <summary>Every connection of the platform and of the tests, but the one that says so.</summary>
    private async Task CutAllAsync()
    {
        await chaos.Postgres.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()", Token);
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Cuts the platform off and takes every place before it comes back, until posts were refused.</summary>
    private async Task TakeAllConnectionsAsync(ChaosLoad load)
    {
        List<NpgsqlConnection> held = [];
        try
        {
            await CutAllAsync();
            var refused = load.Refused;
            await Eventually.TrueAsync(
                async token =>
                {
                    try
                    {
                        var connection = new NpgsqlConnection(chaos.Postgres.ConnectionString() + ";Pooling=false");
                        held.Add(connection);
                        await connection.OpenAsync(token);
                    }
                    catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
                    {
                        await CutOthersAsync(held);
                    }

                    return load.Refused > refused + 3;
                },
                ChaosPlatform.Quiet,
                "posts are refused while all connections are taken");
        }
        finally
        {
            foreach (var connection in held)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>From one of the connections held: whoever slipped in goes out again.</summary>
    private static async Task CutOthersAsync(List<NpgsqlConnection> held)
    {
        var open = held.Where(one => one.State == System.Data.ConnectionState.Open).ToList();
        await using var command = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> all($1)", open[0]);
        command.Parameters.AddWithValue(open.Select(one => one.ProcessID).ToArray());
        await command.ExecuteNonQueryAsync(Token);
    }
}
