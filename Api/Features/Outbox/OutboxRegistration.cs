using Platform.Core.Outbox;

namespace Platform.Api.Features.Outbox;

/// <summary>Registers the outbox's readers in the Api; nothing is delivered here.</summary>
internal static class OutboxRegistration
{
    public static IHostApplicationBuilder AddOutbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OutboxReader>();
        builder.Services.AddSingleton<DeadLetterStore>();
        return builder;
    }
}
