namespace Platform.Core.Bots.Files;

/// <summary>A list of values.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Items">In the order of the file.</param>
internal sealed record ConfigList(int Line, IReadOnlyList<ConfigNode> Items)
    : ConfigNode(Line, 1 + Items.Sum(item => item.Size));
