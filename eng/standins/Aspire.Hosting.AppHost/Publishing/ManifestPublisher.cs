using System.Text.Json;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the graph as JSON, to the byte what Aspire writes.</summary>
internal static class ManifestPublisher
{
    /// <exception cref="DistributedApplicationException">The command line asks for something else, or the file cannot be written.</exception>
    public static async Task PublishAsync(DistributedApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var publisher = builder.Configuration["Publishing:Publisher"] ?? "manifest";
        var step = builder.Configuration["Pipeline:Step"] ?? "publish-manifest";
        if (publisher != "manifest" || step != "publish-manifest")
        {
            throw new DistributedApplicationException($"Without the real Aspire there is only --publisher manifest (--step publish-manifest), not {publisher} ({step}).");
        }

        var path = builder.Configuration["Pipeline:OutputPath"]
            ?? throw new DistributedApplicationException("--output-path is missing.");
        if (!path.EndsWith(".json", StringComparison.Ordinal))
        {
            path = Path.Combine(path, "aspire-manifest.json");
        }

        await using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            new ManifestWriter(new ManifestPublishingContext(builder.ExecutionContext, path, json)).Write([.. builder.Resources]);
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
            await File.WriteAllBytesAsync(path, buffer.ToArray(), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The manifest cannot be written to {path}: {exception.Message}", exception);
        }

        Console.WriteLine($"Published manifest to: {Path.GetFullPath(path)}");
    }
}
