namespace Platform.Compose.Manifest;

/// <summary><c>container.v0</c> and <c>container.v1</c>: an image, or what one is built from.</summary>
internal sealed record ContainerResource(string Name) : ServiceResource(Name)
{
    /// <summary>The image; null when <see cref="Build"/> makes it.</summary>
    public string? Image { get; init; }

    /// <summary>How the image is built; null when it is pulled.</summary>
    public ContainerBuild? Build { get; init; }

    /// <summary>Replaces the image's own; null keeps that.</summary>
    public string? Entrypoint { get; init; }

    public IReadOnlyList<VolumeMount> Volumes { get; init; } = [];

    public IReadOnlyList<VolumeMount> BindMounts { get; init; } = [];
}
