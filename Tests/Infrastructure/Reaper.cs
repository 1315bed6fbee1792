using System.Diagnostics;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// A watchdog process that outlives the test run: when the run ends, however it ends, it stops the processes that are still
/// registered and removes the run's temporary folder.
/// </summary>
/// <remarks>
/// It notices the end because its standard input closes, which SIGKILL cannot prevent. The parent-death signal of Linux
/// would not do: it fires when the thread that started a process ends, and thread pool threads come and go.
/// </remarks>
internal static class Reaper
{
    // A session of its own, so that a Ctrl-C or a kill of the test run's process group does not reach it.
    private const string Script =
        """
        trap '' HUP INT TERM
        declare -A owned
        while read -r verb pid; do
          case $verb in
            add) owned[$pid]=1 ;;
            remove) unset "owned[$pid]" ;;
          esac
        done
        for pid in "${!owned[@]}"; do kill -CONT "$pid"; kill -INT "$pid"; done
        for _ in {1..30}; do
          alive=0
          for pid in "${!owned[@]}"; do kill -0 "$pid" && alive=1; done
          [ "$alive" = 0 ] && break
          sleep 0.1
        done
        for pid in "${!owned[@]}"; do kill -KILL "$pid"; done
        for _ in 1 2 3 4 5; do rm -rf -- "$1" && break; sleep 0.2; done
        """;

    /// <summary>The run's temporary folder; every user may pass through it, so that Postgres can run as another user.</summary>
    public static string Folder { get; } = CreateFolder();

    private static readonly Lock Gate = new();
    private static readonly Lazy<Process> Watchdog = new(() => Watch(Folder));

    public static void Add(int processId) => Tell("add", processId);

    public static void Remove(int processId) => Tell("remove", processId);

    private static void Tell(string verb, int processId)
    {
        lock (Gate)
        {
            Watchdog.Value.StandardInput.WriteLine($"{verb} {processId}");
            Watchdog.Value.StandardInput.Flush();
        }
    }

    /// <summary>Starts a watchdog, which is told <c>add PID</c> and <c>remove PID</c> line by line.</summary>
    internal static Process Watch(string folder)
    {
        var start = new ProcessStartInfo("setsid", ["bash", "-c", Script, "platform-tests-reaper", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The watchdog of the test run did not start.");
    }

    private static string CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("These tests run on Linux; on Windows use WSL.");
        }

        var folder = Path.Combine(Path.GetTempPath(), $"platform-tests-{Environment.ProcessId}-{Guid.NewGuid():N}"[..40]);
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }
}
