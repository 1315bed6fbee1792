namespace Platform.Core.Traces.ChapterX;

/// <summary>An opened tree, or why there is none.</summary>
/// <param name="Tree">The caller disposes it.</param>
/// <param name="Refusal">A sentence for a person; null when the tree is open.</param>
public sealed record LogTreeOpening(ILogTree? Tree, string? Refusal)
{
    internal static LogTreeOpening Opened(ILogTree tree) => new(tree, null);

    internal static LogTreeOpening Refused(string refusal) => new(null, refusal);
}
