using System.Diagnostics;

namespace Platform.Tests.Infrastructure;

/// <summary>Makes files that are no regular files.</summary>
internal static class SpecialFiles
{
    /// <summary>Makes a named pipe that nobody writes to: opening it for reading blocks.</summary>
    public static void MakePipe(string path) => Run("mkfifo", path);

    /// <summary>Makes an empty file <c>bj\xf6rn.yaml</c>, whose name is Latin-1: .NET lists it and cannot open it.</summary>
    public static void MakeLatinName(string folder) => Run("bash", "-c", "> \"$1/\"$'bj\\xf6rn.yaml'", "bash", folder);

    /// <summary>Removes a folder with files that .NET cannot delete.</summary>
    public static void RemoveFolder(string path) => Run("rm", "-r", "--", path);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
