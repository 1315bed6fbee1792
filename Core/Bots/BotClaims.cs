using Platform.Core.Bots.Files;

namespace Platform.Core.Bots;

/// <summary>Decides which file defines a handle when several do.</summary>
internal static class BotClaims
{
    /// <summary>Leaves one file a handle: the one that defines it already, else the first by path.</summary>
    /// <param name="files">By path.</param>
    /// <param name="incumbents">Handle to the path of its active definition.</param>
    /// <returns>The files, the losers without definition and with the problem.</returns>
    public static IReadOnlyList<BotFileReading> Settle(
        IReadOnlyList<BotFileReading> files,
        IReadOnlyDictionary<string, string> incumbents)
    {
        var winners = files
            .Where(file => file.Definition is not null)
            .GroupBy(file => file.Definition?.Handle ?? "", StringComparer.Ordinal)
            .ToDictionary(
                claim => claim.Key,
                claim => claim.FirstOrDefault(file => incumbents.GetValueOrDefault(claim.Key) == file.Path) ?? claim.First(),
                StringComparer.Ordinal);
        return [.. files.Select(file => file.Definition is { } definition && winners[definition.Handle] != file
            ? Refuse(file, definition.Handle, winners[definition.Handle].Path)
            : file)];
    }

    private static BotFileReading Refuse(BotFileReading file, string handle, string winner) =>
        file.Refused($"The handle {handle} is already used by {winner}.", "Give this bot another handle or name, or delete one of the two files.");
}
