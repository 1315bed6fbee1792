using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Core.Models;
using Platform.Core.Models.Calls;
using Platform.Core.Models.Calls.Steps;
using Platform.Core.Models.Providers;
using Platform.ServiceDefaults.Settings;

namespace Platform.Tests.Core.Models;

/// <summary>A host that has models and nothing else, in a folder of its own.</summary>
internal sealed class ModelsHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly LogLines _log = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("platform-models-");

    private ModelsHost(string environment, string? sharedYaml, string? connectionString, IEnumerable<(string Key, string Value)> settings)
    {
        if (sharedYaml is not null)
        {
            WriteShared(sharedYaml);
        }

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment, ContentRootPath = _folder.FullName });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddSettings();
        builder.Logging.AddProvider(_log);
        builder.AddModels();
        // Without a database, the address is one where nobody listens: whoever calls it fails.
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString ?? "Host=127.0.0.1;Port=1"));
        _host = builder.Build();
    }

    public ModelPipeline Pipeline => _host.Services.GetRequiredService<ModelPipeline>();

    public ProviderCatalog Catalog => _host.Services.GetRequiredService<ProviderCatalog>();

    public DailyTokenLimit Ceiling => _host.Services.GetRequiredService<DailyTokenLimit>();

    /// <summary>All that was logged, exceptions included.</summary>
    public string Log => string.Join('\n', _log.Lines);

    public string SharedPath => Path.Combine(_folder.FullName, "config", "shared.yaml");

    public static ModelsHost Create(
        string environment = "Production", string? sharedYaml = null, TestDatabase? database = null, params (string Key, string Value)[] settings) =>
        new(environment, sharedYaml, database?.ConnectionString, settings);

    /// <summary>A host whose only provider is <c>local</c>, at the given address.</summary>
    public static ModelsHost Serving(Uri apiBase, string? apiKey, TestDatabase database, params (string Key, string Value)[] settings) =>
        Create(
            sharedYaml: $"providers:\n  local:\n    api_base: {apiBase}\n{(apiKey is null ? "" : "    api_key: ${LOCAL_KEY}\n")}",
            database: database,
            settings: apiKey is null ? settings : [("LOCAL_KEY", apiKey), .. settings]);

    public void WriteShared(string yaml)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "config"));
        File.WriteAllText(SharedPath, yaml);
    }

    public Task StartAsync(CancellationToken cancellationToken) => _host.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
