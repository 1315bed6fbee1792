using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Goes on configuring a resilience handler.</summary>
public interface IHttpResiliencePipelineBuilder
{
    /// <summary>Names the pipeline: the client's name and the handler's.</summary>
    string PipelineName { get; }

    /// <summary>The services it is registered in.</summary>
    IServiceCollection Services { get; }
}
