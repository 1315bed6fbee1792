using Platform.Core.Activations;
using Platform.Core.Activations.Completion;
using Platform.Core.Activations.Context;
using Platform.Core.Activations.Policies;
using Platform.Core.Activations.Queue;

namespace Platform.Worker.Features.Activations;

/// <summary>Registers the activation runner in the worker.</summary>
internal static class ActivationRegistration
{
    public static IHostApplicationBuilder AddActivations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ActivationOptions>().BindConfiguration(ActivationOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<ActivationQueue>();
        builder.Services.AddSingleton<ActivationCompletion>();
        builder.Services.AddSingleton<SilentCompletion>();
        builder.Services.AddSingleton<ActivationDeferral>();
        builder.Services.AddSingleton<ActivationFactsReader>();
        builder.Services.AddSingleton<IActivationPolicy, ConversationPolicy>();
        builder.Services.AddSingleton<ActivationTelemetry>();
        builder.Services.AddSingleton<ContextBuilder>();
        builder.Services.AddSingleton<LeaseKeeper>();
        builder.Services.AddSingleton<WorkerIdentity>();
        builder.Services.AddSingleton<ActivationEnding>();
        builder.Services.AddSingleton<ActivationBatch>();
        builder.Services.AddSingleton<ModelTurn>();
        builder.Services.AddSingleton<ActivationRun>();
        builder.Services.AddHostedService<ActivationRunner>();
        builder.Services.AddSingleton<QueueReader>();
        builder.Services.AddHostedService<QueueWatch>();
        return builder;
    }
}
