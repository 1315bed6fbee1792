using Npgsql;
using Platform.Core.Schedules;
using Platform.Worker.Features.Schedules;

namespace Platform.Tests.Worker.Schedules;

/// <summary>Writes a row a run, so that a test can count what happened, whichever process did it.</summary>
internal sealed class WorkLog(NpgsqlDataSource source) : IScheduledWork
{
    public const string CreateTable = "create table work_log (id bigserial primary key)";

    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("insert into work_log default values");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new RunResult("A row was written.");
    }
}
