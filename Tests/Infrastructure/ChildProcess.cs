using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Platform.Tests.Infrastructure;

/// <summary>A process that a test owns: its output is kept, it can be sent signals, and it never outlives the test run.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int NoSuchProcess = 3;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private int _exited;

    private ChildProcess(Process process, string name)
    {
        _process = process;
        Name = name;
    }

    /// <summary>What messages call the process.</summary>
    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Valid after the end of the process; 128 + n after signal n.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Both outputs so far, line by line, in order of arrival.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Both outputs so far as one text.</summary>
    public string Output => string.Join('\n', _lines);

    /// <param name="name">What messages call the process.</param>
    /// <param name="fileName">The program, by path or looked up in PATH.</param>
    /// <param name="arguments">Passed on unquoted, one element each.</param>
    /// <param name="environment">Added to the test's environment; null removes a variable.</param>
    /// <param name="workingDirectory">Null: the run's temporary folder.</param>
    public static ChildProcess Start(
        string name,
        string fileName,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? Reaper.Folder,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[key] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, name);
        child.Begin();
        return child;
    }

    /// <summary>Sends a signal; a process that is gone already is not an error.</summary>
    public void Signal(UnixSignal signal)
    {
        if (!_process.HasExited)
        {
            Signal(Id, signal);
        }
    }

    /// <summary>Sends a signal to the process and all its descendants: parents first, or last when they are to continue.</summary>
    public void SignalTree(UnixSignal signal)
    {
        if (_process.HasExited)
        {
            return;
        }

        var tree = Descendants(Id).Prepend(Id).ToList();
        if (signal == UnixSignal.Continue)
        {
            tree.Reverse();
        }

        tree.ForEach(id => Signal(id, signal));
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks the process to end with the signal, and kills its tree when it has not ended within the time.</summary>
    /// <returns>Whether it ended by itself.</returns>
    public async Task<bool> EndAsync(UnixSignal signal, TimeSpan patience)
    {
        Signal(signal);
        using var timeout = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            SignalTree(UnixSignal.Kill);
            await _process.WaitForExitAsync(CancellationToken.None);
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            SignalTree(UnixSignal.Kill);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static IEnumerable<int> Descendants(int id)
    {
        foreach (var child in Children(id))
        {
            yield return child;
            foreach (var descendant in Descendants(child))
            {
                yield return descendant;
            }
        }
    }

    private static List<int> Children(int id)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{id}/task")
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static void Signal(int id, UnixSignal signal)
    {
        if (SendSignal(id, (int)signal) != 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess)
        {
            throw new InvalidOperationException($"Sending {signal} to process {id} failed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);

    private void Begin()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Exited += (_, _) => Forget();
        _process.Start();
        Reaper.Add(_process.Id);
        if (_process.HasExited)
        {
            Forget();
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }

    private void Forget()
    {
        if (Interlocked.Exchange(ref _exited, 1) == 0)
        {
            Reaper.Remove(_process.Id);
        }
    }
}
