namespace Aspire.Hosting.ApplicationModel;

/// <summary>One thing of the graph: a database, a project, a parameter.</summary>
public interface IResource
{
    /// <summary>Unique in the graph; it is the resource's name in the manifest and in connection strings.</summary>
    string Name { get; }

    ResourceAnnotationCollection Annotations { get; }
}
