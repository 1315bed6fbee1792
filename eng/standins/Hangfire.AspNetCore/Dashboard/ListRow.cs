using Hangfire.Common;

namespace Hangfire.Dashboard;

/// <summary>A job in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Job">Null when this build cannot load it.</param>
/// <param name="At">UTC; what it means depends on the list.</param>
/// <param name="Note">Null when there is nothing to say.</param>
internal sealed record ListRow(string Id, Job? Job, DateTime? At, string? Note);
