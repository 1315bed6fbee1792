namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which image a container runs where there are containers.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    public string? Registry { get; set; }

    public required string Image { get; set; }

    public string? Tag { get; set; }
}
