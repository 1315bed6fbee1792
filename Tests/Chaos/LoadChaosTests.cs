namespace Platform.Tests.Chaos;

/// <summary>A burst, and clocks that differ.</summary>
[Collection(ChaosCollection.Name)]
[Trait("Category", "Chaos")]
public sealed class LoadChaosTests(ChaosPlatform chaos, ITestOutputHelper output)
{
    private const int ShortBurst = 1_000;
    private const int LongBurst = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Burst_OfEvents_EachEndsOnceAndAnswersGoOn()
    {
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        var count = ChaosLength.IsLong ? LongBurst : ShortBurst;
        var burst = Guid.NewGuid();

        await chaos.Platform.Database.ExecuteAsync(
            $"""
            with place as (
                insert into channels (id, tenant_id, kind, bot_id, created_by)
                select gen_random_uuid(), 'home', 'conversation', a.id, (select id from authors where handle = 'you')
                from authors a, generate_series(1, 50) where a.handle = 'mute'
                returning id, bot_id
            ), numbered as (select id, bot_id, row_number() over () as number from place)
            insert into activations (id, tenant_id, bot_id, channel_id, reason, trigger)
            select gen_random_uuid(), 'home', p.bot_id, p.id, 'conversation', 'burst:{burst}:' || n
            from generate_series(1, {count}) n join numbered p on p.number = 1 + n % 50;
            notify activations;
            """,
            Token);
        await Eventually.TrueAsync(
            async token => await CountAsync($"trigger like 'burst:{burst}:%' and state = 'silent'", token) == count,
            ChaosPlatform.Quiet,
            $"all {count} end");

        await load.GoesOnAsync();
        await chaos.AssertSoundAsync(load, output);
        Assert.Equal(count, await chaos.Platform.Database.ScalarAsync<long>(
            $"select count(*) from traces t join activations a on a.id = t.activation_id where a.trigger like 'burst:{burst}:%'", Token));
    }

    [Fact]
    public async Task Workers_WithClocks90SecondsApart_RobNobodyAndWaitForNobody()
    {
        // Debian keeps it in a folder named after the processor.
        var library = Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(library is null, "libfaketime is not installed: apt-get install faketime.");
        var settings = new Dictionary<string, string?>(chaos.Platform.Settings)
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME"] = "+90s",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["DONT_FAKE_MONOTONIC"] = "1",
            // Its workaround for an older C library makes every wait with a timeout end at once.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        };
        await using var fast = await HostProcess.StartReadyAsync("Worker", settings, Token);
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        await Eventually.TrueAsync(
            async token => await CountAsync($"lease_owner like '%-{fast.Id}-%'", token) > 3, ChaosPlatform.Quiet, "the worker whose clock is ahead claims too");
        await load.GoesOnAsync(40);
        await load.StopAsync();

        Assert.Equal(0, await CountAsync($"channel_id in ('{string.Join("', '", load.Conversations)}') and attempt > 1", Token));
        await load.DisturbAsync(fast.KillAsync);
        await chaos.AssertSoundAsync(load, output);
    }

    private Task<long> CountAsync(string condition, CancellationToken cancellationToken) =>
        chaos.Platform.Database.ScalarAsync<long>($"select count(*) from activations where {condition}", cancellationToken);
}
