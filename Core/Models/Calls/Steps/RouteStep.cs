using Platform.Core.Models.Providers;

namespace Platform.Core.Models.Calls.Steps;

/// <summary>Chooses the provider. It never chooses another model than the one that was asked for.</summary>
internal sealed class RouteStep(ProviderCatalog catalog, TimeProvider time) : IModelStep
{
    private const string Kind = "route";

    public async Task<ModelCallResult> RunAsync(PendingCall call, Func<Task<ModelCallResult>> next, CancellationToken cancellationToken)
    {
        var choice = catalog.Choose(call.Request.Model);
        call.Provider = choice.Provider;
        call.Start = new ModelCallResult
        {
            Provider = choice.Provider?.Name,
            Model = choice.Model,
            Rehearsal = choice.Provider?.IsRehearsal is true,
            ApiBase = choice.Provider?.ApiBase?.ToString().TrimEnd('/'),
            StartedAt = time.GetUtcNow(),
        };
        if (choice.Provider is not { } provider)
        {
            var reason = choice.Reason ?? "";
            call.Add(new CallVerdict(Kind, "none", CallVerdict.Refused, reason));
            return call.Start with { Error = new ModelError("no_provider", reason) };
        }

        call.Add(new CallVerdict(Kind, provider.Name, "chosen", choice.Model));
        call.Wire = provider.IsRehearsal ? WireForm.Plain(call.Request, choice.Model) : WireForm.Build(call.Request, choice.Model);
        return await next();
    }
}
