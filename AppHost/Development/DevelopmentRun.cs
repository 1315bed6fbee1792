using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.AppHost.Development;

/// <summary>What a run on a developer's machine has and the published graph has not: links and commands in Aspire's dashboard, and restarts.</summary>
internal static partial class DevelopmentRun
{
    /// <summary>Hosts have 30 s each, side by side, then the databases.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(50);

    /// <summary>Adds it all, and logs where the databases run.</summary>
    public static void AddDevelopment(
        this IDistributedApplicationBuilder builder,
        StoreChoice stores,
        IResourceBuilder<ProjectResource> api,
        IResourceBuilder<ProjectResource> worker,
        IResourceBuilder<ProjectResource> web,
        IResourceBuilder<ParameterResource> apiKey)
    {
        builder.Services.AddHostedService<ResourceConsole>();
        builder.Services.AddHostedService<RestartService>();
        builder.Services.AddHostedService<OrderedShutdown>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddLogging(logging => logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning) // An open dashboard asks for its resources over gRPC; while stopping it asks hundreds of times.
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning));
        builder.OnBeforeStart((start, _) =>
        {
            stores.Remember();
            LogStores(start.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Platform.AppHost"), stores);
            return Task.CompletedTask;
        });
        foreach (var host in builder.Resources.OfType<ProjectResource>())
        {
            // The hosts choose their own one-line format, or LOG_FORMAT does, in place of the two lines that Aspire asks for.
            builder.CreateResourceBuilder(host).WithEnvironment(context => context.EnvironmentVariables.Remove("LOGGING__CONSOLE__FORMATTERNAME"));
        }

        AddLinks(api, worker, web);
        DashboardCommands.Add(api, worker, apiKey);
    }

    private static void AddLinks(IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> worker, IResourceBuilder<ProjectResource> web)
    {
        web.WithUrlForEndpoint("http", url => url.DisplayText = "Dashboard")
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = $"{endpoint.Url}/chat", DisplayText = "Chat" });
        api.WithUrlForEndpoint("http", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = $"{endpoint.Url}/docs", DisplayText = "API" });
        worker.WithUrlForEndpoint("http", url => (url.Url, url.DisplayText) = ("/jobs", "Jobs"));
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Choice}")]
    private static partial void LogStores(ILogger logger, StoreChoice choice);
}
