namespace Platform.Tests.Journey;

/// <summary>Journeys that share a site, one after the other, since none minds what another left there.</summary>
[CollectionDefinition(Name)]
public sealed class JourneyCollection : ICollectionFixture<JourneySite>
{
    public const string Name = "Journeys";
}
