extern alias apphost;

using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts;
using Platform.Contracts.Activations;
using Platform.Contracts.Conversations;
using Platform.Contracts.Traces;

namespace Platform.Tests.AppHost;

/// <summary>The real graph under Aspire's orchestrator, with local databases in a folder of the test's own.</summary>
[Collection(AppHostCollection.Name)]
[Trait("Category", "AppHost")]
public sealed class GraphTests
{
    private const string Question = "When does the tide turn?";

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_SentToStartedGraph_IsAnsweredAndTraced()
    {
        Assert.SkipWhen(ProgramFinder.Find("redis-server") is null, "redis-server is not installed.");
        var data = DataFolder.Create();
        try
        {
            await using var graph = await StartAsync(data.FullName);
            using var api = graph.CreateHttpClient("api", "http");

            var conversation = await PostAsync<ConversationResponse>(api, "/api/v1/conversations", new CreateConversationRequest("maren"));
            var accepted = await PostAsync<PostMessageResponse>(api, $"/api/v1/conversations/{conversation.Id}/messages", new PostMessageRequest(Question));
            ActivationResponse? activation = null;
            await Eventually.TrueAsync(
                async _ => (activation = await GetAsync<ActivationResponse>(api, $"/api/v1/activations/{accepted.ActivationId}")).State is ActivationState.Answered,
                TestPlatform.Patience,
                "the bot answers");

            var trace = await GetAsync<TraceDetail>(api, $"/api/v1/traces/{activation?.TraceId}");
            Assert.NotEmpty(trace.Calls);
            using var web = graph.CreateHttpClient("web", "http");
            Assert.Contains(Question, await web.GetStringAsync(new Uri($"/chat/{conversation.Id}", UriKind.Relative), Token), StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<DistributedApplication> StartAsync(string dataFolder)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<apphost::Projects.AppHost>(
            [
                $"--PLATFORM_DATA_DIR={dataFolder}", "--PLATFORM_CONTAINERS=false",
                .. new[] { "postgres-password", "redis-password", "api-key", "jwt-secret" }.Select(name => $"--Parameters:{name}={Guid.NewGuid():N}"),
            ],
            Token);
        var graph = await builder.BuildAsync(Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(StartPatience);
        await graph.StartAsync(patience.Token);
        await graph.Services.GetRequiredService<ResourceNotificationService>().WaitForResourceHealthyAsync("web", patience.Token);
        return graph;
    }

    private static async Task<T> PostAsync<T>(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body, Token);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(WireJson.Options, Token) ?? throw new InvalidOperationException($"{path} answered null.");
    }

    private static async Task<T> GetAsync<T>(HttpClient client, string path) =>
        await client.GetFromJsonAsync<T>(path, WireJson.Options, Token) ?? throw new InvalidOperationException($"{path} answered null.");
}
