using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Platform.Api.Auth;
using Platform.Contracts.Access;
using Platform.Contracts.Retention;
using Platform.Core.Retention;

namespace Platform.Api.Features.Retention;

/// <summary><c>/api/v1/retention</c>.</summary>
internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/retention", ReadAsync)
        .WithTags("Retention").WithName("GetRetention").WithSummary("Get retention periods, sizes and what was deleted")
        .RequireScope(Scopes.Ops);

    private static async Task<Ok<RetentionReport>> ReadAsync(
        RetentionReader reader, SizeCap cap, IOptions<RetentionOptions> options, CancellationToken cancellationToken)
    {
        var classes = await reader.ListAsync(cancellationToken);
        return TypedResults.Ok(new RetentionReport(
            await cap.SizeAsync(cancellationToken),
            options.Value.MaxSizeBytes == 0 ? null : options.Value.MaxSizeBytes,
            [.. classes.Select(ToResponse)]));
    }

    private static RetentionClassResponse ToResponse(RetentionClassView view) => new(
        view.Class.Name,
        view.Class.Description,
        view.Class.Keep == TimeSpan.Zero ? null : view.Class.Keep.TotalDays,
        view.SizeBytes,
        view.LastRun?.StartedAt,
        view.LastRun?.Error,
        view.RowsDropped,
        view.BytesDropped);
}
