using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>
/// A process that this run has started. It leads a session of its own, so that Ctrl-C reaches the AppHost alone and the order of the end
/// is kept; and the kernel asks it to stop if the AppHost dies.
/// </summary>
internal sealed class ChildProcess
{
    private static readonly string[] Uninherited =
        ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE"];

    private readonly Process _process;
    private readonly ProcessCommand _command;

    private ChildProcess(Process process, ProcessCommand command, Task<int> exited)
    {
        _process = process;
        _command = command;
        Exited = exited;
    }

    public int Pid => _process.Id;

    /// <summary>The exit code, once there is one; 128 + n after signal n.</summary>
    public Task<int> Exited { get; }

    /// <exception cref="DistributedApplicationException">The process cannot be started.</exception>
    public static ChildProcess Start(ProcessCommand command, Action<string> log)
    {
        var process = new Process { StartInfo = Describe(command) };
        try
        {
            ProcessSpawner.Start(process);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new DistributedApplicationException($"{command.FileName} cannot be started: {exception.Message}", exception);
        }

        var read = Task.WhenAll(ReadAsync(process.StandardOutput, log), ReadAsync(process.StandardError, log));
        return new ChildProcess(process, command, FinishAsync(process, command, read));
    }

    /// <summary>Asks the process to stop, and makes it stop when the time is over.</summary>
    /// <returns>Whether it stopped by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan grace)
    {
        if (!Exited.IsCompleted)
        {
            ProcessSignals.Send(Pid, _command.StopSignal);
        }

        try
        {
            await Exited.WaitAsync(grace);
            return true;
        }
        catch (TimeoutException)
        {
            Kill();
            await Exited;
            return false;
        }
    }

    public void Kill() => ProcessSignals.KillGroup(Pid);

    private static ProcessStartInfo Describe(ProcessCommand command)
    {
        string[] wrapper = OperatingSystem.IsLinux() ? ["setsid", "setpriv", .. Privileges(command), "--"] : [];
        string[] line = [.. wrapper, command.FileName, .. command.Arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in Uninherited)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string[] Privileges(ProcessCommand command)
    {
        string[] parentDeath = ["--pdeathsig", command.StopSignal == Signal.Interrupt ? "INT" : "TERM"];
        return command.UserInsteadOfRoot is { } user && Environment.IsPrivilegedProcess
            ? [.. parentDeath, "--reuid", user, "--regid", user, "--init-groups"]
            : parentDeath;
    }

    private static async Task<int> FinishAsync(Process process, ProcessCommand command, Task read)
    {
        try
        {
            await process.StandardInput.WriteAsync(command.StandardInput);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code and its own words say why.
        }

        await process.WaitForExitAsync();

        // A grandchild may hold the pipes open; the last words of the process itself arrive at once.
        await Task.WhenAny(read, Task.Delay(TimeSpan.FromSeconds(1)));
        return process.ExitCode;
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> log)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            log(line);
        }
    }
}
