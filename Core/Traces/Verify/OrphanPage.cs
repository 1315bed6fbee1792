namespace Platform.Core.Traces.Verify;

/// <summary>What a look at some rows found.</summary>
/// <param name="Seen">How many keys were looked at.</param>
/// <param name="Orphans">How many rows of them belong to no trace.</param>
/// <param name="LastDay">Where it ended; null when the key has no day.</param>
/// <param name="LastId">Where it ended.</param>
internal sealed record OrphanPage(long Seen, long Orphans, DateOnly? LastDay, Guid LastId);
