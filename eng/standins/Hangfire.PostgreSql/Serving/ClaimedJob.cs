using Hangfire.PostgreSql.Scheduling;

namespace Hangfire.PostgreSql.Serving;

/// <summary>A job that this server runs.</summary>
/// <param name="Key">With the version that the claim gave it: a later one means that the job was taken away.</param>
/// <param name="Invocation">The call as JSON.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Retries">Retries so far.</param>
/// <param name="Latency">From creation to the claim, by the database's clock.</param>
internal sealed record ClaimedJob(JobVersion Key, string Invocation, DateTime CreatedAt, int Retries, TimeSpan Latency);
