using Npgsql;
using Platform.Contracts.EventLog;
using Platform.Core.Access;
using Platform.Core.EventLog;
using Platform.Core.Storage;

namespace Platform.Api.Auth;

/// <summary>Records events of access. A request does not wait for them, and without Postgres there are none; the log has them too.</summary>
internal sealed partial class AccessEvents(NpgsqlDataSource database, ILogger<AccessEvents> logger)
{
    /// <summary>An address sent too many wrong keys.</summary>
    public void Blocked(BlockedAddress blocked) => _ = RecordAsync(new NewPlatformEvent(
        Tenant.Home,
        EventTypes.AccessBlocked,
        NewPlatformEvent.DataOf(new { blocked.Address, blocked.Attempts, WaitSeconds = (long)Math.Ceiling(blocked.Wait.TotalSeconds) })));

    private async Task RecordAsync(NewPlatformEvent happened)
    {
        try
        {
            await using var batch = database.CreateBatch();
            PlatformEventWriter.AddTo(batch, [happened]);
            await batch.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
        {
            LogNotRecorded(exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event access.blocked could not be recorded: {Reason}")]
    private partial void LogNotRecorded(string reason);
}
