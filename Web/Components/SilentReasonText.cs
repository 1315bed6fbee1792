namespace Platform.Web.Components;

/// <summary>Text of the rules that decide whether a bot answers, and of the reasons why it did not. A stored reason is the name of the rule that failed.</summary>
internal static class SilentReasonText
{
    private static readonly Dictionary<string, (string Name, string Meaning)> Reasons = new()
    {
        ["bot_enabled"] = ("bot disabled", "The bot's file was removed or has enabled: false."),
        ["may_speak"] = ("may_speak is false", "The bot's file has may_speak: false."),
        ["trigger_present"] = ("trigger message deleted", "The triggering message was deleted before the activation started."),
        ["dotted_message"] = ("message starts with a dot", "Bots ignore messages that start with a dot unless ignore_dotted_messages is false."),
        ["empty_answer"] = ("empty answer", "The model returned an empty answer."),
        ["refusal"] = ("model refused", "The model refused to answer."),
        ["phantom"] = ("reasoning without text", "The model returned reasoning but no text."),
        ["ended_silently"] = ("no outcome in the trace", "The imported trace has neither an outcome nor an error."),
    };

    private static readonly Dictionary<string, string> Rules = new()
    {
        ["bot_enabled"] = "bot is enabled",
        ["may_speak"] = "may_speak is true",
        ["trigger_present"] = "trigger message exists",
        ["dotted_message"] = "message does not start with a dot",
    };

    /// <summary>A reason in a few words: <c>bot disabled</c>.</summary>
    /// <param name="reason">As stored; null when unknown.</param>
    public static string Name(string? reason) => reason is not null && Reasons.TryGetValue(reason, out var known) ? known.Name : Format.Words(reason);

    /// <summary>A reason in a sentence.</summary>
    /// <returns>Null for an unknown reason.</returns>
    public static string? Meaning(string reason) => Reasons.TryGetValue(reason, out var known) ? known.Meaning : null;

    /// <summary>What a rule requires: <c>bot is enabled</c>.</summary>
    public static string Rule(string? rule) => rule is not null && Rules.TryGetValue(rule, out var known) ? known : Format.Words(rule);

    /// <summary>What a rule found, where it says more than the rule and its result do.</summary>
    /// <returns>Null when it only repeats them.</returns>
    public static string? Detail(string? rule, string? verdict, string? detail) =>
        verdict == "pass" && (rule is "bot_enabled" or "may_speak" or "trigger_present" || detail == "the message does not begin with a dot") ? null : detail;

    /// <summary>The result of a rule.</summary>
    /// <param name="verdict">As stored: <c>pass</c> or <c>silent</c>.</param>
    public static string Verdict(string? verdict) => verdict switch
    {
        "pass" => "passed",
        "silent" => "failed",
        _ => Format.Words(verdict),
    };
}
