using System.Diagnostics;

namespace Platform.Tests.Infrastructure;

/// <summary>Waits for a condition; tests use it in place of sleeping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <param name="condition">Asked again every 20 ms until it holds.</param>
    /// <param name="deadline">How long to wait at most.</param>
    /// <param name="because">What was expected, for the failure's message.</param>
    /// <exception cref="Xunit.Sdk.XunitException">The deadline passed first.</exception>
    public static Task TrueAsync(Func<bool> condition, TimeSpan deadline, string because) =>
        TrueAsync(_ => Task.FromResult(condition()), deadline, because);

    /// <inheritdoc cref="TrueAsync(Func{bool}, TimeSpan, string)"/>
    /// <remarks>The condition's token is cancelled at the deadline.</remarks>
    public static async Task TrueAsync(Func<CancellationToken, Task<bool>> condition, TimeSpan deadline, string because)
    {
        var clock = Stopwatch.StartNew();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(deadline);
        try
        {
            while (!await condition(timeout.Token))
            {
                await Task.Delay(Pause, timeout.Token);
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.Fail($"Not within {clock.Elapsed.TotalSeconds:0.0} s: {because}");
        }
    }
}
