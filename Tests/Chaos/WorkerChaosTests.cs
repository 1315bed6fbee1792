using Platform.Core.Activations.Queue;


namespace Platform.Tests.Chaos;

/// <summary>Workers that are killed, paused and stopped.</summary>
[Collection(ChaosCollection.Name)]
[Trait("Category", "Chaos")]
public sealed class WorkerChaosTests(ChaosPlatform chaos, ITestOutputHelper output)
{
    private const int ShortTerminations = 2;
    private const int LongTerminations = 100;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_KilledAgainAndAgain_EverythingEndsOnce()
    {
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        var length = new ChaosLength();
        while (length.Goes(least: 2))
        {
            var victim = chaos.Workers[length.Rounds % chaos.Workers.Count];
            await load.DisturbAsync(victim.KillAsync);
            await load.GoesOnAsync();
            await victim.RestartAsync(Token);
        }

        await chaos.AssertSoundAsync(load, output);
        output.WriteLine($"{length.Rounds} kills");
    }

    [Fact]
    public async Task BothWorkers_KilledAtOnce_EverythingEndsOnce()
    {
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        var length = new ChaosLength();
        while (length.Goes(least: 1))
        {
            await load.DisturbAsync(() => Task.WhenAll(chaos.Workers.Select(worker => worker.KillAsync())));
            await Task.WhenAll(chaos.Workers.Select(worker => worker.RestartAsync(Token)));
            await load.GoesOnAsync();
        }

        await chaos.AssertSoundAsync(load, output);
        output.WriteLine($"{length.Rounds} times");
    }

    [Fact]
    public async Task Worker_PausedPastItsLeases_FinishesNothingStale()
    {
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        var length = new ChaosLength();
        while (length.Goes(least: 1))
        {
            var paused = chaos.Workers[length.Rounds % chaos.Workers.Count];
            await HoldsAsync(paused, atLeast: 1);
            await load.DisturbAsync(async () =>
            {
                paused.Pause();
                try
                {
                    // The other worker takes all of it over.
                    await HoldsAsync(paused, atLeast: 0);
                }
                finally
                {
                    paused.Resume();
                }
            });
            await load.GoesOnAsync();
        }

        await chaos.AssertSoundAsync(load, output);
        output.WriteLine($"{length.Rounds} pauses beyond {ActivationQueue.Lease.TotalSeconds:0} s");
    }

    [Fact]
    public async Task Worker_Terminated_LosesNothingAndLeavesNoLease()
    {
        await using var load = await ChaosLoad.StartAsync(chaos.Platform, Token);
        var times = ChaosLength.IsLong ? LongTerminations : ShortTerminations;
        for (var time = 0; time < times; time++)
        {
            var worker = chaos.Workers[time % chaos.Workers.Count];
            var id = worker.Id;
            await HoldsAsync(worker, atLeast: 1);

            Assert.True(await worker.TerminateAsync(), $"termination {time + 1}: the worker ends by itself");

            Assert.Equal(0, await HeldAsync(id));
            await worker.RestartAsync(Token);
        }

        await chaos.AssertSoundAsync(load, output);
        output.WriteLine($"{times} of {times} terminations in order");
    }

    private Task<long> HeldAsync(int processId) => chaos.Platform.Database.ScalarAsync<long>(
        $"select count(*) from activations where state = 'running' and lease_owner like '%-{processId}-%'", Token);

    /// <summary>Waits until the process holds something, or nothing.</summary>
    private Task HoldsAsync(HostProcess worker, int atLeast) => Eventually.TrueAsync(
        async _ => await HeldAsync(worker.Id) is var held && (atLeast > 0 ? held >= atLeast : held == 0),
        ChaosPlatform.Quiet,
        atLeast > 0 ? "the worker has activations in hand" : "another worker took all of it over");
}
