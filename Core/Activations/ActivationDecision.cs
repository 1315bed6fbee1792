using Platform.Core.Bots;
using Platform.Core.Channels;
using Platform.Core.Runs;

namespace Platform.Core.Activations;

/// <summary>Whether a bot answers, and what every rule said.</summary>
/// <param name="Steps">In the order asked. The first that did not pass decides; those after it were asked for the record only.</param>
public sealed record ActivationDecision(IReadOnlyList<DecisionStep> Steps)
{
    /// <summary>The rule that keeps the bot silent; null when it answers.</summary>
    public string? SilentReason => Steps.FirstOrDefault(step => !step.Passed)?.Rule;

    /// <summary>Asks the rules of a conversation, whose bot otherwise always answers.</summary>
    /// <param name="bot">The definition in force.</param>
    /// <param name="enabled">Whether the bot is enabled now.</param>
    /// <param name="trigger">The message that asked; null when it is gone.</param>
    public static ActivationDecision ForConversation(BotDefinition bot, bool enabled, Message? trigger)
    {
        return new ActivationDecision(
        [
            new DecisionStep("bot_enabled", enabled, enabled ? "enabled" : "its file is gone or says enabled: false"),
            new DecisionStep("may_speak", bot.MaySpeak, bot.MaySpeak ? "may_speak: true" : "may_speak: false"),
            new DecisionStep("trigger_present", trigger is not null, trigger is null ? "the message is gone" : $"message {trigger.Id}"),
            new DecisionStep("dotted_message", !IsDotted(trigger, bot), Dotted(trigger, bot)),
        ]);
    }

    private static string Dotted(Message? trigger, BotDefinition bot) => (bot.IgnoreDottedMessages, trigger) switch
    {
        (false, _) => "ignore_dotted_messages: false",
        (true, null) => "there is no message to look at",
        (true, { Content: ['.', ..] }) => "it begins with a dot; such messages are not for bots",
        _ => "it does not begin with a dot",
    };

    private static bool IsDotted(Message? trigger, BotDefinition bot) =>
        bot.IgnoreDottedMessages && trigger is not null && trigger.Content.StartsWith('.');
}
