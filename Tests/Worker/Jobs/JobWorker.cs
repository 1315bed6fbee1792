using Platform.Tests.Core.Jobs;

namespace Platform.Tests.Worker.Jobs;

/// <summary>A worker in production, with a key, and another process's way to its queue.</summary>
public sealed class JobWorker(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    public const string Key = "key-of-programs-0123456789abcdef0123";

    public TestDatabase Database { get; private set; } = null!; // Set before each test.

    public HostProcess Process { get; private set; } = null!; // Set before each test.

    internal JobHost Jobs { get; private set; } = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CreateDatabaseAsync(Token);
        Jobs = new JobHost(Database);
        Process = await HostProcess.StartReadyAsync(
            "Worker",
            new Dictionary<string, string?>
            {
                ["ConnectionStrings__platformdb"] = Database.ConnectionString,
                ["ConnectionStrings__redis"] = await redis.ConnectionStringAsync(Token),
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["API_KEY"] = Key,
            },
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Jobs.Dispose();
        await Database.DisposeAsync();
    }

    /// <summary>Waits until a job is in a state.</summary>
    internal Task UntilAsync(string job, string state, TimeSpan deadline) => Eventually.TrueAsync(
        async token => await Database.ScalarAsync<string>($"select statename from hangfire.job where id = {job}", token) == state,
        deadline,
        $"job {job} is {state}; the worker says:\n{Process.Log}");
}
