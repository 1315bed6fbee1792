using Platform.Core.Yaml;

namespace Platform.Core.Bots.Files;

/// <summary>The keys of bot files, in canonical spelling.</summary>
internal static class BotKeys
{
    /// <summary>Who a bot is; they make no sense as shared defaults.</summary>
    public static IReadOnlySet<string> Identity { get; } = new HashSet<string>
    {
        "name", "inner_name", "handle", "display_name", "description", "emoji",
    };

    /// <summary>What the platform reads into a definition.</summary>
    public static IReadOnlySet<string> Used { get; } = new HashSet<string>
    {
        "name", "inner_name", "handle", "display_name", "enabled", "description", "emoji", "tone", "interests", "sayings",
        "cadence_minutes", "system_prompt", "system_prompt_file", "context_prefix", "context_prefix_file", "mode",
        "continuation_model", "temperature", "top_p", "max_tokens", "stop_sequences", "provider_params",
        "recency_window_messages", "rolling_threshold", "recency_window_characters", "hard_max_characters", "may_speak",
        "ignore_dotted_messages", "max_bot_reply_chain_depth", "reply_on_random", "tool_plugins", "plugin_config", "providers_config",
    };

    /// <summary>ChapterX's other keys: kept with the definition, without effect yet.</summary>
    public static IReadOnlySet<string> Kept { get; } = new HashSet<string>
    {
        "recent_participant_count", "prompt_caching", "cache_ttl", "include_images", "max_images", "include_text_attachments",
        "max_text_attachment_kb", "include_reply_tags", "tools_enabled", "tool_output_visible", "max_tool_depth", "max_mcp_images",
        "llm_retries", "discord_backoff_max", "reply_on_name", "max_queued_replies", "continuation_emoji",
        "preserve_thinking_blocks", "participant_stop_sequences", "use_display_names", "prefill_user_message",
        "prefill_user_message_file", "prefill_thinking", "debug_thinking", "thinking_budget", "thinking_type",
        "preserve_thinking_context", "mcp_servers", "presence_penalty", "frequency_penalty", "repetition_penalty", "soma",
        "tts_relay", "streaming", "deferred_retries", "supports_continuation", "api_only", "mention_format", "authorized_roles",
        "discord_token_file",
    };

    /// <summary>Names that people try, and the key that does it.</summary>
    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["model"] = "continuation_model",
        ["model_name"] = "continuation_model",
        ["prompt"] = "system_prompt",
        ["system"] = "system_prompt",
        ["instructions"] = "system_prompt",
        ["cadence"] = "cadence_minutes",
        ["username"] = "handle",
        ["disabled"] = "enabled",
        ["phrases"] = "sayings",
        ["topics"] = "interests",
        ["stop"] = "stop_sequences",
        ["recency_window"] = "recency_window_messages",
        ["plugins"] = "tool_plugins",
        ["tools"] = "tool_plugins",
        ["provider_parameters"] = "provider_params",
    };

    /// <summary>Warns about unknown keys at their position.</summary>
    /// <param name="entries">A file's own keys, by canonical spelling.</param>
    /// <param name="problems">The file.</param>
    public static void WarnOfUnknown(IReadOnlyDictionary<string, ConfigEntry> entries, ConfigProblems problems)
    {
        foreach (var (key, entry) in entries.Where(item => !IsKnown(item.Key) && !SecretKeys.Names(item.Value.Key)))
        {
            problems.Warn(
                entry.Place,
                entry.Key,
                $"Unknown key {entry.Key}; it is kept but has no effect.",
                Meant(key) is { } meant ? $"Did you mean {meant}?" : "Remove it, or see docs/bots.md for the keys that work.");
        }
    }

    private static bool IsKnown(string key) =>
        Used.Contains(key) || Kept.Contains(key) || SharedFile.ProviderKeys.Contains(key) || key.StartsWith("steer_", StringComparison.Ordinal);

    private static string? Meant(string key) =>
        Synonyms.TryGetValue(key, out var meant) ? meant : KeySpelling.Nearest(key, Used.Concat(Kept));
}
