using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Errors;
using Platform.Api.Wire;
using Platform.Contracts.Traces;
using Platform.Core.Traces;

namespace Platform.Api.Features.Traces;

/// <summary>Reads the parameters of the trace list that are no filters.</summary>
internal static class TraceListQuery
{
    public const int DefaultLimit = 50;

    private const int MaxLimit = 200;

    /// <summary>Checks a page's length; null when it is allowed.</summary>
    public static ProblemHttpResult? ProblemWithLimit(int limit) =>
        limit is < 1 or > MaxLimit ? Problems.Invalid("limit", $"limit is {limit}; write 1 to {MaxLimit}.") : null;

    /// <summary>Reads an order. Without a sort it is by time, without a direction the newest or largest is first.</summary>
    /// <param name="sort">A <see cref="TraceSort"/>.</param>
    /// <param name="order">A <see cref="TraceSortOrder"/>.</param>
    /// <param name="problem">What cannot be read, if anything.</param>
    /// <returns>Null when something cannot be read.</returns>
    public static TraceOrder? ParseOrder(string? sort, string? order, out TraceFilterProblem problem)
    {
        problem = new TraceFilterProblem("sort", $"sort must be one of {WireEnum<TraceSort>.Names}.");
        var by = string.IsNullOrWhiteSpace(sort) ? TraceSort.Time : WireEnum<TraceSort>.Parse(sort);
        if (by is null)
        {
            return null;
        }

        problem = new TraceFilterProblem("order", $"order must be one of {WireEnum<TraceSortOrder>.Names}.");
        var direction = string.IsNullOrWhiteSpace(order) ? TraceSortOrder.Desc : WireEnum<TraceSortOrder>.Parse(order);
        return direction is { } known ? new TraceOrder(by.Value, known) : null;
    }

    /// <summary>Reads a cursor, which belongs to one order.</summary>
    /// <param name="cursor">Null or empty for the first page.</param>
    /// <param name="order">The order of the list.</param>
    /// <param name="problem">Null when it can be used.</param>
    public static TraceCursor? ParseCursor(string? cursor, TraceOrder order, out ProblemHttpResult? problem)
    {
        var after = string.IsNullOrEmpty(cursor) ? null : TraceCursor.Parse(cursor);
        problem = string.IsNullOrEmpty(cursor) || after?.Order == order
            ? null
            : Problems.Of(
                StatusCodes.Status400BadRequest, "bad-cursor", "The cursor is invalid",
                after is null
                    ? "Send the previous page's next_cursor unchanged, or none to start with the first page."
                    : "The cursor belongs to another order. Send the sort and order of the previous page, or no cursor to start with the first page.");
        return problem is null ? after : null;
    }
}
