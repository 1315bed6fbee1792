using System.Text.Json;
using Platform.Contracts.Attention;
using Platform.Tests.Api.Traces;

namespace Platform.Tests.Api.Attention;

public sealed class AttentionEndpointsTests(TraceApi api) : IClassFixture<TraceApi>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoWorker_ThenOne_HealthAndAttentionFollow()
    {
        await api.Database.ExecuteAsync("update leaders set owner = null, until = null", Token);
        await FollowsAsync("degraded", isNamed: true);

        await api.Database.ExecuteAsync("update leaders set owner = 'test', until = now() + interval '1 hour'", Token);
        await FollowsAsync("healthy", isNamed: false);
    }

    private async Task FollowsAsync(string worker, bool isNamed) => await Eventually.TrueAsync(
        async token =>
        {
            using var stranger = new HttpClient { BaseAddress = api.BaseAddress };
            var health = JsonElement.Parse(await stranger.GetStringAsync(new Uri("/health", UriKind.Relative), token));
            var items = (await api.GetAsync<AttentionList>("/api/v1/attention")).Items;
            return health.GetProperty("services").GetProperty("worker").GetString() == worker
                && (worker == "healthy" || health.GetProperty("status").GetString() == "degraded")
                && items.Any(item => item.Kind == AttentionKind.Worker) == isNamed;
        },
        TestPlatform.Patience,
        $"/health says that the worker is {worker}");
}
