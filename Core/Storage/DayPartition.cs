namespace Platform.Core.Storage;

/// <summary>One day of a large table.</summary>
/// <param name="Parent">The table.</param>
/// <param name="Day">UTC day of arrival.</param>
/// <param name="SizeBytes">On disk, indexes included.</param>
public sealed record DayPartition(string Parent, DateOnly Day, long SizeBytes);
