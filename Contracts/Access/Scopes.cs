namespace Platform.Contracts.Access;

/// <summary>What a credential may do. A principal holds any number of them.</summary>
public static class Scopes
{
    /// <summary>Read traces, calls and their raw bodies.</summary>
    public const string TracesRead = "traces:read";

    /// <summary>Read conversations, messages and live tokens.</summary>
    public const string ConversationsRead = "conversations:read";

    /// <summary>Create conversations and post messages, which spends model tokens.</summary>
    public const string ConversationsWrite = "conversations:write";

    /// <summary>Change bots.</summary>
    public const string BotsWrite = "bots:write";

    /// <summary>Pause, resume and tick the director.</summary>
    public const string DirectorControl = "director:control";

    /// <summary>Operate the platform: queues, breakers, purges.</summary>
    public const string Ops = "ops";

    /// <summary>Import data.</summary>
    public const string Import = "import";

    /// <summary>Every scope there is.</summary>
    public static IReadOnlyList<string> All { get; } =
        [TracesRead, ConversationsRead, ConversationsWrite, BotsWrite, DirectorControl, Ops, Import];
}
