namespace Platform.Core.Storage;

/// <summary>Leases of one table that ran out and were not taken over yet.</summary>
/// <param name="Table">Whose rows they are.</param>
/// <param name="Count">How many.</param>
/// <param name="Longest">How long ago the oldest ran out, on the database's clock.</param>
public sealed record LeaseReport(string Table, long Count, TimeSpan Longest);
