namespace Platform.Compose.Manifest;

/// <summary>The contents of <c>aspire-manifest.json</c>.</summary>
/// <param name="Resources">In the order of the file.</param>
internal sealed record AppManifest(IReadOnlyList<Resource> Resources)
{
    /// <summary>The resources that become services.</summary>
    public IEnumerable<ServiceResource> Services => Resources.OfType<ServiceResource>();

    /// <summary>The resource of this name; null when there is none.</summary>
    public Resource? Find(string name) => Resources.FirstOrDefault(resource => resource.Name == name);
}
