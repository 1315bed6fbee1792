namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project of the repository.</summary>
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport;
