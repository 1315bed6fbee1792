namespace Platform.Core.Bots;

/// <summary>A bot with the file that defines it.</summary>
public sealed record BotView
{
    public required Bot Bot { get; init; }

    /// <summary>Lower case, without <c>@</c>.</summary>
    public required string Handle { get; init; }

    /// <summary>Null when its file was removed.</summary>
    public BotFile? File { get; init; }
}
