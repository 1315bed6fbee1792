namespace Platform.Compose.Manifest;

/// <summary>How a container's image is built.</summary>
/// <param name="Context">Folder, relative to the manifest.</param>
/// <param name="Dockerfile">File, relative to the manifest.</param>
/// <param name="Stage">The stage to stop at; null for the last.</param>
/// <param name="Arguments">Build arguments.</param>
/// <param name="Secrets">Secrets that the build may read, by id.</param>
internal sealed record ContainerBuild(
    string Context,
    string Dockerfile,
    string? Stage,
    IReadOnlyDictionary<string, Expression> Arguments,
    IReadOnlyDictionary<string, Expression> Secrets);
