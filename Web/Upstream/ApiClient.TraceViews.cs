using Platform.Contracts;
using Platform.Contracts.Traces;

namespace Platform.Web.Upstream;

/// <content>Saved views of the trace list.</content>
internal sealed partial class ApiClient
{
    public Task<SavedTraceViewList> GetTraceViewsAsync(CancellationToken cancellationToken) =>
        GetAsync<SavedTraceViewList>("/api/v1/trace-views", cancellationToken);

    /// <returns>Null on success, else the error message.</returns>
    public async Task<string?> SaveTraceViewAsync(string name, string query, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/trace-views/{Uri.EscapeDataString(name)}")
        {
            Content = JsonContent.Create(new SaveTraceViewRequest(query), options: WireJson.Options),
        };
        using var response = await SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? null : await ReadProblemAsync(response, cancellationToken);
    }

    /// <returns>Null on success, else the error message.</returns>
    public Task<string?> DeleteTraceViewAsync(string name, CancellationToken cancellationToken) =>
        SendActionAsync(HttpMethod.Delete, $"/api/v1/trace-views/{Uri.EscapeDataString(name)}", cancellationToken);
}
