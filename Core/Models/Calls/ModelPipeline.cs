using Microsoft.Extensions.Logging;
using Platform.Core.Models.Calls.Steps;
using Platform.Core.Models.Providers;

namespace Platform.Core.Models.Calls;

/// <summary>Every model call goes through here, step by step; what each step decided is in the result.</summary>
public sealed partial class ModelPipeline
{
    private readonly ProviderCatalog _catalog;
    private readonly IReadOnlyList<IModelStep> _steps;
    private readonly ILogger<ModelPipeline> _logger;

    /// <param name="catalog">Knows the providers.</param>
    /// <param name="route">Chooses the provider.</param>
    /// <param name="limit">Checks the daily token limit.</param>
    /// <param name="client">Calls the model.</param>
    /// <param name="logger">Writes failures.</param>
    internal ModelPipeline(ProviderCatalog catalog, RouteStep route, DailyTokenLimit limit, ClientStep client, ILogger<ModelPipeline> logger)
    {
        _catalog = catalog;
        _logger = logger;

        // The route comes first: limits depend on the request and its provider. Budgets stand beside the daily limit; a breaker and a retry belong before the client.
        _steps = [route, limit, client];
    }

    /// <summary>Finds who would serve <paramref name="model"/> now, without a call.</summary>
    /// <param name="model">The model as a bot names it.</param>
    /// <returns>Null when no provider is configured for it.</returns>
    public ModelRoute? Resolve(string model) => _catalog.Choose(model) is { Provider: { } provider } choice
        ? new ModelRoute(provider.Name, choice.Model, provider.IsRehearsal)
        : null;

    /// <summary>Calls the model and passes its text on as it comes.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="onText">Receives each piece of text, in order, never concurrently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call as it went; expected failures are in <see cref="ModelCallResult.Error"/>.</returns>
    /// <exception cref="ModelCallCancelledException"><paramref name="cancellationToken"/> was cancelled during the call; it holds what came so far.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled before the model was called.</exception>
    public async Task<ModelCallResult> StreamAsync(
        ModelRequest request, Func<string, CancellationToken, ValueTask> onText, CancellationToken cancellationToken)
    {
        var call = new PendingCall(request, onText);
        try
        {
            var result = await RunAsync(0);
            // A budget logs its refusals itself, once per period.
            if (result.Error is { } error && !call.Verdicts.Any(step => step is { Kind: CallVerdict.Budget, Verdict: CallVerdict.Refused }))
            {
                LogFailed(result.Provider ?? "none", result.Model, error.Code, result.Duration.TotalMilliseconds);
            }

            return result with { Verdicts = call.Verdicts };
        }
        catch (ModelCallCancelledException stopped)
        {
            throw new ModelCallCancelledException(stopped.Call with { Verdicts = call.Verdicts }, cancellationToken);
        }

        Task<ModelCallResult> RunAsync(int step) => _steps[step].RunAsync(call, () => RunAsync(step + 1), cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The call of {Provider} for model {Model} failed with {Code} after {DurationMs} ms")]
    private partial void LogFailed(string provider, string model, string code, double durationMs);
}
