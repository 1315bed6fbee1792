using Platform.Core.EventLog;
using Platform.Core.Storage;

namespace Platform.Api.Features.EventLog;

/// <summary>Registers the event stream in the Api.</summary>
internal static class EventsRegistration
{
    public static IHostApplicationBuilder AddEvents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EventReader>();
        builder.Services.AddSingleton<EventStream>();
        builder.Services.AddSingleton<NewEventSignal>();
        builder.Services.AddSingleton<NotificationListener>();
        builder.Services.AddHostedService(services =>
        {
            // It asks for its notifications when it is made, which must be before the listener starts.
            services.GetRequiredService<NewEventSignal>();
            return services.GetRequiredService<NotificationListener>();
        });
        return builder;
    }
}
