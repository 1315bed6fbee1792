using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <inheritdoc cref="IResourceCollection"/>
internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection;
