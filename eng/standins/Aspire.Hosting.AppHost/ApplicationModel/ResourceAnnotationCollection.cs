using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the builder calls have said about a resource, in the order they said it.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;
