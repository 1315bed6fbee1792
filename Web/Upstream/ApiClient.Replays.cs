using Platform.Contracts.Replays;

namespace Platform.Web.Upstream;

/// <content>Replays of model calls.</content>
internal sealed partial class ApiClient
{
    /// <returns>Null when there is no such trace or call.</returns>
    public Task<ReplayList?> FindReplaysAsync(string trace, string call, CancellationToken cancellationToken) =>
        FindAsync<ReplayList>(ReplaysOf(trace, call), cancellationToken);

    public Task<ApiResult<ReplayResponse>> ReplayAsync(string trace, string call, ReplayRequest request, CancellationToken cancellationToken) =>
        PostAsync<ReplayRequest, ReplayResponse>(ReplaysOf(trace, call), request, cancellationToken);

    private static string ReplaysOf(string trace, string call) =>
        $"/api/v1/traces/{Uri.EscapeDataString(trace)}/calls/{Uri.EscapeDataString(call)}/replays";
}
