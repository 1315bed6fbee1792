namespace Platform.Web.Features.Statistics;

/// <summary>What a rule means and what to do if it should not have kept the bot silent.</summary>
internal static class SilenceWords
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["bot_enabled"] = "The bot's file is gone or says enabled: false.",
        ["may_speak"] = "The bot's file says may_speak: false.",
        ["trigger_present"] = "The message was deleted before the bot came to it.",
        ["dotted_message"] = "The message begins with a dot, which bots leave alone unless ignore_dotted_messages is false.",
        ["empty_answer"] = "The model answered with nothing, so there was nothing to post.",
        ["refusal"] = "The model refused.",
        ["phantom"] = "The model only thought; it wrote nothing to post.",
        ["ended_silently"] = "The trace ends without an outcome and without an error; its program kept no reason.",
    };

    /// <returns>Null for a rule that this page does not know.</returns>
    public static string? Of(string reason) => Meanings.GetValueOrDefault(reason);
}
