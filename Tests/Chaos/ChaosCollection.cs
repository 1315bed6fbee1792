namespace Platform.Tests.Chaos;

/// <summary>What kills, pauses and restarts, one after the other: scenarios on one platform under load, and tests with hosts of their own.</summary>
[CollectionDefinition(Name)]
public sealed class ChaosCollection : ICollectionFixture<ChaosPlatform>
{
    public const string Name = "Chaos";
}
