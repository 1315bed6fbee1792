using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Goes on configuring a standard resilience handler.</summary>
public interface IHttpStandardResiliencePipelineBuilder
{
    /// <summary>Names the pipeline and its <see cref="HttpStandardResilienceOptions"/>.</summary>
    string PipelineName { get; }

    /// <summary>The services it is registered in.</summary>
    IServiceCollection Services { get; }
}
