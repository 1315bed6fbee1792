namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that others reach by its endpoints.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
