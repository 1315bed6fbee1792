using Platform.Core.Bots;
using Platform.Core.Channels;

namespace Platform.Core.Activations;

/// <summary>Whether a bot answers, and every rule that was asked on the way.</summary>
/// <param name="Steps">In the order asked; the first that did not pass is the last.</param>
public sealed record ActivationDecision(IReadOnlyList<DecisionStep> Steps)
{
    /// <summary>The rule that keeps the bot silent; null when it answers.</summary>
    public string? SilentReason => Steps is [.., { Passed: false } last] ? last.Rule : null;

    /// <summary>Asks the rules of a conversation, whose bot otherwise always answers.</summary>
    /// <param name="bot">The definition in force.</param>
    /// <param name="enabled">Whether the bot is enabled now.</param>
    /// <param name="trigger">The message that asked; null when it is gone.</param>
    public static ActivationDecision ForConversation(BotDefinition bot, bool enabled, Message? trigger)
    {
        List<DecisionStep> steps = [];
        _ = Ask("bot_enabled", enabled, enabled ? "enabled" : "its file is gone or says enabled: false")
            && Ask("may_speak", bot.MaySpeak, $"may_speak: {(bot.MaySpeak ? "true" : "false")}")
            && Ask("trigger_present", trigger is not null, trigger is null ? "the message is gone" : $"message {trigger.Id}")
            && Ask("dotted_message", !IsDotted(trigger, bot), bot.IgnoreDottedMessages ? "messages that begin with a dot are not for bots" : "ignore_dotted_messages: false");
        return new ActivationDecision(steps);

        bool Ask(string rule, bool passed, string detail)
        {
            steps.Add(new DecisionStep(rule, passed, detail));
            return passed;
        }
    }

    private static bool IsDotted(Message? trigger, BotDefinition bot) =>
        bot.IgnoreDottedMessages && trigger is not null && trigger.Content.StartsWith('.');
}
