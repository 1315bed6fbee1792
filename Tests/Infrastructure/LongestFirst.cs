using Xunit.Sdk;
using Xunit.v3;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// Begins with what takes longest (the tests that share a platform or a collector, those that start hosts or browsers), so that the short tests
/// of classes fill the time beside it and none of the long ones is left for the end.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Order =
    [
        SharedPlatformCollection.Name,
        OtlpCollector.Collection,
        "Test collection for Platform.Tests.Worker.",
        "Test collection for Platform.Tests.Journey.",
        "Test collection for Platform.Tests.Api.",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Rank(collection.TestCollectionDisplayName))];

    private static int Rank(string name) =>
        Array.FindIndex(Order, start => name.StartsWith(start, StringComparison.Ordinal)) is >= 0 and var rank ? rank : Order.Length;
}
