using System.Net;
using Platform.Contracts.Traces;

namespace Platform.Web.Upstream;

/// <content>Comparisons.</content>
internal sealed partial class ApiClient
{
    /// <summary>Compares two traces.</summary>
    /// <param name="a">Id of the first trace.</param>
    /// <param name="b">Id of the second trace.</param>
    /// <param name="context">Unchanged lines around each change.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The comparison, or the error message.</returns>
    public async Task<ApiResult<TraceDiffResponse>> CompareTracesAsync(string a, string b, int context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/v1/traces/diff?a={Uri.EscapeDataString(a)}&b={Uri.EscapeDataString(b)}&context={context}");
        using var response = await SendAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => new ApiResult<TraceDiffResponse>(await ReadAsync<TraceDiffResponse>(response, cancellationToken), null),
            HttpStatusCode.BadRequest => throw new ApiBadRequestException(await ReadProblemAsync(response, cancellationToken)),
            _ => new ApiResult<TraceDiffResponse>(null, await ReadProblemAsync(response, cancellationToken)),
        };
    }
}
