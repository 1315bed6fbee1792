using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Polly;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>
/// Keeps the built pipelines. It is a singleton, since handlers are rebuilt every few minutes and a circuit must outlive them.
/// </summary>
internal sealed class PipelineRegistry(IServiceProvider services, IOptionsMonitor<PipelineSelection> selections)
{
    private readonly ConcurrentDictionary<(string Name, string Instance), Lazy<ResiliencePipeline<HttpResponseMessage>>> _pipelines = [];

    /// <summary>The function that finds the pipeline of a request.</summary>
    public Func<HttpRequestMessage, ResiliencePipeline<HttpResponseMessage>> SelectorFor(
        string name,
        Action<ResiliencePipelineBuilder<HttpResponseMessage>, ResilienceHandlerContext> configure) =>
        selections.Get(name).ByAuthority
            ? request => Find(name, Authority(request), configure)
            : _ => Find(name, "", configure);

    private ResiliencePipeline<HttpResponseMessage> Find(
        string name,
        string instance,
        Action<ResiliencePipelineBuilder<HttpResponseMessage>, ResilienceHandlerContext> configure) =>
        _pipelines.GetOrAdd((name, instance), key => new(() =>
        {
            var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { Name = key.Name, InstanceName = key.Instance };
            configure(builder, new ResilienceHandlerContext(services, key.Name, key.Instance));
            return builder.Build();
        })).Value;

    private static string Authority(HttpRequestMessage request) =>
        request.RequestUri?.GetLeftPart(UriPartial.Authority)
        ?? throw new InvalidOperationException("The request has no address to choose a resilience pipeline by.");
}
