using Platform.Core.Conversations;


namespace Platform.Api.Features.Conversations;

/// <summary>Registers conversations in the Api.</summary>
internal static class ChannelRegistration
{
    public static IHostApplicationBuilder AddConversations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConversationReader>();
        builder.Services.AddSingleton<ConversationWriter>();
        builder.Services.AddSingleton<ConversationStream>();
        return builder;
    }
}
