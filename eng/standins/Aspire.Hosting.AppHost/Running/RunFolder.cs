using System.Text.Json;

namespace Aspire.Hosting.Running;

/// <summary>The folder run/ in the data folder: one AppHost at a time holds its lock and keeps its state there.</summary>
internal sealed class RunFolder : IDisposable
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly FileStream _lock;
    private readonly string _stateFile;

    private RunFolder(FileStream held, string stateFile)
    {
        _lock = held;
        _stateFile = stateFile;
    }

    /// <summary>Takes the folder, and ends what an AppHost that was killed has left running.</summary>
    /// <exception cref="DistributedApplicationException">Another AppHost runs on the same data.</exception>
    public static async Task<RunFolder> OpenAsync(string dataDirectory)
    {
        var folder = Directory.CreateDirectory(Path.Combine(dataDirectory, "run")).FullName;
        var stateFile = Path.Combine(folder, "state.json");
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            var owner = Read(stateFile) is { } state ? $" (pid {state.Pid})" : string.Empty;
            throw new DistributedApplicationException($"The platform already runs on {dataDirectory}{owner}. Stop it first, or choose another folder with --data.", exception);
        }

        foreach (var process in Read(stateFile)?.Processes ?? [])
        {
            await EndAsync(process);
        }

        return new RunFolder(held, stateFile);
    }

    public void Write(RunState state)
    {
        var draft = _stateFile + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(state, Format));
        File.Move(draft, _stateFile, overwrite: true);
    }

    /// <summary>Nothing runs any more.</summary>
    public void Clear() => File.Delete(_stateFile);

    public void Dispose() => _lock.Dispose();

    private static RunState? Read(string stateFile)
    {
        try
        {
            return File.Exists(stateFile) ? JsonSerializer.Deserialize<RunState>(File.ReadAllText(stateFile), Format) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The kernel has asked it to stop when its AppHost died; it gets the rest of its time, then none.</summary>
    private static async Task EndAsync(RunStateProcess process)
    {
        if (!IsAlive())
        {
            return;
        }

        RunLog.Say($"{process.Name} (pid {process.Pid}) is left from an AppHost that was killed; waiting for its end.");
        ProcessSignals.Send(process.Pid, Signal.Terminate);
        ProcessSignals.Send(process.Pid, Signal.Interrupt);
        using var grace = new CancellationTokenSource(RunSettings.StopGrace);
        while (IsAlive() && !grace.IsCancellationRequested)
        {
            await Task.Delay(RunSettings.HealthInterval);
        }

        if (IsAlive())
        {
            ProcessSignals.KillGroup(process.Pid);
        }

        bool IsAlive() => process.StartTicks is not null && ProcessSignals.StartTicks(process.Pid) == process.StartTicks;
    }
}
