namespace Platform.Tests.Deployment;

/// <summary>All that deploys shares one machine with one production and one staging, and takes turns.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DeploymentCollection : ICollectionFixture<DeploymentMachine>
{
    public const string Name = "Deployment";
}
