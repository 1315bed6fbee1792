using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Activations;

/// <summary>Redirects an activation's address to its trace, or to its conversation while it has none.</summary>
internal static class ActivationEndpoint
{
    /// <summary>Maps <c>GET /activations/{id}</c>.</summary>
    public static void MapActivation(this IEndpointRouteBuilder routes) => routes.MapGet("/activations/{id:guid}", GetAsync);

    private static async Task<IResult> GetAsync(Guid id, ApiClient api, CancellationToken cancellationToken) =>
        await api.FindActivationAsync(id, cancellationToken) switch
        {
            { TraceId: { } trace } => TypedResults.LocalRedirect($"/traces/{Uri.EscapeDataString(trace)}"),
            { ChannelId: var channel } => TypedResults.LocalRedirect($"/chat/{Uri.EscapeDataString(channel)}"),
            null => ErrorPage.NotFound(),
        };
}
