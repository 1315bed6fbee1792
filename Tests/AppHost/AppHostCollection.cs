namespace Platform.Tests.AppHost;

/// <summary>Tests that start the whole development run, one after the other: each starts eight processes.</summary>
[CollectionDefinition(Name)]
public sealed class AppHostCollection
{
    public const string Name = "AppHost";
}
