extern alias web;

using Platform.Contracts.Activations;
using web::Platform.Web.Components;

namespace Platform.Tests.Web.Components;

public sealed class SilentReasonTextTests
{
    [Theory]
    [InlineData("bot_enabled", "bot disabled")]
    [InlineData("may_speak", "may_speak is false")]
    [InlineData("trigger_present", "trigger message deleted")]
    [InlineData("some_new_rule", "some new rule")]
    [InlineData(null, "–")]
    public void Name_StoredReason_SaysWhatFailed(string? reason, string text) => Assert.Equal(text, SilentReasonText.Name(reason));

    [Fact]
    public void Trigger_Conversation_IsAMessage()
    {
        Assert.Equal("message", TriggerText.Of(ActivationReason.Conversation));
        Assert.Equal("message", TriggerText.Of("conversation"));
        Assert.Equal("mention", TriggerText.Of("mention"));
    }
}
