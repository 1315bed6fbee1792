namespace Hangfire.Server;

/// <summary>Performs jobs until it is stopped.</summary>
internal interface IJobServer : IDisposable
{
    /// <summary>Returns at once; a database that is away is waited for.</summary>
    void Start();

    /// <summary>Takes no more jobs and tells those that run; returns at once.</summary>
    void SendStop();

    /// <summary>Waits for the jobs that run, up to the options' limits, and hands back those that go on.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
