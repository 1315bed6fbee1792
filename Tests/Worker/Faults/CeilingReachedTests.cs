using Platform.Contracts.Activations;
using Platform.Contracts.Overview;

namespace Platform.Tests.Worker.Faults;

public sealed class CeilingReachedTests(LocalPostgres postgres, LocalRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_DailyCeilingReached_FailsWithASentenceAndCallsNoModel()
    {
        await using var platform = await TestPlatform.StartAsync(
            postgres, await redis.ConnectionStringAsync(Token), Token, settings => settings["DAILY_TOKEN_CEILING"] = "5000");
        platform.Models.Enqueue(ModelReply.Answer("At six.") with { Usage = new ModelUsage(3000, 1500) });

        var first = await AskAsync(platform, "talker");
        var second = await AskAsync(platform, "talker");
        var rehearsed = await AskAsync(platform, "rehearsed");

        Assert.Equal(ActivationState.Answered, first.State);
        Assert.Equal((ActivationState.Failed, "token_ceiling"), (second.State, second.Error?.Code));
        Assert.StartsWith("The daily token limit rejected this call: 4500 of 5000 tokens", second.Error?.Message, StringComparison.Ordinal);
        Assert.Contains("DAILY_TOKEN_CEILING", second.Error?.Message, StringComparison.Ordinal);
        Assert.Equal("token_ceiling", await platform.Database.ScalarAsync<string>($"select error_code from traces where id = '{second.TraceId}'", Token));
        Assert.Single(platform.Models.Requests);
        Assert.Equal(ActivationState.Answered, rehearsed.State);
        var ceiling = (await platform.GetAsync<OverviewResponse>("/api/v1/overview", Token)).TokenCeiling;
        Assert.Equal((4500L, 5000L), (ceiling.Used, ceiling.Limit));
    }

    private static async Task<ActivationResponse> AskAsync(TestPlatform platform, string bot)
    {
        var conversation = await platform.ConverseAsync(bot, Token);
        return await platform.EndOfAsync((await platform.PostAsync(conversation.Id, "When does the tide turn?", Token)).ActivationId, Token);
    }
}
