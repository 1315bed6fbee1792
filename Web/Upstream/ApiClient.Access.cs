using System.Net;
using System.Net.Http.Headers;
using Platform.Contracts.Access;

namespace Platform.Web.Upstream;

internal sealed partial class ApiClient
{
    /// <summary>Opens a session with an API key.</summary>
    /// <returns>Its id; else null, and why in a sentence.</returns>
    public async Task<(string? Id, string? Problem)> SignInAsync(string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sessions");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        // Wrong keys are counted by the address of the person, not by Web's.
        if (accessor.HttpContext?.Connection.RemoteIpAddress is { } address)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", address.ToString());
        }

        using var response = await SendRawAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.Created => ((await ReadAsync<SessionResponse>(response, cancellationToken)).Id, null),
            HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest => (null, "Unknown API key."),
            HttpStatusCode.TooManyRequests => (null, await ReadProblemAsync(response, cancellationToken)),
            _ => throw new ApiUnavailableException($"The API returned {(int)response.StatusCode} for a sign-in."),
        };
    }

    /// <summary>Ends the viewer's session.</summary>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/sessions");
        using var response = await SendAsync(request, cancellationToken);
    }
}
