namespace Microsoft.Extensions.Http.Resilience;

/// <summary>How a handler chooses among its pipelines; named after the pipeline.</summary>
internal sealed class PipelineSelection
{
    /// <summary>One pipeline for each scheme, host and port instead of one for all. Default: false.</summary>
    public bool ByAuthority { get; set; }
}
