using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Npgsql;

namespace Platform.Tests.Eng.StandIns;

/// <summary>Runs Postgres, Redis and replicas as the stand-ins for Aspire hosting do; the projects are run by the tests of <c>./run</c>.</summary>
public sealed class AspireHostingRunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("platform-apphost-");

    /// <summary>As root, the server's user must be able to pass through the folder.</summary>
    public AspireHostingRunTests()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_data.FullName, File.GetUnixFileMode(_data.FullName) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Run_StartedTwiceWithAnotherPassword_KeepsTheData()
    {
        await RunAsync("first", async database =>
        {
            await using var create = new NpgsqlCommand("CREATE TABLE kept AS SELECT 42 AS answer", database);
            await create.ExecuteNonQueryAsync(Cancellation);
        });

        await RunAsync("second", async database =>
        {
            await using var read = new NpgsqlCommand("SELECT answer FROM kept", database);
            Assert.Equal(42, await read.ExecuteScalarAsync(Cancellation));
        });
    }

    [Fact]
    public async Task Run_PortTaken_NamesThePortAndItsOwner()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var builder = CreateBuilder("password");
        builder.AddRedis("redis", port);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => RunAsync(builder, Cancellation));

        Assert.Contains($"Port {port} of redis is taken by", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"(pid {Environment.ProcessId})", failure.Message, StringComparison.Ordinal);
        Assert.Equal("failed", (string?)State()?["status"]);
    }

    [Fact]
    public async Task Run_ProjectWithReplicas_OutlivesOneAndStopsEach()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var builder = CreateBuilder("password");
        builder.AddResource(new ProjectResource("twin")).WithHttpEndpoint().WithReplicas(2).WithAnnotation(new IdleServer());
        var run = RunAsync(builder, stop.Token);

        await Eventually.TrueAsync(() => run.IsCompleted || (string?)State()?["status"] == "ready", Patience, "both replicas are ready");
        Assert.False(run.IsCompleted, run.Exception?.Message);
        var urls = State()?["urls"]?.AsObject().ToDictionary(url => url.Key, url => (string?)url.Value) ?? [];
        Assert.Equal(["twin-1", "twin-2"], urls.Keys.Order());
        Assert.Equal(2, urls.Values.Distinct().Count());
        var replicas = Replicas();
        Assert.Equal(["twin-1", "twin-2"], replicas.Keys.Order());

        using (var first = Process.GetProcessById(replicas["twin-1"]))
        {
            first.Kill();
        }

        await Eventually.TrueAsync(() => Replicas().Keys.SequenceEqual(["twin-2"]), Patience, "only the other replica is left");
        Assert.Equal("ready", (string?)State()?["status"]);
        await stop.CancelAsync();
        await run.WaitAsync(Patience, Cancellation);
        Assert.All(replicas.Values, pid => Assert.False(Directory.Exists($"/proc/{pid}")));
    }

    [Fact]
    public async Task Run_ReplicasWithFixedPort_SaysThatEachNeedsItsOwn()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        stop.CancelAfter(Patience);
        var builder = CreateBuilder("password");
        builder.AddResource(new ProjectResource("twin")).WithHttpEndpoint(port: 8090).WithReplicas(2).WithAnnotation(new IdleServer());

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => RunAsync(builder, stop.Token));

        Assert.Contains("twin has 2 replicas, but its endpoint 'http' the fixed port 8090.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("set the endpoint's Port to null", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_ProjectWithReplicas_NamesTheReplicasOwnPorts()
    {
        var builder = CreateBuilder("password");
        var twin = builder.AddProject<WorkerProject>("twin").WithHttpEndpoint(name: "admin", env: "ADMIN_PORT").WithReplicas(2);
        twin.WithEndpoint("http", endpoint => endpoint.AllocatedPorts = [5001, 5002]);
        twin.WithEndpoint("admin", endpoint => endpoint.AllocatedPorts = [6001, 6002]);

        var second = ResourceValues.Environment(twin.Resource, builder.ExecutionContext, replica: 1);

        Assert.Equal("http://localhost:5002", await ResourceValues.ResolveAsync(second["ASPNETCORE_URLS"], Cancellation));
        Assert.Equal("6002", await ResourceValues.ResolveAsync(second["ADMIN_PORT"], Cancellation));
        Assert.Equal("http://localhost:5001", await twin.GetEndpoint("http").GetValueAsync(Cancellation));
    }

    private async Task RunAsync(string password, Func<NpgsqlConnection, Task> use)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var builder = CreateBuilder(password);
        var database = builder.AddPostgres("postgres").AddDatabase("appdb", "App Data");
        builder.AddRedis("redis").WithPersistence();
        var run = RunAsync(builder, stop.Token);

        await Eventually.TrueAsync(() => run.IsCompleted || (string?)State()?["status"] == "ready", Patience, "the databases are ready");
        Assert.False(run.IsCompleted, run.Exception?.Message);
        var processes = State()?["processes"]?.AsArray().Select(process => (int)process!["pid"]!).ToList() ?? [];
        Assert.Equal(2, processes.Count);
        await using (var connection = new NpgsqlConnection(await database.Resource.ConnectionStringExpression.GetValueAsync(Cancellation) + ";Pooling=false"))
        {
            await connection.OpenAsync(Cancellation);
            await use(connection);
        }

        await stop.CancelAsync();
        await run.WaitAsync(Patience, Cancellation);
        Assert.All(processes, pid => Assert.False(Directory.Exists($"/proc/{pid}")));
        Assert.Null(State());
    }

    private IDistributedApplicationBuilder CreateBuilder(string password) => DistributedApplication.CreateBuilder(new DistributedApplicationOptions
    {
        Args = ["--data", _data.FullName, $"--Parameters:postgres-password={password}", $"--Parameters:redis-password={password}"],
        ProjectDirectory = _data.FullName,
    });

    /// <summary>As <c>DistributedApplication.RunAsync</c>, which turns a failure into this process's exit code.</summary>
    private static Task RunAsync(IDistributedApplicationBuilder builder, CancellationToken cancellationToken) =>
        new LocalRun((DistributedApplicationBuilder)builder).RunAsync(cancellationToken);

    private Dictionary<string, int> Replicas() =>
        State()?["processes"]?.AsArray().ToDictionary(process => (string)process!["name"]!, process => (int)process!["pid"]!) ?? [];

    private JsonNode? State()
    {
        var file = Path.Combine(_data.FullName, "run", "state.json");
        try
        {
            return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A process that does nothing until it is told to stop.</summary>
    private sealed class IdleServer : LocalServer
    {
        public override Task<ProcessCommand> PrepareAsync(LocalServerContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new ProcessCommand("sleep", ["infinity"]) { WorkingDirectory = "/" });

        public override Task<bool> IsHealthyAsync(CancellationToken cancellationToken) => Task.FromResult(true);
    }

    private sealed class WorkerProject : IProjectMetadata
    {
        public string ProjectPath => Repository.PathOf("Worker", "Worker.csproj");
    }
}
