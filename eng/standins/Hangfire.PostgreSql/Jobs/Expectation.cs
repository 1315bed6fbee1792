namespace Hangfire.PostgreSql.Jobs;

/// <summary>What a job must be for a change to be made.</summary>
/// <param name="State">Null: any.</param>
/// <param name="Version">Null: any.</param>
/// <param name="RetryCount">Written with the change; null: left as it is.</param>
internal readonly record struct Expectation(string? State = null, int? Version = null, int? RetryCount = null);
