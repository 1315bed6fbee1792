namespace Platform.Core.Schedules;

/// <summary>What the holder of the leader lease has in hand.</summary>
/// <param name="Owner">The holder's name.</param>
/// <param name="Fence">Its number; what it writes counts only while this is the newest.</param>
/// <param name="Lost">Cancelled when somebody else leads.</param>
public sealed record Leadership(string Owner, long Fence, CancellationToken Lost);
