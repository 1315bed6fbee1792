using Platform.Core.Traces.Imports;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Who imports what.</summary>
/// <param name="TenantId">Who will own the traces.</param>
/// <param name="Name">What the run is called: a file or folder name, without its path.</param>
/// <param name="Kind">Where it comes from.</param>
public sealed record ImportOrder(string TenantId, string Name, ImportKind Kind)
{
    /// <summary>Of the run, UUIDv7.</summary>
    public Guid RunId { get; init; } = Guid.CreateVersion7();
}
