using Platform.Core.Outbox;


namespace Platform.Worker.Features.EventLog;

/// <summary>Registers the sequencer of events in the worker.</summary>
internal static class EventsRegistration
{
    public static IHostApplicationBuilder AddEvents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EventSequencer>();
        builder.Services.AddHostedService<EventSequencerService>();
        return builder;
    }
}
