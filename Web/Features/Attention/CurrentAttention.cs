using Platform.Contracts.Attention;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Attention;

/// <summary>What needs attention, read once for a page: the navigation's badge and the page itself show the same.</summary>
internal sealed class CurrentAttention(ApiClient api, IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <summary>No page waits longer for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private Task<IReadOnlyList<AttentionItem>?>? _items;

    /// <summary>Reads it from the API.</summary>
    /// <returns>Null when it could not be read: then nobody knows whether all is well.</returns>
    public Task<IReadOnlyList<AttentionItem>?> GetAsync() => _items ??= ReadAsync();

    /// <summary>How many of the items are problems.</summary>
    public static int Problems(IEnumerable<AttentionItem> items) => items.Count(item => item.Level == AttentionLevel.Problem);

    private async Task<IReadOnlyList<AttentionItem>?> ReadAsync()
    {
        var aborted = accessor.HttpContext?.RequestAborted ?? CancellationToken.None;
        using var limit = new CancellationTokenSource(Patience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted, limit.Token);
        try
        {
            return (await api.GetAttentionAsync(ending.Token)).Items;
        }
        catch (Exception exception) when (exception is ApiUnavailableException or ApiAccessDeniedException
            || (exception is OperationCanceledException && !aborted.IsCancellationRequested))
        {
            return null;
        }
    }
}
