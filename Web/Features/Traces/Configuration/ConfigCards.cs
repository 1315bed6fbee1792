using System.Text.Json;

namespace Platform.Web.Features.Traces.Configuration;

/// <summary>Groups a bot's configuration. Keys may be camelCase or snake_case; unknown keys are in the group "Other".</summary>
internal static class ConfigCards
{
    /// <summary>Longer texts are not part of a card.</summary>
    private const int LineLength = 80;

    private const string Other = "Other";

    private static readonly (string Name, string[] Beginnings)[] Groups =
    [
        ("Identity", ["name", "inner_name", "innername", "handle", "display_name", "enabled", "description", "emoji", "tone", "interests", "sayings", "cadence"]),
        ("Model", ["mode", "continuation_model", "temperature", "top_p", "max_tokens", "stop_sequences", "provider_param", "presence_", "frequency_", "repetition_",
            "thinking_", "prefill", "llm_retries", "streaming", "system_prompt"]),
        ("Context", ["recency_", "rolling_", "hard_max", "recent_participant", "prompt_caching", "cache_ttl", "include_", "max_images", "max_text", "context_prefix",
            "preserve_", "use_display", "mention_format", "participant_stop"]),
        ("Activation", ["reply_on", "max_queued", "max_bot_reply", "bot_reply", "ignore_dotted", "may_speak", "api_only", "continuation_emoji", "supports_continuation", "deferred"]),
        ("Tools", ["tool", "max_tool", "max_mcp", "mcp_", "plugin_"]),
    ];

    /// <summary>Groups values that fit in one line; empty lists and nulls are omitted.</summary>
    public static IReadOnlyList<ConfigCard> Of(JsonElement config)
    {
        var lines = Members(config)
            .Select(member => (member.Name, Value: Line(member.Value)))
            .Where(member => member.Value is { Length: <= LineLength })
            .ToLookup(member => GroupOf(member.Name), member => (member.Name, member.Value ?? ""));
        return [.. Groups.Select(group => group.Name).Append(Other).Where(lines.Contains).Select(name => new ConfigCard(name, [.. lines[name]]))];
    }

    /// <summary>Long texts such as the system prompt.</summary>
    public static IEnumerable<(string Key, string Text)> Texts(JsonElement config) =>
        from member in Members(config)
        where member.Value.ValueKind is JsonValueKind.String
        let text = member.Value.GetString()
        where text.Length > LineLength
        select (member.Name, text);

    private static IEnumerable<JsonProperty> Members(JsonElement config) =>
        config.ValueKind is JsonValueKind.Object ? config.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    private static string GroupOf(string key)
    {
        var snake = JsonNamingPolicy.SnakeCaseLower.ConvertName(key);
        return Array.Find(Groups, group => group.Beginnings.Any(beginning => snake.StartsWith(beginning, StringComparison.Ordinal))).Name ?? Other;
    }

    private static string? Line(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array when value.GetArrayLength() == 0 => null,
        JsonValueKind.Object when !value.EnumerateObject().Any() => null,
        JsonValueKind.Array when value.EnumerateArray().All(one => one.ValueKind is JsonValueKind.String) =>
            string.Join(", ", value.EnumerateArray().Select(one => one.GetString())),
        _ => value.GetRawText().ReplaceLineEndings(" "),
    };
}
