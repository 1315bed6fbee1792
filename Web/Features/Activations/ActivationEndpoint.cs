using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Activations;

/// <summary>Leads from an activation to where it can be seen: its trace once it ended, its channel before.</summary>
internal static class ActivationEndpoint
{
    /// <summary>Maps <c>GET /activations/{id}</c>.</summary>
    public static void MapActivation(this IEndpointRouteBuilder routes) => routes.MapGet("/activations/{id:guid}", GetAsync);

    private static async Task<IResult> GetAsync(Guid id, ApiClient api, CancellationToken cancellationToken) =>
        await api.FindActivationAsync(id, cancellationToken) switch
        {
            { TraceId: { } trace } => TypedResults.LocalRedirect($"/traces/{Uri.EscapeDataString(trace)}"),
            { ChannelId: var channel } => TypedResults.LocalRedirect($"/chat/{Uri.EscapeDataString(channel)}"),
            null => FailureDocument.NotThere(),
        };
}
