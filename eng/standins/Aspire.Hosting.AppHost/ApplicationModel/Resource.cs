namespace Aspire.Hosting.ApplicationModel;

/// <inheritdoc cref="IResource"/>
public abstract class Resource(string name) : IResource
{
    public virtual string Name { get; } = name;

    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
