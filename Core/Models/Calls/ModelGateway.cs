using Microsoft.Extensions.Logging;
using Platform.Core.Models.Calls.Steps;
using Platform.Core.Models.Providers;

namespace Platform.Core.Models.Calls;

/// <summary>Sends a request through the pipeline: route, ceiling, client. Each step leaves a verdict in the result.</summary>
/// <param name="catalog">Knows the providers.</param>
/// <param name="steps">In order; breakers and retries come between the ceiling and the client.</param>
/// <param name="logger">Told of failures.</param>
internal sealed partial class ModelGateway(ProviderCatalog catalog, IEnumerable<IModelStep> steps, ILogger<ModelGateway> logger) : IModelGateway
{
    private readonly IModelStep[] _steps = [.. steps];

    public ModelRoute? Resolve(string model) => catalog.Choose(model) is { Provider: { } provider } choice
        ? new ModelRoute(provider.Name, choice.Model, provider.IsRehearsal)
        : null;

    public async Task<ModelCallResult> StreamAsync(
        ModelRequest request, Func<string, CancellationToken, ValueTask> onText, CancellationToken cancellationToken)
    {
        var call = new PendingCall(request, onText);
        try
        {
            var result = await RunAsync(0);
            if (result.Error is { Code: not "token_ceiling" } error)
            {
                LogFailed(result.Provider ?? "nobody", result.Model, error.Code, result.Duration.TotalMilliseconds);
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
