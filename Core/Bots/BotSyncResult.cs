using Platform.Contracts.Bots;

namespace Platform.Core.Bots;

/// <summary>What one synchronisation changed.</summary>
/// <param name="Changed">Handles of bots that are new or have a new definition in force.</param>
/// <param name="Retired">Handles of bots whose file is gone.</param>
/// <param name="Faulty">Paths whose newest version is not in force.</param>
/// <param name="Problems">Of every file, errors and warnings.</param>
public sealed record BotSyncResult(
    IReadOnlyList<string> Changed,
    IReadOnlyList<string> Retired,
    IReadOnlyList<string> Faulty,
    IReadOnlyList<BotFileProblem> Problems);
