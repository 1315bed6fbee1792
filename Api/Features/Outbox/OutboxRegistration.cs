using Platform.Core.Outbox;

namespace Platform.Api.Features.Outbox;

/// <summary>Puts the outbox's readers into the Api; nothing is delivered here.</summary>
internal static class OutboxRegistration
{
    public static IHostApplicationBuilder AddOutbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OutboxReader>();
        builder.Services.AddSingleton<DeadLetterStore>();
        return builder;
    }
}
