using Platform.Contracts.Activations;

namespace Platform.Tests.Worker.Activations;

public sealed class PickupTests(DeferringPlatform deferring) : IClassFixture<DeferringPlatform>
{
    private readonly TestPlatform _platform = deferring.Platform;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queued_NobodyIsNotified_IsFoundAllTheSame()
    {
        _platform.Models.Enqueue(ModelReply.Answer("Here", " I am."));

        var id = await _platform.PromptAsync("talker", Token, notify: false);

        Assert.Equal(ActivationState.Answered, (await _platform.EndOfAsync(id, Token)).State);
    }

    [Fact]
    public async Task Queued_ListeningConnectionIsCutAgainAndAgain_IsFoundAllTheSame()
    {
        _platform.Models.Enqueue(ModelReply.Answer("Here", " I am."));
        await CutAsync(Token);

        var id = await _platform.PromptAsync("talker", Token);

        await Eventually.TrueAsync(
            async token =>
            {
                await CutAsync(token);
                return await _platform.Database.ScalarAsync<string>($"select state from activations where id = '{id}'", token) == "answered";
            },
            TestPlatform.Patience,
            "it is answered");
    }

    private Task<long> CutAsync(CancellationToken cancellationToken) => _platform.Database.ScalarAsync<long>(
        """
        select count(pg_terminate_backend(pid)) from pg_stat_activity
        where datname = current_database() and query ilike '%listen activations%' and pid <> pg_backend_pid()
        """,
        cancellationToken);
}
