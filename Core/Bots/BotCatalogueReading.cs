using Platform.Contracts.Bots;
using Platform.Core.Bots.Files;

namespace Platform.Core.Bots;

/// <summary>The config folder as read.</summary>
/// <param name="FolderProblem">Set when the bots' folder itself could not be read: then nothing is known about any bot, and none is to be changed.</param>
/// <param name="SharedFiles">The shared files with their problems; without definitions.</param>
/// <param name="BotFiles">By path.</param>
public sealed record BotCatalogueReading(
    BotFileProblem? FolderProblem,
    IReadOnlyList<BotFileReading> SharedFiles,
    IReadOnlyList<BotFileReading> BotFiles);
