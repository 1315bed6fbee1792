using System.Runtime.InteropServices;
using System.Text;

namespace Platform.Core.Files;

/// <summary>Tells a regular file from a named pipe, a socket, a device or a file of <c>/proc</c>, which may block whoever opens or reads it for ever.</summary>
internal static class RegularFile
{
    // From stat(2); the same on Linux and macOS.
    private const int KindMask = 0xF000;
    private const int Pipe = 0x1000;
    private const int CharacterDevice = 0x2000;
    private const int BlockDevice = 0x6000;
    private const int Regular = 0x8000;
    private const int Socket = 0xC000;

    // FileStatus of the runtime's shim: flags, mode and two owners of 32 bits, then size, four times in two parts and device of 64 bits; about 120 bytes.
    private const int StatusBytes = 256;
    private const int ModeOffset = 4;
    private const int DeviceOffset = 88;

    /// <summary>The device number of <c>/proc</c>; null where that is an ordinary folder or missing.</summary>
    private static readonly long? Proc = OperatingSystem.IsLinux() && StatusOf("/proc")?.Device is { } device && device != StatusOf("/")?.Device ? device : null;

    /// <summary>True when the path leads to a regular file, symbolic links followed.</summary>
    /// <param name="path">A path of this machine.</param>
    public static bool Exists(string path) => OperatingSystem.IsWindows() ? File.Exists(path) : StatusOf(path) is { Kind: Regular } status && status.Device != Proc;

    /// <summary>Says what stands at a path where a regular file is expected, without opening it.</summary>
    /// <param name="path">A path of this machine; symbolic links are followed.</param>
    /// <returns>For example <c>a named pipe</c>; null for a regular file, a folder, and when there is nothing, which opening it reports.</returns>
    public static string? OtherKind(string path) => OperatingSystem.IsWindows() ? null : StatusOf(path) switch
    {
        { Kind: Pipe } => "a named pipe",
        { Kind: Socket } => "a socket",
        { Kind: CharacterDevice or BlockDevice } => "a device",
        { Kind: Regular } status when status.Device == Proc => "a file of /proc",
        _ => null,
    };

    /// <returns>Kind and device number; null when there is nothing.</returns>
    private static (int Kind, long Device)? StatusOf(string path)
    {
        var status = new byte[StatusBytes];
        return !path.Contains('\0', StringComparison.Ordinal) && Stat(Encoding.UTF8.GetBytes($"{path}\0"), status) == 0
            ? (BitConverter.ToInt32(status, ModeOffset) & KindMask, BitConverter.ToInt64(status, DeviceOffset))
            : null;
    }

    // .NET has no name for these kinds; the runtime's own shim over stat(2) has one layout on every Unix.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, byte[] status);
}
