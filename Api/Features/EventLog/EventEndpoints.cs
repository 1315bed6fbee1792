using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Api.Streams;
using Platform.Contracts.Access;
using Platform.Contracts.EventLog;

namespace Platform.Api.Features.EventLog;

/// <summary><c>/api/v1/events</c>.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/events").WithTags("Events").RequireAnyScope(Scopes.Ops, Scopes.TracesRead);
        group.MapGet("/", Stream).WithName("StreamEvents").WithSummary("Follow the event log as server-sent events, live or from a position");
    }

    private static Results<EventStreamResult, ProblemHttpResult> Stream(
        HttpRequest request, ClaimsPrincipal principal, EventStream stream, CancellationToken cancellationToken, string? types = null, string? after = null)
    {
        if (TypesOf(types, out var unknown) is not { } wanted)
        {
            return Problems.Invalid("types", $"types contains '{unknown}', which is not an event type of this platform: use one or more of {string.Join(",", EventTypes.Patterns)}.");
        }

        var text = request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] ? last : after;
        if (string.IsNullOrEmpty(text))
        {
            return new EventStreamResult(stream.ReadAsync(principal.TenantId, wanted, null, cancellationToken));
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new EventStreamResult(stream.ReadAsync(principal.TenantId, wanted, position, cancellationToken))
            : Problems.Invalid("after", "Unknown position: send the id of an event as Last-Event-ID or after, or 0 for everything.");
    }

    /// <returns>Every type that matches one of the patterns; null when a pattern is unknown.</returns>
    private static List<string>? TypesOf(string? types, out string? unknown)
    {
        var patterns = (types ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        unknown = patterns.FirstOrDefault(pattern => !EventTypes.Patterns.Contains(pattern));
        if (unknown is not null)
        {
            return null;
        }

        return patterns.Length == 0
            ? [.. EventTypes.All]
            : [.. EventTypes.All.Where(type => patterns.Any(pattern => EventTypes.Matches(pattern, type)))];
    }
}
