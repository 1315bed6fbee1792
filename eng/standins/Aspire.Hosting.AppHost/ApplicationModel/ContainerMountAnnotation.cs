namespace Aspire.Hosting.ApplicationModel;

/// <summary>A named volume of a container.</summary>
internal sealed record ContainerMountAnnotation(string Source, string Target, bool IsReadOnly) : IResourceAnnotation;
