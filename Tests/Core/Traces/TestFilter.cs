using Microsoft.AspNetCore.WebUtilities;
using Platform.Core.Traces;

namespace Platform.Tests.Core.Traces;

internal static class TestFilter
{
    /// <summary>Reads a filter as the query string writes it.</summary>
    public static TraceFilter Of(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return TraceFilter.Parse(name => values.GetValueOrDefault(name), TimeProvider.System.GetUtcNow(), out var problem)
            ?? throw new ArgumentException(problem?.Message, nameof(query));
    }
}
