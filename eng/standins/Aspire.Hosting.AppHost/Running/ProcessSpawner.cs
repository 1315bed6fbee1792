using System.Collections.Concurrent;
using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>
/// Starts processes on one thread that lives as long as the AppHost: the signal that the kernel sends at the parent's death
/// (prctl(2), PR_SET_PDEATHSIG) goes out when the <em>thread</em> that forked ends, and pool threads come and go.
/// </summary>
internal static class ProcessSpawner
{
    private static readonly BlockingCollection<(Process Process, TaskCompletionSource Done)> Orders = [];

    static ProcessSpawner() => new Thread(Work) { IsBackground = true, Name = "process spawner" }.Start();

    public static void Start(Process process)
    {
        var done = new TaskCompletionSource();
        Orders.Add((process, done));
        done.Task.GetAwaiter().GetResult();
    }

    private static void Work()
    {
        foreach (var (process, done) in Orders.GetConsumingEnumerable())
        {
            try
            {
                process.Start();
                done.SetResult();
            }
            catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                done.SetException(exception);
            }
        }
    }
}
