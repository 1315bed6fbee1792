using Hangfire;
using Hangfire.Server;

namespace Platform.Tests.Standins.Jobs;

/// <summary>Jobs that tests enqueue.</summary>
public sealed class SampleJobs(JobLog log)
{
    public void Say(string text) => log.Write(text);

    public Task<int> SumAsync(int[] numbers, DateTimeOffset at, Guid? id)
    {
        log.Write($"{at:O} {id}");
        return Task.FromResult(numbers.Sum());
    }

    [Queue("special")]
    public void SayInSpecial(string text) => log.Write(text);

    [AutomaticRetry(Attempts = 2, DelaysInSeconds = [0, 1], OnAttemptsExceeded = AttemptsExceededAction.Fail)]
    public void Fail(PerformContext context)
    {
        log.Write($"try {context.GetJobParameter<int>("RetryCount")}");
        throw new InvalidOperationException("It went wrong.");
    }

    [AutomaticRetry(Attempts = 0)]
    public void FailIfTold()
    {
        log.Write("tried");
        if (log.Fails)
        {
            throw new InvalidOperationException("It was told to.");
        }
    }

    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public void FailAndVanish() => throw new InvalidOperationException("Gone.");

    public async Task WaitAsync(string name, CancellationToken cancellationToken)
    {
        log.Write($"{name} started");
        try
        {
            await log.WaitAtGateAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            log.Write($"{name} cancelled");
            throw;
        }

        log.Write($"{name} done");
    }

    public async Task IgnoreCancellationAsync(string name)
    {
        log.Write($"{name} started");
        await log.WaitAtGateAsync(CancellationToken.None);
        log.Write($"{name} done");
    }
}
