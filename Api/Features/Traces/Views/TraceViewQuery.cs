using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Contracts.Traces;
using Platform.Core.Traces;

namespace Platform.Api.Features.Traces.Views;

/// <summary>Checks the query of a saved view and brings it to one form.</summary>
internal static class TraceViewQuery
{
    private const string Columns = "columns";

    /// <summary>The place in the list, and what only programs ask for.</summary>
    private static readonly string[] LeftOut = ["cursor", "limit", "count"];

    private static readonly string[] Kept = [.. TraceFilterField.All.Select(field => field.Name), "sort", "order", Columns];

    /// <summary>Reads a query of the trace list.</summary>
    /// <param name="query">With or without <c>?</c>.</param>
    /// <param name="now">What relative times count from.</param>
    /// <param name="problem">What cannot be read.</param>
    /// <returns>The query with its parameters in the order of the list's, without empty ones; null when something cannot be read.</returns>
    public static string? Parse(string query, DateTimeOffset now, out TraceFilterProblem? problem)
    {
        if (query.Length > SavedTraceView.MaxQueryLength)
        {
            problem = new TraceFilterProblem("query", $"The query has {query.Length} characters; at most {SavedTraceView.MaxQueryLength} are allowed.");
            return null;
        }

        var values = QueryHelpers.ParseQuery(query).ToDictionary(
            value => value.Key, value => value.Value.FirstOrDefault(one => !string.IsNullOrWhiteSpace(one))?.Trim(), StringComparer.OrdinalIgnoreCase);
        problem = ProblemWith(values, now);
        return problem is null
            ? new QueryBuilder(from name in Kept let value = values.GetValueOrDefault(name) where value is not null select KeyValuePair.Create(name, value)).ToString().TrimStart('?')
            : null;
    }

    private static TraceFilterProblem? ProblemWith(Dictionary<string, string?> values, DateTimeOffset now)
    {
        if (values.Keys.Except(Kept, StringComparer.OrdinalIgnoreCase).Except(LeftOut, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
        {
            return new TraceFilterProblem("query", $"'{unknown}' is not a parameter of the trace list. Parameters: {string.Join(", ", Kept)}.");
        }

        if (TraceColumn.Parse(values.GetValueOrDefault(Columns)) is null)
        {
            return new TraceFilterProblem(Columns, $"columns must be a list of {string.Join(", ", TraceColumn.All.Select(column => column.Name))}, with commas between them.");
        }

        if (TraceListQuery.ParseOrder(values.GetValueOrDefault("sort"), values.GetValueOrDefault("order"), out var order) is null)
        {
            return order;
        }

        return TraceFilter.Parse(values.GetValueOrDefault, now, out var filter) is null ? filter : null;
    }
}
