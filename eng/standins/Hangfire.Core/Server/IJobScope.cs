namespace Hangfire.Server;

/// <summary>What one run of a job resolves; it is disposed with the run.</summary>
internal interface IJobScope : IAsyncDisposable
{
    object Resolve(Type type);
}
