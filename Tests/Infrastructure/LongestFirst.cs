using Xunit.Sdk;
using Xunit.v3;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// Begins with the chaos scenarios, which follow one another and mostly wait, and then those that share a platform: the other tests fill the time
/// beside them.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName switch
        {
            Chaos.ChaosCollection.Name => 0,
            SharedPlatformCollection.Name => 1,
            _ => 2,
        })];
}
