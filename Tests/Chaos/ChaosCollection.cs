namespace Platform.Tests.Chaos;

/// <summary>Scenarios run one after the other, on one platform.</summary>
[CollectionDefinition(Name)]
public sealed class ChaosCollection : ICollectionFixture<ChaosPlatform>
{
    public const string Name = "Chaos";
}
