using Microsoft.Extensions.Options;
using Platform.Core.Outbox;

namespace Platform.Worker.Features.Outbox;

/// <summary>Puts the relay into the worker; who delivers what is registered by each kind's feature.</summary>
internal static class OutboxRegistration
{
    public static IHostApplicationBuilder AddOutbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<OutboxOptions>, OutboxOptionsValidator>();
        builder.Services.AddOptions<OutboxOptions>().BindConfiguration(OutboxOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<OutboxQueue>();
        builder.Services.AddSingleton<OutboxReader>();
        builder.Services.AddSingleton<DeliveryRecorder>();
        builder.Services.AddSingleton<DeliveryLeases>();
        builder.Services.AddSingleton<OutboxTelemetry>();
        builder.Services.AddSingleton<Delivery>();
        builder.Services.AddHostedService<OutboxRelay>();
        builder.Services.AddHostedService<OutboxWatch>();
        return builder;
    }
}
