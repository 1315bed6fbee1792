using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Traces;

/// <summary>A database that holds the sample logs, shared by the tests of a class that only read.</summary>
public sealed class SampleTraces(LocalPostgres postgres) : IAsyncLifetime
{
    private TestDatabase? _database;
    private IHost? _host;

    public IServiceProvider Services => _host?.Services ?? throw new InvalidOperationException("The host is built in InitializeAsync.");

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        _database = await postgres.CreateDatabaseAsync(token);
        _host = BuildHost(_database.ConnectionString);
        await ImportAsync(_database.ConnectionString, token);
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>A host of its own over the same database.</summary>
    public IHost BuildHost() => BuildHost(_database?.ConnectionString ?? "");

    public static IHost BuildHost(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-traces" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", connectionString)]);
        builder.AddStorage(maxConnections: 5);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTraces();
        return builder.Build();
    }

    public static async Task ImportAsync(string connectionString, CancellationToken cancellationToken)
    {
        using var host = new ImportHost(connectionString);
        await host.ImportFolderAsync(Samples.Path("chapterx-logs"), cancellationToken);
    }
}
