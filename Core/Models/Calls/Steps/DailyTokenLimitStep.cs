namespace Platform.Core.Models.Calls.Steps;

/// <summary>Reserves the call's estimate under the daily token limit and corrects it by what the call used. The offline model does not count.</summary>
internal sealed class DailyTokenLimitStep(DailyTokenLimit limit) : IModelStep
{
    private const string Name = "daily_token_ceiling";

    public async Task<ModelCallResult> RunAsync(PendingCall call, Func<Task<ModelCallResult>> next, CancellationToken cancellationToken)
    {
        if (call.Start.Rehearsal)
        {
            call.Add(new CallVerdict(CallVerdict.Budget, Name, "exempt", "the offline model does not count"));
            return await next();
        }

        var estimate = call.Wire!.PromptTokens + (long)call.Request.MaxTokens;
        if (await limit.ReserveAsync(estimate, cancellationToken) is not { } reservation)
        {
            call.Add(new CallVerdict(CallVerdict.Budget, Name, CallVerdict.Refused, $"{estimate} tokens at most"));
            return call.Start with { Error = await limit.RefuseAsync(estimate, cancellationToken) };
        }

        call.Add(new CallVerdict(CallVerdict.Budget, Name, "allowed", $"{estimate} tokens at most"));
        try
        {
            return await next();
        }
        finally
        {
            await limit.SettleAsync(reservation, call.SpentTokens);
        }
    }
}
