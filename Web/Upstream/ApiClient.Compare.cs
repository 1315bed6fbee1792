using System.Net;
using Platform.Contracts.Traces;

namespace Platform.Web.Upstream;

/// <summary>Comparisons.</summary>
internal sealed partial class ApiClient
{
    /// <summary>Compares two traces.</summary>
    /// <param name="a">The first one's id.</param>
    /// <param name="b">The second one's id.</param>
    /// <param name="context">Kept lines around each change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The comparison, or why there is none.</returns>
    public async Task<ApiAnswer<TraceDiffResponse>> CompareTracesAsync(string a, string b, int context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/v1/traces/diff?a={Uri.EscapeDataString(a)}&b={Uri.EscapeDataString(b)}&context={context}");
        using var response = await SendAsync(request, cancellationToken);
        return response.StatusCode is HttpStatusCode.OK
            ? new ApiAnswer<TraceDiffResponse>(await ReadAsync<TraceDiffResponse>(response, cancellationToken), null)
            : new ApiAnswer<TraceDiffResponse>(null, await ReadProblemAsync(response, cancellationToken));
    }
}
