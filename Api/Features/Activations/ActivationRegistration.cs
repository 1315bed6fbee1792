using Platform.Core.Activations;
using Platform.Core.Activations.Completion;
using Platform.Core.Activations.Context;
using Platform.Core.Activations.Queue;

namespace Platform.Api.Features.Activations;

/// <summary>Registers the control of activations in the Api.</summary>
internal static class ActivationRegistration
{
    public static IHostApplicationBuilder AddActivationControl(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ActivationFactsReader>();
        builder.Services.AddSingleton<ActivationDeferral>();
        builder.Services.AddSingleton<ActivationCompletion>();
        builder.Services.AddSingleton<ActivationControl>();
        builder.Services.AddSingleton<QueueReader>();
        return builder;
    }
}
