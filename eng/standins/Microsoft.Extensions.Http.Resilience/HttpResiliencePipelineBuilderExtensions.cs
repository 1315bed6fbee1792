using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Chooses how many pipelines a handler keeps.</summary>
public static class HttpResiliencePipelineBuilderExtensions
{
    /// <summary>One pipeline, hence one circuit, for each scheme, host and port.</summary>
    public static IHttpResiliencePipelineBuilder SelectPipelineByAuthority(this IHttpResiliencePipelineBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<PipelineSelection>(builder.PipelineName, selection => selection.ByAuthority = true);
        return builder;
    }
}
