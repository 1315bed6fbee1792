using Platform.Contracts.Activations;

namespace Platform.Web.Components;

/// <summary>Names what triggered an activation.</summary>
internal static class TriggerText
{
    /// <summary>A few words: <c>message</c>, <c>mention</c>, <c>.m command</c>.</summary>
    public static string Of(ActivationReason reason) => Of(Format.Words(reason));

    /// <inheritdoc cref="Of(ActivationReason)"/>
    /// <param name="reason">As stored in a trace; null when unknown.</param>
    public static string Of(string? reason) => reason switch
    {
        "conversation" => "message",
        // ChapterX's command to continue without a new message.
        "m_command" or "m command" => ".m command",
        _ => Format.Words(reason),
    };
}
