namespace Platform.Web.Features.Statistics;

/// <summary>Explanation of each silent reason.</summary>
internal static class SilentReasonText
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["bot_enabled"] = "The bot's file was removed or has enabled: false.",
        ["may_speak"] = "The bot's file has may_speak: false.",
        ["trigger_present"] = "The triggering message was deleted before the activation started.",
        ["dotted_message"] = "The message starts with a dot. Bots ignore such messages unless ignore_dotted_messages is false.",
        ["empty_answer"] = "The model returned an empty answer.",
        ["refusal"] = "The model refused to answer.",
        ["phantom"] = "The model returned reasoning but no text.",
        ["ended_silently"] = "The imported trace has neither an outcome nor an error.",
    };

    /// <returns>Null for an unknown reason.</returns>
    public static string? Of(string reason) => Meanings.GetValueOrDefault(reason);
}
