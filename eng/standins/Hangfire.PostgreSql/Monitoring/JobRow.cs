using Hangfire.Common;
using Hangfire.PostgreSql.Jobs;
using Hangfire.States;
using Npgsql;

namespace Hangfire.PostgreSql.Monitoring;

/// <summary>A job as lists show it.</summary>
internal sealed record JobRow(
    string Id, Job? Job, JobLoadException? LoadException, string State, string? Reason, IDictionary<string, string> Data, DateTime StateAt, DateTime CreatedAt, string? ServerId)
{
    public const string Columns = "id, invocation, state, reason, data, state_at, created_at, server_id";

    public static JobRow Read(NpgsqlDataReader reader)
    {
        Job? job = null;
        JobLoadException? failure = null;
        try
        {
            job = StoredJob.Read(reader.GetString(1));
        }
        catch (JobLoadException exception)
        {
            failure = exception;
        }

        return new JobRow(
            reader.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture), job, failure,
            reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), StateData.Read(reader.GetString(4)),
            reader.GetDateTime(5), reader.GetDateTime(6), reader.IsDBNull(7) ? null : reader.GetString(7));
    }

    public string? Text(string key) => Data.TryGetValue(key, out var value) ? value : null;

    public DateTime? Instant(string key) => StateClock.Read(Data.AsReadOnly(), key);

    public long? Number(string key) => long.TryParse(Text(key), out var value) ? value : null;
}
