using System.Globalization;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>Sends signals, and tells a process from a later one with the same id.</summary>
internal static partial class ProcessSignals
{
    public static void Send(int pid, Signal signal) => _ = Kill(pid, (int)signal);

    /// <summary>Each child leads a process group of its own, so this reaches its children too.</summary>
    public static void KillGroup(int pid) => _ = Kill(-pid, (int)Signal.Kill);

    /// <summary>Clock ticks between boot and the process's start (proc(5), stat, field 22), or null if there is no such process.</summary>
    public static long? StartTicks(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));

            // The name, field 2, is in brackets and may hold anything; field 3 follows the last bracket.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
