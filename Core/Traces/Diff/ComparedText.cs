namespace Platform.Core.Traces.Diff;

/// <summary>One side of a section.</summary>
/// <param name="Lines">Without line ends.</param>
/// <param name="Note">Why there is less than there could be, for a person; null when all is here.</param>
internal sealed record ComparedText(IReadOnlyList<string> Lines, string? Note = null)
{
    public static ComparedText Missing(string note) => new([], note);
}
