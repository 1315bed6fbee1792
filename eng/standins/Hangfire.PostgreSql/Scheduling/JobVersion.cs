namespace Hangfire.PostgreSql.Scheduling;

/// <summary>A job between two changes of its state; each change counts the version up.</summary>
internal readonly record struct JobVersion(long Id, int Version);
