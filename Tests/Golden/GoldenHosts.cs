extern alias api;
extern alias web;
extern alias worker;

using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Platform.Tests.Golden;

/// <summary>Classes that share <see cref="GoldenHosts"/>.</summary>
[CollectionDefinition(Name)]
public sealed class GoldenHostsCollection : ICollectionFixture<GoldenHosts>
{
    public const string Name = "Golden hosts";
}

/// <summary>Api, Worker and Web inside the test process, for what only a started host knows: its routes and its meters.</summary>
public sealed class GoldenHosts(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _hosts = [];
    private readonly HashSet<string> _instruments = [];
    private readonly MeterListener _meters = new();
    private readonly Dictionary<string, IServiceProvider> _services = [];
    private TestDatabase? _database;

    /// <summary>Every type of the product.</summary>
    public static IEnumerable<Type> ProductTypes { get; } =
        [.. new[] { "Contracts", "Core", "ServiceDefaults", "Api", "Worker", "Web" }.SelectMany(project => Assembly.Load(project).GetTypes())];

    /// <summary>The services of a host by its project's name.</summary>
    public IReadOnlyDictionary<string, IServiceProvider> Services => _services;

    /// <summary>A client of the Api.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <summary>Our instruments, one line each: name, kind, unit.</summary>
    public IReadOnlyCollection<string> Instruments
    {
        get
        {
            lock (_instruments)
            {
                return [.. _instruments];
            }
        }
    }

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        _database = await postgres.CreateDatabaseAsync(token);
        _meters.InstrumentPublished = (instrument, _) => Add(instrument);
        _meters.Start();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:platformdb"] = _database.ConnectionString,
            ["ConnectionStrings:redis"] = await redis.ConnectionStringAsync(token),
            ["services:api:http:0"] = "http://127.0.0.1:9",
        };
        Client = Start<api::Program>("Api", settings).CreateClient();
        Start<worker::Program>("Worker", settings);
        Start<web::Program>("Web", settings);
        foreach (var type in ProductTypes.Where(HoldsInstruments))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        foreach (var type in ProductTypes.Where(MakesInstruments))
        {
            _ = _services.Values.Select(services => services.GetService(type)).ToList();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _meters.Dispose();
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static bool HoldsInstruments(Type type) => !type.ContainsGenericParameters
        && type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Any(field => typeof(Instrument).IsAssignableFrom(field.FieldType));

    private static bool MakesInstruments(Type type) =>
        type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(IMeterFactory)));

    private InProcess<TProgram> Start<TProgram>(string name, IReadOnlyDictionary<string, string> settings)
        where TProgram : class
    {
        var host = new InProcess<TProgram>(settings);
        _hosts.Add(host);
        _services[name] = host.Services;
        return host;
    }

    private void Add(Instrument instrument)
    {
        if (instrument.Meter.Name.StartsWith("Platform", StringComparison.Ordinal))
        {
            lock (_instruments)
            {
                _instruments.Add($"{instrument.Name} {instrument.GetType().Name.Split('`')[0]} {instrument.Unit ?? "-"}");
            }
        }
    }

    private sealed class InProcess<TProgram>(IReadOnlyDictionary<string, string> settings) : WebApplicationFactory<TProgram>
        where TProgram : class
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.ConfigureTestServices(LeaveOutWork);
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }
        }

        /// <summary>
        /// Keeps the server and what makes instruments. The factory and Program both stop the host at its end, so that a service with work of its own
        /// can be disposed by one while the other still stops it.
        /// </summary>
        private static void LeaveOutWork(IServiceCollection services)
        {
            foreach (var service in services.Where(service => service.ServiceType == typeof(IHostedService)).ToList())
            {
                if (service.ImplementationType is not { } type || (type.Name is not "GenericWebHostService" && !MakesInstruments(type)))
                {
                    services.Remove(service);
                }
            }
        }
    }
}
