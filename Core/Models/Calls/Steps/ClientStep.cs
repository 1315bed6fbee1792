using Microsoft.Extensions.Options;
using Platform.Core.Models.Providers;

namespace Platform.Core.Models.Calls.Steps;

/// <summary>Calls the model, once; what happens after a failure is the caller's decision.</summary>
internal sealed class ClientStep(IEnumerable<IModelProvider> protocols, IOptions<ModelOptions> options, TimeProvider time) : IModelStep
{
    private const string Kind = "client";

    public async Task<ModelCallResult> RunAsync(PendingCall pending, Func<Task<ModelCallResult>> next, CancellationToken cancellationToken)
    {
        var (request, provider, start) = (pending.Request, pending.Provider!, pending.Start);
        var route = new ModelRoute(provider.Name, start.Model, start.Rehearsal);
        using var activity = GenAiTelemetry.Start(request, route, provider.ApiBase, options.Value);
        var bodies = new BodyCapture(options.Value.MaxBodyBytes, provider.Mask);
        using var client = protocols.First(protocol => protocol.Protocol == provider.Protocol).Create(provider, request, start.Model, bodies);
        var call = new ModelCall(client, pending.Wire!, provider.Mask, options.Value, time);
        var isCancelled = false;
        try
        {
            await call.RunAsync(pending.OnText, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isCancelled = true;
        }
        finally
        {
            pending.SpentTokens = call.Spent;
        }

        var result = call.ToResult(start) with { Bodies = bodies.ToBodies(keepsResponses: !call.KeyWasSplit) };
        pending.Add(new CallVerdict(Kind, provider.Name, isCancelled ? "cancelled" : result.Error is null ? "answered" : "failed", result.Error?.Code ?? start.Model));
        GenAiTelemetry.Stop(activity, request, route, result, isCancelled, options.Value);
        return isCancelled ? throw new ModelCallCancelledException(result, cancellationToken) : result;
    }
}
