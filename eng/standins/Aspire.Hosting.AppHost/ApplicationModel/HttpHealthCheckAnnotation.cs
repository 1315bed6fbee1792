namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource is healthy while this path answers with this status.</summary>
internal sealed record HttpHealthCheckAnnotation(string Path, int StatusCode, string? EndpointName) : IResourceAnnotation;
