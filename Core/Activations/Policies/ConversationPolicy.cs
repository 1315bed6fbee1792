using Platform.Contracts.Channels;
using Platform.Core.Activations.Context;
using Platform.Core.Bots;
using Platform.Core.Channels;
using Platform.Core.Runs;

namespace Platform.Core.Activations.Policies;

/// <summary>The activation rules of conversations, where a bot answers unless a rule forbids it.</summary>
public sealed class ConversationPolicy : IActivationPolicy
{
    /// <inheritdoc />
    public ChannelKind Kind => ChannelKind.Conversation;

    /// <inheritdoc />
    public ActivationDecision Decide(ActivationFacts facts)
    {
        var (bot, enabled, trigger) = (facts.Bot, facts.Enabled, facts.Trigger);
        return new ActivationDecision(
        [
            new DecisionStep("bot_enabled", enabled, enabled ? "enabled" : "the bot's file was removed or has enabled: false"),
            new DecisionStep("may_speak", bot.MaySpeak, bot.MaySpeak ? "may_speak: true" : "may_speak: false"),
            new DecisionStep("trigger_present", trigger is not null, trigger is null ? "the message was deleted" : $"message {trigger.Id}"),
            new DecisionStep("dotted_message", !IsDotted(trigger, bot), Dotted(trigger, bot)),
        ]);
    }

    private static string Dotted(Message? trigger, BotDefinition bot) => (bot.IgnoreDottedMessages, trigger) switch
    {
        (false, _) => "ignore_dotted_messages: false",
        (true, null) => "no trigger message",
        (true, { Content: ['.', ..] }) => "the message begins with a dot (ignore_dotted_messages)",
        _ => "the message does not begin with a dot",
    };

    private static bool IsDotted(Message? trigger, BotDefinition bot) =>
        bot.IgnoreDottedMessages && trigger is not null && trigger.Content.StartsWith('.');
}
