using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>Processor time and memory of processes, from /proc.</summary>
internal static class ProcessCost
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    /// <summary>Processor seconds of a process, of its living children and of those that have ended.</summary>
    public static double TreeSeconds(int id) => Seconds(id, withEnded: true) + Children(id).Sum(child => Seconds(child, withEnded: false));

    /// <summary>Processor seconds of a process alone; 0 when it is gone.</summary>
    public static double Seconds(int id) => Seconds(id, withEnded: false);

    /// <summary>The most memory that a process has had, in MiB; 0 when it is gone.</summary>
    public static double PeakMiB(int id) => KiB($"/proc/{id}/status", "VmHWM:") / 1024;

    /// <summary>The memory of a process now, shared pages divided among those that share them (PSS), in MiB; 0 when it is gone.</summary>
    public static double PssMiB(int id) => KiB($"/proc/{id}/smaps_rollup", "Pss:") / 1024;

    private static double Seconds(int id, bool withEnded)
    {
        var fields = Fields(id);
        return fields.Length == 0 ? 0 : fields[11..(withEnded ? 15 : 13)].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static List<int> Children(int parent) =>
        Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Fields(id) is { Length: > 1 } fields && fields[1] == parent.ToString(CultureInfo.InvariantCulture))
            .ToList();

    private static double KiB(string file, string name)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>The fields of /proc/ID/stat after the name, beginning with the state.</summary>
    private static string[] Fields(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
