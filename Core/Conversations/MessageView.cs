using Platform.Core.Activations;
using Platform.Core.Channels;

namespace Platform.Core.Conversations;

/// <summary>A message with its author and what it set off.</summary>
public sealed record MessageView
{
    public required Message Message { get; init; }

    public required string AuthorHandle { get; init; }

    public required string AuthorDisplayName { get; init; }

    /// <summary>The trace of the activation that wrote it.</summary>
    public required Guid? TraceId { get; init; }

    /// <summary>The claim that wrote it; null for what a person wrote.</summary>
    public required long? Fence { get; init; }

    /// <summary>What it set off, oldest first.</summary>
    public IReadOnlyList<ActivationView> Activations { get; init; } = [];
}
