using Platform.Core.Outbox;


namespace Platform.Worker.Features.EventLog;

/// <summary>Puts the sequencer of events into the worker.</summary>
internal static class EventsRegistration
{
    public static IHostApplicationBuilder AddEvents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EventSequencer>();
        builder.Services.AddHostedService<EventSequencerService>();
        return builder;
    }
}
