using System.Text.Json;

namespace Aspire.Hosting.Publishing;

/// <summary>What a manifest is written with.</summary>
public sealed class ManifestPublishingContext
{
    internal ManifestPublishingContext(DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer)
    {
        ExecutionContext = executionContext;
        ManifestPath = manifestPath;
        Writer = writer;
    }

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public string ManifestPath { get; }

    public Utf8JsonWriter Writer { get; }

    /// <summary>Paths in a manifest are relative to it and have forward slashes.</summary>
    internal string RelativePath(string path) =>
        Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(ManifestPath)) ?? "/", path).Replace('\\', '/');
}
