namespace Platform.Contracts.Channels;

/// <summary>Role of the author.</summary>
public enum MessageRole
{
    /// <summary>A person.</summary>
    User,

    /// <summary>A bot.</summary>
    Assistant,

    /// <summary>The platform.</summary>
    System,

    /// <summary>A tool's result.</summary>
    Tool,
}
