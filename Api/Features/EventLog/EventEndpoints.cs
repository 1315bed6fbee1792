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
        group.MapGet("/", Stream).WithName("StreamEvents").WithSummary("The platform's events as server-sent events, from a position on or live");
    }

    private static Results<EventStreamResult, ProblemHttpResult> Stream(
        HttpRequest request, ClaimsPrincipal principal, EventStream stream, CancellationToken cancellationToken, string? types = null, string? after = null)
    {
        if (TypesOf(types, out var unknown) is not { } wanted)
        {
            return Problems.Invalid("types", $"types names '{unknown}', which is no event of this platform: write one or more of {string.Join(",", EventTypes.Patterns)}.");
        }

        var text = request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] ? last : after;
        if (string.IsNullOrEmpty(text))
        {
            return new EventStreamResult(stream.ReadAsync(principal.TenantId, wanted, null, cancellationToken));
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new EventStreamResult(stream.ReadAsync(principal.TenantId, wanted, position, cancellationToken))
            : Problems.Invalid("after", "The position is not one that this server gave: send an event's id as Last-Event-ID or as after, or 0 for all there is.");
    }

    /// <returns>Every type that one of the patterns stands for; null when a pattern is unknown.</returns>
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
