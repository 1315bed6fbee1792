namespace Platform.Tests.Worker.Faults;

/// <summary>A platform that waits for its models as briefly as the settings allow.</summary>
public sealed class ImpatientPlatform(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    /// <summary>Longer than the silence, so that a first token on a busy machine is not taken for a hang.</summary>
    public const int FirstTokenSeconds = 3;

    private TestPlatform? _platform;

    public TestPlatform Platform => _platform ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync(
        postgres,
        await redis.ConnectionStringAsync(Token),
        Token,
        settings =>
        {
            settings["Models__FirstTokenTimeout"] = $"00:00:0{FirstTokenSeconds}";
            settings["Models__SilenceTimeout"] = "1";
        });

    public ValueTask DisposeAsync() => _platform?.DisposeAsync() ?? ValueTask.CompletedTask;
}
