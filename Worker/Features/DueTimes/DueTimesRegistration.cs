using Platform.Core.DueTimes;
using Platform.Core.Storage;

namespace Platform.Worker.Features.DueTimes;

/// <summary>Registers the worker's notifications and due times.</summary>
internal static class DueTimesRegistration
{
    /// <summary>Registers both. The loops ask for their notifications when they are made, before any of the host's services starts.</summary>
    public static IHostApplicationBuilder AddDueTimes(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DueTimeReader>();
        builder.Services.AddSingleton<DueTimeWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DueTimeWatch>());
        builder.Services.AddSingleton<NotificationListener>();
        builder.Services.AddHostedService(services => services.GetRequiredService<NotificationListener>());
        return builder;
    }
}
