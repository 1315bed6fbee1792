namespace Platform.Tests.Infrastructure;

/// <summary>Who may do what with a file, as <c>chmod</c> writes it.</summary>
internal static class FileModes
{
    /// <summary>In octal, such as <c>600</c>.</summary>
    public static string Of(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
