using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <inheritdoc cref="IDistributedApplicationBuilder"/>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--step"] = "Pipeline:Step",
        ["--output-path"] = "Pipeline:OutputPath",
        ["--data"] = RunSettings.DataDirectoryKey,
    };

    private readonly HostApplicationBuilder _host;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var assembly = Assembly.GetEntryAssembly() ?? typeof(DistributedApplicationBuilder).Assembly;
        Notes = BuildNotes.Of(assembly);
        AppHostDirectory = options.ProjectDirectory ?? Path.GetDirectoryName(Notes.AppHostProjectPath) ?? Directory.GetCurrentDirectory();
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppHostDirectory });
        _host.Configuration.AddCommandLine(options.Args ?? [], Switches);
        ExecutionContext = new DistributedApplicationExecutionContext(ReadOperation());
        Secrets = new UserSecrets(Notes.UserSecretsId);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public IHostEnvironment Environment => _host.Environment;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    internal BuildNotes Notes { get; }

    internal UserSecrets Secrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.Any(other => string.Equals(other.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException($"There are two resources with the name '{resource.Name}'.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new DistributedApplicationResourceBuilder<T>(this, resource);

    public DistributedApplication Build() => new(this);

    /// <summary>"--publisher manifest" is the older spelling of "--operation publish --step publish-manifest".</summary>
    private DistributedApplicationOperation ReadOperation() => (Configuration["AppHost:Operation"] ?? string.Empty).ToUpperInvariant() switch
    {
        "" when Configuration["Publishing:Publisher"] is null => DistributedApplicationOperation.Run,
        "" or "PUBLISH" => DistributedApplicationOperation.Publish,
        "RUN" => DistributedApplicationOperation.Run,
        var other => throw new DistributedApplicationException($"--operation is 'run' or 'publish', not '{other}'."),
    };
}
