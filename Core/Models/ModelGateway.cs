using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Core.Models.Providers;

namespace Platform.Core.Models;

/// <summary>
/// The gateway: provider, ceiling, call, settlement. It calls once; what to do after a failure is its caller's to decide, and it never answers
/// through another model than the one that was asked for. The offline model costs nothing and does not count against the ceiling.
/// </summary>
internal sealed partial class ModelGateway(
    ProviderCatalog catalog, ChatClientFactory clients, TokenCeiling ceiling, IOptions<ModelOptions> options, TimeProvider time, ILogger<ModelGateway> logger)
    : IModelGateway
{
    public ModelRoute? Resolve(string model) => Route(catalog.Choose(model));

    public async Task<ModelCallResult> StreamAsync(
        ModelRequest request, Func<string, CancellationToken, ValueTask> onText, CancellationToken cancellationToken)
    {
        var choice = catalog.Choose(request.Model);
        var start = new ModelCallResult
        {
            Provider = choice.Provider?.Name,
            Model = choice.Model,
            Rehearsal = choice.Provider?.Kind is ProviderKind.Rehearsal,
            ApiBase = choice.Provider?.ApiBase?.ToString().TrimEnd('/'),
            StartedAt = time.GetUtcNow(),
        };
        if (choice.Provider is not { } provider)
        {
            LogFailed("nobody", choice.Model, "no_provider", 0);
            return start with { Error = new ModelError("no_provider", choice.Reason ?? "") };
        }

        var wire = start.Rehearsal ? WireForm.Plain(request, choice.Model) : WireForm.Build(request, choice.Model);
        long estimate = wire.PromptTokens + request.MaxTokens;
        TokenReservation? reservation = null;
        if (!start.Rehearsal && (reservation = await ceiling.ReserveAsync(estimate, cancellationToken)) is null)
        {
            return start with { Error = await ceiling.RefuseAsync(estimate, cancellationToken) };
        }

        return await CallAsync(request, provider, wire, start, reservation, onText, cancellationToken);
    }

    private async Task<ModelCallResult> CallAsync(
        ModelRequest request, ModelProvider provider, WireForm wire, ModelCallResult start, TokenReservation? reservation,
        Func<string, CancellationToken, ValueTask> onText, CancellationToken cancellationToken)
    {
        var route = new ModelRoute(provider.Name, start.Model, start.Rehearsal);
        using var activity = GenAiTelemetry.Start(request, route, provider.ApiBase, options.Value);
        var bodies = new BodyCapture(options.Value.MaxBodyBytes, provider.ApiKey);
        using var client = clients.Create(provider, request, start.Model, bodies);
        var call = new ModelCall(client, wire, options.Value, time);
        var isCancelled = false;
        try
        {
            await call.RunAsync(onText, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isCancelled = true;
        }
        finally
        {
            if (reservation is { } reserved)
            {
                await ceiling.SettleAsync(reserved, call.Spent);
            }
        }

        var result = call.ToResult(start) with { Bodies = bodies.ToBodies() };
        GenAiTelemetry.Stop(activity, request, route, result, isCancelled, options.Value);
        if (isCancelled)
        {
            throw new ModelCallCancelledException(result, cancellationToken);
        }

        if (result.Error is { } error)
        {
            LogFailed(provider.Name, result.Model, error.Code, result.Duration.TotalMilliseconds);
        }

        return result;
    }

    private static ModelRoute? Route(ProviderChoice choice) => choice.Provider is { } provider
        ? new ModelRoute(provider.Name, choice.Model, provider.Kind is ProviderKind.Rehearsal)
        : null;

    [LoggerMessage(LogLevel.Warning, "The call of {Provider} for model {Model} failed with {Code} after {DurationMs} ms")]
    private partial void LogFailed(string provider, string model, string code, double durationMs);
}
