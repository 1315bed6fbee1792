using Platform.Contracts.Activations;
using Platform.Contracts.EventLog;

namespace Platform.Tests.Worker.Activations;

public sealed class DeferralTests(DeferringPlatform deferring) : IClassFixture<DeferringPlatform>
{
    private readonly TestPlatform _platform = deferring.Platform;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TransientFailure_NobodyWaits_AnswersLaterAndTheTraceHasEveryTry()
    {
        _platform.Models.Enqueue(ModelReply.ServerError(), ModelReply.RateLimited(TimeSpan.Zero), ModelReply.Answer("At", " last."));

        var activation = await _platform.EndOfAsync(await _platform.PromptAsync("talker", Token), Token);

        Assert.Equal((ActivationState.Answered, 3), (activation.State, activation.Attempt));
        Assert.Equal("model_error rate_limited -", await _platform.Database.ScalarAsync<string>(
            $"select string_agg(coalesce(error_code, '-'), ' ' order by position) from llm_calls where trace_id = '{activation.TraceId}'", Token));
        Assert.Equal(6, await _platform.Database.ScalarAsync<long>(
            $"select count(*) from llm_call_bodies b join llm_calls c on c.id = b.llm_call_id join bodies on bodies.sha256 = b.sha256 where c.trace_id = '{activation.TraceId}'", Token));
        Assert.Equal(0, await _platform.Database.ScalarAsync<long>($"select count(*) from deferred_calls where activation_id = '{activation.Id}'", Token));
    }

    [Fact]
    public async Task TransientFailure_EveryTry_EndsFailedWithAllOfThemInTheTrace()
    {
        _platform.Models.Default = _ => ModelReply.ServerError();

        var id = await _platform.PromptAsync("talker", Token);
        var activation = await _platform.EndOfAsync(id, Token);

        Assert.Equal((ActivationState.Failed, "model_error"), (activation.State, activation.Error?.Code));
        var told = await _platform.EventsAsync(id, EventTypes.ActivationFailed, Token);
        Assert.Equal([EventTypes.ActivationDeferred, EventTypes.ActivationDeferred, EventTypes.ActivationFailed], told.Select(one => one.Type));
        Assert.Equal(("model_error", 1), (told[0].Data.GetProperty("error_code").GetString(), told[0].Data.GetProperty("deferrals").GetInt32()));
        Assert.NotEqual(default, told[0].Data.GetProperty("not_before").GetDateTimeOffset());
        Assert.Equal(3, await _platform.Database.ScalarAsync<long>($"select count(*) from llm_calls where trace_id = '{activation.TraceId}'", Token));
    }

    [Fact]
    public async Task RateLimited_RetryAfterIsLonger_WaitsThatLong()
    {
        _platform.Models.Enqueue(ModelReply.RateLimited(TimeSpan.FromMinutes(7)));

        var id = await _platform.PromptAsync("talker", Token);

        await Eventually.TrueAsync(
            token => _platform.Database.ScalarAsync<bool>(
                $"select coalesce(state = 'queued' and deferrals = 1 and not_before > now() + interval '6 minutes', false) from activations where id = '{id}'", token),
            TestPlatform.Patience,
            "it is put off by the time the provider asked for");
        Assert.Equal("rate_limited", await _platform.Database.ScalarAsync<string>($"select deferred_reason from activations where id = '{id}'", Token));
    }

    [Fact]
    public async Task Rejected_NobodyWaits_FailsAtOnce()
    {
        _platform.Models.Default = _ => ModelReply.BadRequest();

        var activation = await _platform.EndOfAsync(await _platform.PromptAsync("talker", Token), Token);

        Assert.Equal((ActivationState.Failed, "model_rejected", 1), (activation.State, activation.Error?.Code, activation.Attempt));
    }
}
