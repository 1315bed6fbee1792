using Microsoft.Extensions.Logging;
using Platform.Core.Storage;

namespace Platform.Core.Bots;

/// <summary>Scans the config folder and stores changes in Postgres. Called repeatedly by one loop.</summary>
public sealed partial class BotFolderScan(
    BotCatalogue catalogue,
    BotCatalogueSync sync,
    TimeProvider clock,
    ILogger<BotFolderScan> logger)
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);
    private const int MostSettlings = 5;

    private string? _applied;
    private DateTimeOffset _appliedAt;

    /// <summary>Scans once. The folder is applied when it changed, and once a minute in case the database did.</summary>
    /// <param name="cancellationToken">Leaves the last state active.</param>
    /// <returns>What changed; null when there was nothing to do.</returns>
    /// <exception cref="Npgsql.NpgsqlException">Postgres cannot be reached; the next call tries again.</exception>
    public async Task<BotSyncResult?> ScanAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ScanFolderAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !DatabaseFailure.IsThrownByNpgsql(exception) && !DatabaseFailure.IsAway(exception))
        {
            await sync.NoteFailureAsync(exception.Message, cancellationToken);
            throw;
        }
    }

    private async Task<BotSyncResult?> ScanFolderAsync(CancellationToken cancellationToken)
    {
        var found = await FingerprintAsync(cancellationToken);
        if (found == _applied && clock.GetUtcNow() - _appliedAt < LongestRest)
        {
            return null;
        }

        if (found != _applied)
        {
            found = await SettleAsync(found, cancellationToken);
        }

        var reading = await Task.Run(catalogue.Read, cancellationToken).WaitAsync(cancellationToken);
        var result = await sync.ApplyAsync(reading, cancellationToken);
        Report(reading, result, isNew: found != _applied);
        (_applied, _appliedAt) = (found, clock.GetUtcNow());
        return result;
    }

    /// <summary>A share that hangs holds up a thread of the pool, but no shutdown.</summary>
    private Task<string> FingerprintAsync(CancellationToken cancellationToken) =>
        Task.Run(catalogue.Fingerprint, cancellationToken).WaitAsync(cancellationToken);

    /// <summary>An editor may replace a file in steps; the states between are unintended.</summary>
    private async Task<string> SettleAsync(string found, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostSettlings; i++)
        {
            await Task.Delay(Settling, clock, cancellationToken);
            var now = await FingerprintAsync(cancellationToken);
            if (now == found)
            {
                break;
            }

            found = now;
        }

        return found;
    }

    private void Report(BotCatalogueReading reading, BotSyncResult result, bool isNew)
    {
        foreach (var handle in result.Changed)
        {
            LogInForce(handle);
        }

        foreach (var handle in result.Retired)
        {
            LogRetired(handle);
        }

        if (isNew)
        {
            foreach (var problem in result.Problems)
            {
                LogProblem(problem.File, problem.Line, problem.Key, problem.Message, problem.Remedy);
            }

            LogRead(reading.BotFiles.Count, result.InvalidFiles.Count);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Bot {Handle} updated from its file")]
    private partial void LogInForce(string handle);

    [LoggerMessage(Level = LogLevel.Information, Message = "Bot {Handle} disabled: file removed")]
    private partial void LogRetired(string handle);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} line {Line} key {Key}: {Problem} {Remedy}")]
    private partial void LogProblem(string file, int? line, string? key, string problem, string remedy);

    [LoggerMessage(Level = LogLevel.Information, Message = "Read {Count} bot files; {Faulty} have errors")]
    private partial void LogRead(int count, int faulty);
}
