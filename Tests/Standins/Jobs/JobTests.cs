namespace Platform.Tests.Standins.Jobs;

/// <summary>One after the other: the real package has one storage for the whole process.</summary>
[CollectionDefinition(Name)]
public sealed class JobTests
{
    public const string Name = "jobs";
}
