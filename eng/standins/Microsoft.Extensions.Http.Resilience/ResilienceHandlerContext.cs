using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>What a pipeline is built with.</summary>
public sealed class ResilienceHandlerContext
{
    internal ResilienceHandlerContext(IServiceProvider services, string builderName, string instanceName)
    {
        ServiceProvider = services;
        BuilderName = builderName;
        InstanceName = instanceName;
    }

    /// <summary>The application's services.</summary>
    public IServiceProvider ServiceProvider { get; }

    /// <summary>The pipeline's name.</summary>
    public string BuilderName { get; }

    /// <summary>Which of the pipelines of that name; empty when there is one.</summary>
    public string InstanceName { get; }

    /// <summary>Options by name; null is the default name.</summary>
    public TOptions GetOptions<TOptions>(string? name = null)
        where TOptions : class => ServiceProvider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
}
