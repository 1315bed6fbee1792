using Platform.Contracts.Channels;
using Platform.Core.Activations.Context;
using Platform.Core.Activations.Policies;
using Platform.Core.Bots;

namespace Platform.Tests.Core.Activations.Policies;

public sealed class ConversationPolicyTests
{
    private static readonly string[] Rules = ["bot_enabled", "may_speak", "trigger_present", "dotted_message"];

    [Theory]
    [InlineData(false, true, "bot_enabled")]
    [InlineData(true, false, "may_speak")]
    [InlineData(false, false, "bot_enabled")]
    [InlineData(true, true, "trigger_present")]
    public void ForConversation_No_AsksEveryRuleAndTheFirstDecides(bool enabled, bool maySpeak, string reason)
    {
        var bot = new BotDefinition { Name = "ada", Handle = "ada", DisplayName = "Ada", ContinuationModel = "rehearsal", MaySpeak = maySpeak };

        var decision = new ConversationPolicy().Decide(new ActivationFacts(bot, enabled, ChannelKind.Conversation, ChannelName: null, Trigger: null, TriggerAuthor: null));

        Assert.Equal(reason, decision.SilentReason);
        Assert.Equal(Rules, decision.Steps.Select(step => step.Rule));
    }
}
