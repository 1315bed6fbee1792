using System.Diagnostics;

namespace Platform.Tests.Infrastructure;

/// <summary>Makes files that are no regular files.</summary>
internal static class SpecialFiles
{
    /// <summary>Makes a named pipe that nobody writes to: opening it for reading blocks.</summary>
    public static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
