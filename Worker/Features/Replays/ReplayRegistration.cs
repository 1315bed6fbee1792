using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Core.Replays;
using Platform.Core.Traces;

namespace Platform.Worker.Features.Replays;

/// <summary>Registers the runner of replays in the worker.</summary>
internal static class ReplayRegistration
{
    public static IHostApplicationBuilder AddReplayRunner(this IHostApplicationBuilder builder)
    {
        builder.Services.AddReplays();
        builder.Services.TryAddSingleton<TraceReader>();
        builder.Services.AddSingleton<ReplayQueue>();
        builder.Services.AddSingleton<CallReplay>();
        builder.Services.AddHostedService<ReplayRunner>();
        return builder;
    }
}
